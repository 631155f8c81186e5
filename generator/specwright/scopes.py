"""What the modules of a package have in scope already, so that names of a document keep out of its way."""

from __future__ import annotations

from typing import Final

AMBIGUOUS: Final = frozenset({"I", "O", "l"})
"""Names that are hard to tell from digits (PEP 8, "Names to Avoid"); linters refuse them."""

CLIENT: Final = frozenset(
    {
        "Answer",
        "Any",
        "ApiKey",
        "AsyncApiClient",
        "AsyncBinary",
        "AsyncClientOptions",
        "AsyncEventStream",
        "AsyncItemStream",
        "AsyncPages",
        "AsyncPagesWithResponse",
        "AsyncResource",
        "AsyncToken",
        "AsyncClientWithResponse",
        "AsyncStreamWithResponse",
        "AsyncWithResponse",
        "Basic",
        "Bearer",
        "Binary",
        "Body",
        "Call",
        "CallOptions",
        "ClientOptions",
        "ClientWithResponse",
        "Decimal",
        "Encoding",
        "EventStream",
        "ExtraItems",
        "Http",
        "ItemStream",
        "Literal",
        "Mapping",
        "OAuth2",
        "OMIT",
        "Omit",
        "Operation",
        "Pages",
        "PagesWithResponse",
        "Paging",
        "Sequence",
        "Server",
        "StreamOptions",
        "StreamWithResponse",
        "Style",
        "SyncApiClient",
        "SyncResource",
        "TYPE_CHECKING",
        "Token",
        "Unpack",
        "Upload",
        "WithResponse",
        "UUID",
    }
)
"""Of the modules of clients: no resource is called so, and a model of such a name goes by its module there."""
