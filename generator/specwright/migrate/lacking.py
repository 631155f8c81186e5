"""What values had in the old package and have not now, with what there is in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright.migrate.draft import LeftError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.migrate.draft import Draft
    from specwright.migrate.sites import OfAttrs, Read

_OWN_HTTP: Final = (
    "make its HTTP client yourself, and keep it: `http = httpx2.Client(…)`, `Client(…, http_client=http)`"
)
_OWN_ASYNC_HTTP: Final = _OWN_HTTP.replace("Client(…", "AsyncClient(…")
_OF_CLIENTS: Final[Mapping[str, str]] = {
    "get_async_httpx_client": _OWN_ASYNC_HTTP,
    "get_httpx_client": _OWN_HTTP,
    "set_async_httpx_client": _OWN_ASYNC_HTTP,
    "set_httpx_client": _OWN_HTTP,
    "with_cookies": "cookies are those of its HTTP client: `with_options(http_client=httpx2.Client(cookies=…))`",
    "with_headers": "headers are those of its HTTP client, `with_options(http_client=httpx2.Client(headers=…))`, or `extra_headers=` of a call",
    "with_timeout": "`with_options(timeout=…)` gives such a client",
}
"""What clients had, and what there is in its place."""
_OF_ATTRS: Final[Mapping[str, str]] = {
    "asdict": ": `msgspec.structs.asdict(…)` gives its attributes, and `.as_input()` what can be sent",
    "assoc": ": `msgspec.structs.replace(…)` does the same",
    "astuple": ": `msgspec.structs.astuple(…)` does the same",
    "evolve": ": `msgspec.structs.replace(…)` does the same",
    "fields": ": `msgspec.structs.fields(…)` tells of them",
}
"""Functions of attrs, and what does the same now."""
_STILL: Final = frozenset({"aclose", "close", "preload", "with_options", "with_response"})


def of_client(draft: Draft, site: Read) -> None:
    """What is read of a client.

    Raises:
        LeftError: The new one has nothing like it.
    """
    name = site.node.attr.value
    ours = {one.attribute for one in draft.api.resources} | {one.name for one in draft.api.operations}
    if name not in ours | _STILL:  # else it is one of the new package's already
        raise LeftError(f"a client has no `{name}` now; {_OF_CLIENTS.get(name, 'see `with_options`')}")


def of_attrs(draft: Draft, site: OfAttrs) -> None:
    """A function of attrs that is given a model.

    Raises:
        LeftError: The models are no classes of attrs now.
    """
    known = draft.class_of(site.cell)
    if known is None or known.enum is not None or site.cell.has("kept"):
        return
    is_sent = known.is_map or draft.is_sent(site.cell)
    instead = _OF_ATTRS.get(site.name, "")
    if is_sent:
        raise LeftError(f"`{known.name}` is a dict now, and no class of attrs")
    raise LeftError(f"`{known.name}` is no class of attrs now{instead}")
