"""Every hostile case of the list has its test. The list is a table of ours, kept beside the repository; the tests are named here."""

from __future__ import annotations

import ast
import csv
import os
from functools import cache
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[2]
LIST = TESTS.parent / os.environ.get("SPECWRIGHT_HOSTILE", "../shared/hostile") / "runtime_cases.tsv"

_PATH = "runtime/test_parameters_in_requests.py::test_a_path_value_stays_in_its_segment"
_NO_PATH = "runtime/test_parameters_in_requests.py::test_a_path_value_that_would_lead_elsewhere_or_has_no_text_is_refused"
_QUERY = "runtime/test_parameters_in_requests.py::test_query_parameters"
_HEADER = "runtime/test_parameters_in_requests.py::test_a_header_is_never_more_than_its_line"
_ANSWERS = "runtime/hostile/test_hostile_answers.py::"
_REDIRECTS = "runtime/hostile/test_hostile_redirects.py::"
_RETRIES = "runtime/hostile/test_hostile_retries.py::"
_SECRETS = "runtime/hostile/test_hostile_secrets.py::"
_TIMES = "runtime/hostile/test_hostile_times.py::"
_TOKENS = "runtime/hostile/test_hostile_tokens.py::"
_CREDENTIALS = "runtime/test_credentials_of_clients.py::"
_UNREAD = "runtime/test_answers.py::test_what_cannot_be_read_at_all_is_an_error"
_ODD_TEXT = f"{_ANSWERS}test_odd_text_is_data_and_prints_on_one_line"
_KEYS = f"{_ANSWERS}test_names_of_members_are_never_names_of_ours"

