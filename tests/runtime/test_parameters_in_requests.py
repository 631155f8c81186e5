"""Path, query, header and cookie parameters, as their bytes arrive."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telling import TOKEN, everything

from specwright.runtime import errors, parameters
from specwright.runtime.encode import plain
from specwright.runtime.operation import Answer, Call, Operation
from specwright.runtime.parameters import Style

if TYPE_CHECKING:
    from widgets import Twin

    from raw_server import RawServer

GET: Operation[None] = Operation("GET", "/a/{id}", answers={"200": Answer(None)})


class Hostile:
    def __str__(self) -> str:
        return "../admin"


@pytest.mark.parametrize(
    ("value", "segment"),
    [
        ("../admin", "..%2Fadmin"),
        ("...", "..."),
        ("?x=1", "%3Fx%3D1"),
        ("a#b", "a%23b"),
        ("%2e%2e", "%252e%252e"),
        ("%2F", "%252F"),
        ("é日本🔥", "%C3%A9%E6%97%A5%E6%9C%AC%F0%9F%94%A5"),
        ("a\x00b", "a%00b"),
        ("a\r\nb", "a%0D%0Ab"),
        ("a\\b", "a%5Cb"),
        ("a;v=1", "a%3Bv%3D1"),
        ("{0.__class__}", "%7B0.__class__%7D"),
        ("%s", "%25s"),
        ("{x!r:>9999999999}", "%7Bx%21r%3A%3E9999999999%7D"),
        (" ", "%20"),
        ("+", "%2B"),
        ("a~b-c_d.e", "a~b-c_d.e"),
        (True, "true"),
        (7, "7"),
        (10**40, str(10**40)),
        (1e22, "1e%2B22"),
        (Decimal("1.10"), "1.10"),
        (["a,b", "c"], "a%2Cb,c"),
        ({"k": "v", "l": 1}, "k,v,l,1"),
    ],
)
def test_a_path_value_stays_in_its_segment(twin: Twin, server: RawServer, value: Any, segment: Any) -> None:
    twin(Call(GET, path={"id": value}))
    assert server.last.target == f"/a/{segment}"


@pytest.mark.parametrize(
    "value",
    [
        ".",
        "..",
        "",
        None,
        [],
        {},
        ["."],
        "\ud800",
        float("nan"),
        object(),
        Hostile(),
        iter("ab"),
        [None],
        [["a"]],
        {"a": {}},
    ],
)
def test_a_path_value_that_would_lead_elsewhere_or_has_no_text_is_refused(
    twin: Twin, server: RawServer, value: Any
) -> None:
    with pytest.raises(errors.RequestInvalid) as caught:
        twin(Call(GET, path={"id": value}))
    assert all(issue.pointer.startswith("/path/id") for issue in caught.value.issues)
    assert server.seen == []


@pytest.mark.parametrize(
    ("query", "target"),
    [
        ({"q": "a&admin=1#x=%00"}, "?q=a%26admin%3D1%23x%3D%2500"),
        ({"q": ""}, "?q="),
        ({"q": None}, ""),
        ({"q": []}, ""),
        ({"q": True, "n": 1e22, "d": Decimal("0.10"), "i": 10**40}, f"?q=true&n=1e%2B22&d=0.10&i={10**40}"),
        ({"q": ["a", "b&c"]}, "?q=a&q=b%26c"),
        ({"q": {"a": 1, "b c": [2]}}, None),
        ({"q": {"a": 1, "b c": "ü"}}, "?a=1&b%20c=%C3%BC"),
        ({"q[]": "a b+c"}, "?q%5B%5D=a%20b%2Bc"),
        ({"q": iter("ab")}, None),
        ({"q": (n for n in range(9))}, None),
        ({"q": float("nan")}, None),
        ({"q": [None]}, None),
        ({"q": "\ud800"}, None),
    ],
)
def test_query_parameters(twin: Twin, server: RawServer, query: Any, target: Any) -> None:
    call: Call[None] = Call(GET, path={"id": "x"}, query=query)
    if target is None:
        with pytest.raises(errors.RequestInvalid) as caught:
            twin(call)
        assert {issue.pointer.split("/")[1] for issue in caught.value.issues} == {"query"}
        assert server.seen == []
    else:
        twin(call)
        assert server.last.target == f"/a/x{target}"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("plain", "plain"),
        ('two words; q="1"', 'two words; q="1"'),
        ("", ""),
        (True, "true"),
        (3, "3"),
        (["a", "b"], "a,b"),
        ({"a": 1, "b": 2}, "a,1,b,2"),
        (None, None),
    ],
)
def test_header_parameters(twin: Twin, server: RawServer, value: Any, text: Any) -> None:
    twin(Call(GET, path={"id": "x"}, header={"X-H": value}))
    assert server.last.header("x-h") == text


BAD_TEXTS = [
    "secret\r\nInjected: 1",
    "secret\nb",
    "secret\x00b",
    "\tsecret",
    " secret",
    "secret ",
    "secret\té",
    "é",
    "日本",
    "\x7fsecret",
    "\ud800",
]


@pytest.mark.parametrize("value", BAD_TEXTS)
def test_a_header_is_never_more_than_its_line(twin: Twin, server: RawServer, value: Any) -> None:
    for call, options in (
        (Call(GET, path={"id": "x"}, header={"X-H": value}), {}),
        (Call(GET, path={"id": "x"}), {"extra_headers": {"X-H": value}}),
    ):
        with pytest.raises(errors.RequestInvalid) as caught:
            twin(call, options)
        assert [issue.pointer for issue in caught.value.issues] == ["/header/X-H"]
        assert "secret" not in everything(caught.value)
    assert server.seen == []


@pytest.mark.parametrize(
    ("cookies", "header"),
    [
        ({"sid": "abc"}, "sid=abc"),
        ({"sid": "abc", "n": 1, "b": False, "none": None}, "sid=abc; n=1; b=false"),
        ({"sid": "b; admin=1"}, "sid=b%3B%20admin%3D1"),
        ({"sid": "a,b"}, "sid=a%2Cb"),
        ({"sid": '"a"'}, "sid=%22a%22"),
        ({"sid": "\r\n"}, "sid=%0D%0A"),
        ({"sid": "é"}, "sid=%C3%A9"),
        ({"sid": ["a", "b"]}, "sid=a; sid=b"),
        ({"sid": {"k": "v w", "l": 1}}, "k=v%20w; l=1"),
        ({"sid": [["a"]]}, None),
        ({"s;d": "a"}, None),
    ],
)
def test_there_is_never_a_second_cookie(twin: Twin, server: RawServer, cookies: Any, header: Any) -> None:
    call: Call[None] = Call(GET, path={"id": "x"}, cookie=cookies)
    if header is None:
        with pytest.raises(errors.RequestInvalid):
            twin(call)
        assert server.seen == []
    else:
        twin(call)
        assert server.last.header("cookie") == header


@pytest.mark.parametrize(
    ("value", "made"),
    [
        ("a%2Cb!", ["c=a%2Cb!"]),
        (["a", 1], ["c=a", "c=1"]),
        ({"greeting": "Hello%2C%20world!", "code": 42}, ["greeting=Hello%2C%20world!", "code=42"]),
        ("a; admin=1", None),
        ("a,b", None),
        ("\r\n", None),
        ("é", None),
        ({"k;": "v"}, None),
    ],
)
def test_the_style_cookie_leaves_values_as_they_are(value: Any, made: Any) -> None:
    """The examples of OpenAPI 3.2, section 4.12.7."""
    issues: list[Any] = []
    found = parameters.cookies({"c": value}, {"c": Style("cookie", explode=True)}, issues)
    assert (found, len(issues)) == ((made, 0) if made is not None else ([], 1))


VALUE = "v/1"
LIST = ["a b", "c"]
OBJECT = {"k": "v w", "l": 1}


@pytest.mark.parametrize(
    ("style", "value", "text"),
    [
        (Style("simple"), VALUE, "v%2F1"),
        (Style("simple", explode=True), LIST, "a%20b,c"),
        (Style("simple", explode=True), OBJECT, "k=v%20w,l=1"),
        (Style("label"), VALUE, ".v%2F1"),
        (Style("label"), LIST, ".a%20b,c"),
        (Style("label", explode=True), LIST, ".a%20b.c"),
        (Style("label"), OBJECT, ".k,v%20w,l,1"),
        (Style("label", explode=True), OBJECT, ".k=v%20w.l=1"),
        (Style("matrix"), VALUE, ";id=v%2F1"),
        (Style("matrix"), LIST, ";id=a%20b,c"),
        (Style("matrix", explode=True), LIST, ";id=a%20b;id=c"),
        (Style("matrix"), OBJECT, ";id=k,v%20w,l,1"),
        (Style("matrix", explode=True), OBJECT, ";k=v%20w;l=1"),
        (Style("json"), OBJECT, "%7B%22k%22%3A%22v%20w%22%2C%22l%22%3A1%7D"),
        (Style("text"), "v 1", "v%201"),
        (Style("urlencoded"), OBJECT, "k%3Dv%2Bw%26l%3D1"),
        (Style("simple", reserved=True), "a/b c?#%41%", "a/b%20c%3F%23%41%25"),
    ],
)
def test_styles_of_paths(style: Any, value: Any, text: Any) -> None:
    issues: list[Any] = []
    assert parameters.path_segment("id", value, style, issues) == text
    assert issues == []


@pytest.mark.parametrize("value", ["", "a//b", "a/../b", "%2e%2E", "a/.", "./a"])
def test_no_value_of_several_segments_leaves_its_place(value: Any) -> None:
    issues: list[Any] = []
    parameters.path_segment("id", value, Style("simple", reserved=True), issues)
    assert [issue.pointer for issue in issues] == ["/path/id"]


@pytest.mark.parametrize(
    ("style", "value", "parts"),
    [
        (Style("form"), LIST, ["q=a%20b,c"]),
        (Style("form"), OBJECT, ["q=k,v%20w,l,1"]),
        (Style("form", explode=True), LIST, ["q=a%20b", "q=c"]),
        (Style("form", explode=True), OBJECT, ["k=v%20w", "l=1"]),
        (Style("form", reserved=True), "a/b?c&d e", ["q=a/b?c%26d%20e"]),
        (Style("form", reserved=True), "50%+%2F", ["q=50%25%2B%2F"]),
        (Style("spaceDelimited"), LIST, ["q=a%20b%20c"]),
        (Style("pipeDelimited"), LIST, ["q=a%20b%7Cc"]),
        (Style("deepObject", explode=True), OBJECT, ["q%5Bk%5D=v%20w", "q%5Bl%5D=1"]),
        (
            Style("deepObject"),
            {"a": [{"b": 1, "n": None}, "c"]},
            ["q%5Ba%5D%5B0%5D%5Bb%5D=1", "q%5Ba%5D%5B1%5D=c"],
        ),
        (Style("json"), OBJECT, ["q=%7B%22k%22%3A%22v%20w%22%2C%22l%22%3A1%7D"]),
        (Style("text"), "v w", ["q=v%20w"]),
        (Style("urlencoded"), OBJECT, ["q=k%3Dv%2Bw%26l%3D1"]),
        (Style("whole json"), {"a": [1], "b": None}, ["%7B%22a%22%3A%5B1%5D%2C%22b%22%3Anull%7D"]),
        (Style("whole text"), "$.a.b[1:1]", ["%24.a.b%5B1%3A1%5D"]),
        (Style("whole urlencoded"), {"foo": "a + b", "bar": True}, ["foo=a+%2B+b&bar=true"]),
        (Style("whole urlencoded"), {}, []),
    ],
)
def test_styles_of_queries(style: Any, value: Any, parts: Any) -> None:
    issues: list[Any] = []
    assert parameters.query({"q": value}, {"q": style}, issues) == parts
    assert issues == []


def test_styles_of_headers_and_cookies() -> None:
    issues: list[Any] = []
    assert parameters.headers({"X": OBJECT}, {"X": Style("simple", explode=True)}, issues) == [
        ("X", "k=v w,l=1")
    ]
    assert parameters.headers({"X": OBJECT}, {"X": Style("json")}, issues) == [("X", '{"k":"v w","l":1}')]
    assert parameters.headers({"X": "v w"}, {"X": Style("text")}, issues) == [("X", "v w")]
    assert parameters.cookies({"c": [1]}, {"c": Style("json")}, issues) == ["c=%5B1%5D"]
    assert issues == []


texts = st.text(st.characters(codec="utf-8"))


@given(texts)
def test_a_path_value_is_data_whatever_it_is(value: Any) -> None:
    issues: list[Any] = []
    segment = parameters.path_segment("id", plain(value, "", issues), parameters.PATH, issues)
    if value in {"", ".", ".."}:
        assert len(issues) == 1
    else:
        assert issues == []
        assert not set(segment) & set("/?#\\; \r\n\x00")
        assert segment.isascii()
        assert unquote(segment) == value


@given(st.dictionaries(texts.filter(bool), texts | st.lists(texts)))
def test_a_query_is_read_back(values: Any) -> None:
    issues: list[Any] = []
    text = "&".join(parameters.query(values, {}, issues))
    assert issues == []
    expected = [(k, item) for k, v in values.items() for item in (v if isinstance(v, list) else [v])]
    assert parse_qsl(text, keep_blank_values=True, max_num_fields=10_000) == expected


@given(st.text())
def test_a_header_or_cookie_is_accepted_only_if_it_is_one(value: Any) -> None:
    issues: list[Any] = []
    sent = parameters.headers({"X": value}, {}, issues) + parameters.cookies({"c": value}, {}, issues)
    for text in map(str, sent):
        assert text.isprintable()
        assert text.isascii()
    assert len(sent) + len(issues) == 2


def test_the_token_is_in_no_refusal(twin: Twin) -> None:
    with pytest.raises(errors.RequestInvalid) as caught:
        twin(Call(GET, path={"id": ".."}, header={"X": "é"}, query={"q": object()}))
    assert TOKEN not in everything(caught.value)
