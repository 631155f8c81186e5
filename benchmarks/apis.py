"""The APIs that clients are called for: a call of each, and the answer that the server gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from .page import ANSWER, PATH, SENT
from .peers.documents import CORPUS


@dataclass(frozen=True, slots=True, eq=False)
class Api:
    """A call, as it goes over the wire."""

    name: str
    """As what cases are called that have it."""
    method: str
    path: str
    sent: dict[str, Any]
    answer: dict[str, Any]


def _user(number: int, login: str) -> dict[str, Any]:
    home = f"https://api.example.com/users/{login}"
    return {
        "login": login,
        "id": number,
        "node_id": f"U_{number}",
        "avatar_url": f"https://images.example.com/{login}.png",
        "gravatar_id": "",
        "url": home,
        "html_url": f"https://example.com/{login}",
        "followers_url": f"{home}/followers",
        "following_url": f"{home}/following",
        "gists_url": f"{home}/gists",
        "starred_url": f"{home}/starred",
        "subscriptions_url": f"{home}/subscriptions",
        "organizations_url": f"{home}/orgs",
        "repos_url": f"{home}/repos",
        "events_url": f"{home}/events",
        "received_events_url": f"{home}/received_events",
        "type": "User",
        "site_admin": False,
    }


def _label(number: int, name: str, colour: str) -> dict[str, Any]:
    return {
        "id": number,
        "node_id": f"L_{number}",
        "url": f"https://api.example.com/repos/acme/anvils/labels/{name}",
        "name": name,
        "description": f"What is about {name}",
        "color": colour,
        "default": False,
    }


_ISSUE: Final = "https://api.example.com/repos/acme/anvils/issues/42"

ENDPOINT: Final = Api("the endpoint", "PATCH", PATH, SENT, ANSWER)

GITHUB: Final = Api(
    "an issue of GitHub",
    "PATCH",
    "/repos/acme/anvils/issues/42",
    {"title": "It falls upwards", "body": "As of this morning.", "state": "open", "labels": ["bug", "physics"]},
    {
        "id": 1042,
        "node_id": "I_1042",
        "url": _ISSUE,
        "repository_url": "https://api.example.com/repos/acme/anvils",
        "labels_url": f"{_ISSUE}/labels",
        "comments_url": f"{_ISSUE}/comments",
        "events_url": f"{_ISSUE}/events",
        "html_url": "https://example.com/acme/anvils/issues/42",
        "number": 42,
        "state": "open",
        "title": "It falls upwards",
        "body": "As of this morning.",
        "user": _user(1, "wile"),
        "labels": [_label(7, "bug", "d73a4a"), _label(8, "physics", "0075ca")],
        "assignee": _user(2, "roadrunner"),
        "assignees": [_user(2, "roadrunner")],
        "milestone": None,
        "locked": False,
        "comments": 3,
        "closed_at": None,
        "created_at": "2026-08-03T09:00:00Z",
        "updated_at": "2026-08-03T10:30:00Z",
        "closed_by": None,
        "author_association": "CONTRIBUTOR",
    },
)  # fmt: skip

CHAT: Final = Api(
    "a chat completion",
    "POST",
    "/chat/completions",
    {
        "model": "m-1",
        "messages": [
            {"role": "system", "content": "Answer in one word."},
            {"role": "user", "content": "What falls upwards?"},
        ],
        "temperature": 0.2,
        "max_tokens": 64,
    },
    {
        "id": "chat-42",
        "object": "chat.completion",
        "created": 1785747600,
        "model": "m-1",
        "choices": [
            {
                "index": 0,
                "finish_reason": "stop",
                "message": {"role": "assistant", "content": "Anvils."},
            }
        ],
        "prompt": [],
        "usage": {"prompt_tokens": 21, "completion_tokens": 3, "total_tokens": 24},
    },
)

APIS: Final = (ENDPOINT, GITHUB, CHAT)

DOCUMENTS: Final = {
    "github_rest": CORPUS / "specs" / "github.json",
    "together_rest": CORPUS / "specs" / "together.yaml",
}
"""The documents that ours is made of for the others, by the package: 1,223 operations, and 99 of which one is the chat."""