ROWS: dict[str, tuple[str, ...]] = {
    "path/dot": (_NO_PATH,),
    "path/traversal": (_PATH,),
    "path/empty": (_NO_PATH,),
    "path/none": (_NO_PATH,),
    "path/query": (_PATH,),
    "path/fragment": (_PATH,),
    "path/preencoded": (_PATH,),
    "path/preencoded-slash": (_PATH,),
    "path/unicode": (_PATH,),
    "path/surrogate": (_NO_PATH,),
    "path/nul": (_PATH,),
    "path/backslash": (_PATH,),
    "path/semicolon": (_PATH,),
    "path/object-str": (_PATH, _NO_PATH),
    "path/format-chars": (
        _PATH,
        "runtime/test_calls.py::test_fixed_parts_of_a_path_are_encoded_and_values_inserted_once",
    ),
    "path/host-fixed": ("runtime/test_calls.py::test_no_path_leads_to_another_host",),
    "path/base-url": (
        "runtime/test_base_urls.py::test_what_is_no_base_url_is_refused_without_being_repeated",
        "runtime/test_base_urls.py::test_these_are_base_urls",
        "runtime/test_calls.py::test_a_base_url_with_a_path_and_a_slash_is_joined",
    ),
    "query/injection": (_QUERY,),
    "query/none-vs-unset": (_QUERY, "runtime/test_calls.py::test_what_is_omitted_is_not_sent"),
    "query/list-bomb": (_QUERY,),
    "query/bool-number": (_QUERY,),
    "header/crlf": (
        _HEADER,
        "runtime/hostile/test_hostile_hooks.py::test_a_header_that_a_hook_sets_is_one",
    ),
    "header/token-newline": (
        f"{_CREDENTIALS}test_what_cannot_be_a_token_is_refused_without_being_told",
        "runtime/hostile/test_hostile_hooks.py::test_a_function_gives_a_token_or_is_blamed",
    ),
    "header/lf-nul-tab": (_HEADER,),
    "header/unicode": (_HEADER,),
    "cookie/injection": ("runtime/test_parameters_in_requests.py::test_there_is_never_a_second_cookie",),
    # of what is sent, and of what is answered
    "body/nan": (
        "runtime/test_encoding.py::test_what_cannot_be_sent_is_an_issue_at_its_place",
        f"{_ANSWERS}test_numbers_that_are_none_are_no_number",
    ),
    "body/surrogate": ("runtime/test_encoding.py::test_what_cannot_be_sent_is_an_issue_at_its_place",),
    "body/subclass": ("runtime/test_encoding.py::test_what_a_value_is_written_as",),
    "body/readonly": (
        "runtime/test_calls.py::test_a_model_is_sent_without_what_is_read_only",
        "cases/read_only_and_write_only/test_read_only_and_write_only.py::test_what_is_read_only_is_refused",
    ),
    "multipart/filename": ("runtime/test_bodies.py::test_nothing_forges_a_boundary_or_a_header",),
    "multipart/content-type": ("runtime/test_bodies.py::test_what_is_no_file_is_refused",),
    "upload/path-as-file": (
        "runtime/hostile/test_hostile_uploads.py::test_a_text_is_never_the_path_of_a_file",
    ),
    "secret/repr-headers": (
        "runtime/test_answers.py::test_headers_of_errors_print_without_secrets",
        "runtime/hostile/test_hostile_hooks.py::test_an_attempt_prints_no_secret",
    ),
    "secret/exception": (
        f"{_CREDENTIALS}test_no_error_tells_a_secret",
        f"{_SECRETS}test_no_error_and_no_log_has_a_credential",
    ),
    "secret/log": (
        f"{_CREDENTIALS}test_our_log_has_no_secret",
        f"{_SECRETS}test_no_error_and_no_log_has_a_credential",
        f"{_SECRETS}test_httpx2_prints_no_header_of_ours",
    ),
    "secret/traceback-locals": (
        f"{_SECRETS}test_no_error_and_no_log_has_a_credential",
        "runtime/hostile/test_hostile_hooks.py::test_what_a_function_raises_is_raised_without_our_secrets",
    ),
    "secret/pickle-copy": (
        "runtime/test_calls.py::test_clients_cannot_be_pickled_or_copied_and_print_without_secrets",
        f"{_CREDENTIALS}test_a_secret_prints_nowhere_and_does_not_travel",
    ),
    "secret/dump": (
        "runtime/test_models_and_names.py::test_a_model_prints_what_is_there_and_no_secret",
        "cases/secrets_never_printed/test_secrets_never_printed.py::test_a_model_covers_them",
    ),
    "secret/user-agent": (f"{_CREDENTIALS}test_the_user_agent_has_the_characters_of_tokens_alone",),
    "secret/plain-http": (
        f"{_CREDENTIALS}test_credentials_over_plain_http_are_warned_of",
        f"{_TOKENS}test_the_secret_of_a_client_over_plain_http_is_warned_of",
    ),
    "secret/tls": (
        f"{_SECRETS}test_who_cannot_prove_who_it_is_gets_nothing",
        f"{_SECRETS}test_without_a_word_nobody_unknown_is_trusted",
    ),
    "redirect/default": (f"{_REDIRECTS}test_none_is_followed_unless_a_client_is_told_to",),
    "redirect/cross-host-auth": (
        f"{_REDIRECTS}test_another_origin_is_not_told_who_calls",
        f"{_REDIRECTS}test_nor_are_keys_in_headers_queries_and_cookies",
        f"{_REDIRECTS}test_nor_what_the_caller_s_own_client_says",
    ),
    "redirect/cross-port-scheme": (
        f"{_REDIRECTS}test_what_the_same_origin_is",
        f"{_REDIRECTS}test_there_is_no_way_down_from_https",
    ),
    "redirect/307-body": (f"{_REDIRECTS}test_no_body_and_no_change_goes_to_another_origin",),
    "redirect/303-method": (f"{_REDIRECTS}test_the_method_and_the_body_are_those_that_the_status_asks_for",),
    "redirect/loop": (f"{_REDIRECTS}test_a_loop_ends",),
    "redirect/scheme": (
        f"{_REDIRECTS}test_what_is_no_place_to_go_to_is_told",
        f"{_REDIRECTS}test_headers_that_are_none_lead_nowhere_else",
    ),
    "redirect/ssrf": (f"{_REDIRECTS}test_not_even_to_the_services_of_a_cloud",),
    "body/invalid-json": (_UNREAD,),
    "body/204-with-body": (
        f"{_ANSWERS}test_bytes_behind_an_answer_without_a_body_answer_nothing",
        f"{_ANSWERS}test_bytes_behind_the_answer_to_head_answer_nothing",
    ),
    "body/truncated-chunked": (f"{_ANSWERS}test_chunks_that_are_none_or_break_off_are_no_answer",),
    "body/content-type-case": (
        "runtime/test_answers.py::test_json_is_read_by_any_of_its_names_and_without_one",
    ),
    "body/huge": ("runtime/test_answers.py::test_an_answer_that_is_too_large_is_not_read",),
    "body/huge-content-length": (
        f"{_ANSWERS}test_a_length_that_is_too_much_is_refused_before_anything_is_read",
        f"{_ANSWERS}test_heads_that_are_none_are_the_server_s_fault",
    ),
    "body/gzip-bomb": (f"{_ANSWERS}test_a_bomb_is_measured_by_what_comes_out_of_it",),
    "body/deep-nesting": (f"{_ANSWERS}test_nesting_is_read_or_refused_and_never_a_crash",),
    "body/oneof-exponential": (f"{_ANSWERS}test_choices_in_choices_are_tried_once_each",),
    "body/redos": (f"{_ANSWERS}test_a_pattern_of_the_document_is_not_tried_on_answers",),
    "body/float-overflow": (
        f"{_ANSWERS}test_numbers_that_are_none_are_no_number",
        f"{_ANSWERS}test_numbers_at_the_edge_are_read",
    ),
    "body/lone-surrogate": (_ODD_TEXT,),
    "body/nul-control": (_ODD_TEXT,),
    "body/dunder-keys": (_KEYS,),
    "body/local-shadow": (_KEYS,),
    "body/unknown-enum": (f"{_ANSWERS}test_an_unknown_value_of_an_enum_is_itself",),
    "body/enum-bool-int": (
        f"{_ANSWERS}test_true_is_no_number",
        f"{_ANSWERS}test_one_is_one_in_any_spelling",
    ),
    "body/missing-required": (f"{_ANSWERS}test_what_is_missing_or_wrong_is_told_by_its_place",),
    "body/wrong-type": (_UNREAD, f"{_ANSWERS}test_what_is_missing_or_wrong_is_told_by_its_place"),
    "body/bad-base64-uuid": (f"{_ANSWERS}test_text_that_is_no_base64_and_no_uuid_is_told_and_not_read",),
    "body/discriminator-dunder": (f"{_ANSWERS}test_a_tag_is_looked_up_and_never_run",),
    "body/ndjson-bad-line": (
        "runtime/test_streams.py::test_what_cannot_be_read_is_told_by_its_place",
        f"{_ANSWERS}test_a_bad_line_among_good_ones_is_told_with_all_that_came",
    ),
    "body/error-body": (
        f"{_SECRETS}test_the_longest_error_is_short",
        "runtime/test_answers.py::test_a_huge_error_is_cut_and_is_still_that_error",
    ),
    "headers/dup-bad": (
        "runtime/test_answers.py::test_odd_headers_do_not_matter",
        f"{_ANSWERS}test_many_and_long_headers_are_read",
    ),
    "headers/link-pagination": (
        "runtime/test_pages.py::test_a_url_of_another_origin_is_not_followed",
        "runtime/test_pages.py::test_a_cursor_that_was_there_before_is_an_error_and_no_endless_loop",
        "runtime/test_pages.py::test_pages_without_end_are_an_error",
    ),
    "time/connect": (
        "runtime/test_time_limits.py::test_a_connection_that_is_never_made_is_given_up",
        "runtime/test_time_limits.py::test_the_limits_without_a_word_are_finite",
    ),
    "time/timeout-none": (
        "runtime/test_time_limits.py::test_the_timeout_of_a_client_or_call_is_one",
        f"{_TIMES}test_no_limit_is_a_choice",
    ),
    "retry/retry-after-huge": (
        f"{_RETRIES}test_a_wait_that_is_too_long_is_not_waited_for",
        f"{_RETRIES}test_a_retry_after_that_nobody_understands_is_as_none",
    ),
    "retry/429-storm": (
        f"{_RETRIES}test_a_storm_of_429_ends_by_number_with_the_last_answer",
        f"{_RETRIES}test_and_by_the_time_of_the_whole_call",
        f"{_RETRIES}test_waits_differ_and_never_exceed_their_bound",
    ),
    "retry/503-post": (
        f"{_RETRIES}test_what_may_have_been_done_is_not_asked_for_twice",
        f"{_RETRIES}test_but_with_a_key_or_by_the_caller_s_will",
    ),
    "retry/reset-mid-body-patch": (
        f"{_RETRIES}test_a_reset_while_the_body_is_sent_is_not",
        f"{_RETRIES}test_a_reset_before_the_answer_is_not",
    ),
    "retry/reset-get": (f"{_RETRIES}test_a_reset_is_repeated_where_that_does_nothing_twice",),
    "retry/total-bytes": (
        f"{_RETRIES}test_a_late_answer_is_not_asked_for_again_after_the_whole_time",
        f"{_TIMES}test_whatever_drips_is_held_to_the_time_of_the_whole_call",
    ),
    "conc/thread-async": (
        f"{_TIMES}test_threads_share_a_client",
        f"{_TIMES}test_tasks_share_a_client",
        f"{_TIMES}test_closed_is_closed_and_may_be_closed_again",
    ),
    "conc/pool-leak": (
        f"{_TIMES}test_who_is_cancelled_lets_go_of_the_connection",
        f"{_TIMES}test_no_error_keeps_a_connection",
    ),
    "oauth/token-response": (
        f"{_TOKENS}test_what_gives_no_token_is_an_error_without_secrets",
        f"{_TOKENS}test_how_long_it_lives",
    ),
    "oauth/refresh-storm": (
        f"{_TOKENS}test_refused_for_ever_is_told",
        f"{_TOKENS}test_a_storm_of_401_is_one_new_token",
        f"{_TOKENS}test_threads_share_one_token",
    ),
}


@cache
def named_in(file: str) -> frozenset[str]:
    tree = ast.parse((TESTS / file).read_text("utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("row", ROWS)
def test_the_tests_of_a_row_exist(row: str) -> None:
    for named in ROWS[row]:
        file, _, test = named.partition("::")
        assert test.startswith("test_")
        assert test in named_in(file), named


@pytest.mark.skipif(not LIST.is_file(), reason="the list of hostile cases is not beside the repository")
def test_every_row_of_the_list_has_a_test() -> None:
    with LIST.open(encoding="utf-8", newline="") as file:
        rows = [row["case"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    assert rows
    assert set(rows) == ROWS.keys()
