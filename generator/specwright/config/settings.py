"""What the user decided, as values."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Literal

from specwright.config.budgets import Budgets

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclasses.dataclass(frozen=True, slots=True)
class Config:
    """The settings of one document. Paths are as they can be opened; [tool.specwright.documents.NAME]."""

    spec: Path
    """The document."""
    output: Path | None = None
    """The folder of the distribution; None for one named after it, in the current folder."""
    package: str = ""
    """The name to import the package by; "" for one that the document gives."""
    version: str = ""
    """The version of the package; "" for the document's."""
    root: Path | None = None
    """The folder that `$ref` may reach; None for that of the document."""
    allow_hosts: tuple[str, ...] = ()
    """Hosts that `$ref` may fetch from, by https; `name:port` where the port is not the usual one."""
    overlays: tuple[Path, ...] = ()
    """Overlays to apply to the document, in that order."""
    tags: tuple[str, ...] = ()
    """Tags whose operations are wanted. Where tags, paths or operations are given, nothing else is made."""
    paths: tuple[str, ...] = ()
    """Paths whose operations are wanted; a `*` stands for any text."""
    operations: tuple[str, ...] = ()
    """Ids of operations that are wanted; `get /pets` for one without an id."""
    env: Mapping[str, str] = dataclasses.field(default_factory=dict[str, str])
    """Of credentials, by the name of their argument: the environment variable that stands in for it."""
    idempotency_header: str = ""
    """The header that takes a key by which the server knows a repeated request again; "" for what the document says."""
    ignore: tuple[str, ...] = ()
    """Codes of Problems that are not reported; what is an error is always."""
    strict: bool = False
    """Whether warnings are errors."""
    budgets: Budgets = dataclasses.field(default_factory=Budgets)
    layout: Literal["modules", "folders"] | None = None
    """One module of models, or one for each schema; None for what fits the document, or what was once chosen for it."""
    pagination: Mapping[str, Any] | Literal[False] = dataclasses.field(default_factory=dict[str, Any])
    """Of operations, by their ids, or as `get /pets`: how their pages follow one another, or False where they have none;
    False for all of them. What is said here goes before what the document says."""
    client: Literal["specwright", "openapi-python-client"] = "specwright"
    """Who writes the client and the models; the validators are ours."""
    client_config: Path | None = None
    """The configuration file of openapi-python-client; None for one that is found beside the document or our own."""
    name: str = ""
    """What the configuration calls the document; "" where it is not in one."""
    file: Path | None = dataclasses.field(default=None, compare=False)
    """The file of the configuration that lists it."""
