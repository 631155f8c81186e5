"""What openapi-python-client's configuration says, and what becomes of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

BECOMES: Final[Mapping[str, str]] = {
    "class_overrides": "names are the document's; rename with `x-specwright-name`, in it or in an overlay",
    "content_type_overrides": "say the media type that is meant in the document, or in an overlay",
    "docstrings_on_attributes": "every attribute that is described has its docstring",
    "field_prefix": "a name that Python can't have gets a word of its own",
    "generate_all_tags": "an operation is a method of its first tag",
    "http_timeout": "nothing is fetched",
    "literal_enums": "what is sent may be written as a literal or as a member; answers have members, which equal their text",
    "package_name_override": "the new package has a name of its own, so that both can be installed; --package gives it another",
    "package_version_override": "it is `version`",
    "post_hooks": "what is generated is formatted already",
    "project_name_override": "the distribution is called as the package",
    "use_path_prefixes_for_title_model_names": "titles that are names are taken, without their place",
}
"""Each key, and what it becomes."""
_UNKNOWN: Final = "nothing like it"


@dataclass(frozen=True, slots=True)
class Setting:
    """A key of the old configuration."""

    key: str
    becomes: str


def settings(said: Mapping[str, Any]) -> tuple[Setting, ...]:
    """What becomes of each key."""
    return tuple(Setting(key, BECOMES.get(key, _UNKNOWN)) for key in said)


def section(name: str, fields: Mapping[str, str]) -> str:
    """A section of the configuration, as TOML."""
    return "\n".join([f"[tool.specwright.documents.{name}]", *_lines(fields), ""])


def _lines(fields: Mapping[str, str]) -> Iterator[str]:
    for key, value in fields.items():
        # A string of JSON is one of TOML, but for DEL, which TOML wants escaped.
        text = json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        yield f"{key} = {text}"


def relative(path: Path, folder: Path) -> str:
    """A path as the configuration in a folder has it: from there, if it is below."""
    whole = path.resolve()
    return whole.relative_to(folder).as_posix() if whole.is_relative_to(folder) else whole.as_posix()
