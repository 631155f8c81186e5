"""The documents that packages are made of: the endpoint's and four of large vendors, as JSON and as YAML."""

from __future__ import annotations

import gc
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, cast

import yaml

from .page import DOCUMENT
from .peers.documents import CORPUS

if TYPE_CHECKING:
    from pathlib import Path

    from .workshop import Workshop

Format = Literal["json", "yaml"]
FORMATS: Final[tuple[Format, ...]] = ("json", "yaml")


@dataclass(frozen=True, slots=True)
class Source:
    """A document, in the format that its author has it in."""

    name: str
    path: Path
    rounds: int
    """How often what is made of it is measured."""

    @property
    def written(self) -> Format:
        """The format that its author has it in."""
        return "json" if self.path.suffix == ".json" else "yaml"

    def text(self, wanted: Format) -> str:
        """The document in a format; in its author's, as it is.

        Raises:
            FileNotFoundError: It is not there.
        """
        if not self.path.exists():
            raise FileNotFoundError(f"there is no {self.path} (SPECWRIGHT_CORPUS)")
        if wanted == self.written:
            return self.path.read_text("utf-8")
        return _converted(self.path, wanted)

    def file(self, workshop: Workshop, wanted: Format) -> Path:
        """A copy of it in a format, in the workshop's folder."""
        copy = workshop.subfolder("documents") / f"{self.path.stem}.{wanted}"
        if not copy.exists():
            copy.write_text(self.text(wanted), "utf-8")
        return copy


ENDPOINT: Final = Source("the endpoint", DOCUMENT, 9)
LARGE: Final = (
    Source("Stripe", CORPUS / "specs" / "stripe.yaml", 3),
    Source("Plaid", CORPUS / "specs" / "plaid.yaml", 3),
    Source("Okta", CORPUS / "specs" / "okta-management.yaml", 3),
    Source("GitHub", CORPUS / "specs" / "github.json", 3),
)
SOURCES: Final = (ENDPOINT, *LARGE)


# --- between the formats ------------------------------------------------------------------------------------------


class _Loader(yaml.CSafeLoader):
    """Reads what YAML 1.2 means: no dates, no `yes`, no `=`."""


_PLAIN: Final = {"tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool", "tag:yaml.org,2002:value"}
_Loader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in resolvers if tag not in _PLAIN]
    for first, resolvers in cast("dict[str, list[Any]]", yaml.CSafeLoader.yaml_implicit_resolvers).items()
}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile("^(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)


def _converted(path: Path, wanted: Format) -> str:
    gc.disable()  # it would walk the growing tree again and again
    try:
        if wanted == "json":
            return json.dumps(yaml.load(path.read_bytes(), Loader=_Loader), indent=2, ensure_ascii=False)  # noqa: S506  # a safe loader
        document = json.loads(path.read_bytes())
        text: str = yaml.dump(
            document, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=120
        )
        return text
    finally:
        gc.enable()


# --- edits --------------------------------------------------------------------------------------------------------

_TOLD: Final[dict[Format, re.Pattern[str]]] = {
    "json": re.compile(r'"description":\s*"(?=[A-Za-z])'),
    "yaml": re.compile(r"""^\s*description: ["']?(?=[A-Za-z])""", re.MULTILINE),
}


def edited(text: str, form: Format) -> str:
    """A document with another word in the description that is in the middle of all that it has.

    Raises:
        LookupError: It has none.
    """
    places = [found.end() for found in _TOLD[form].finditer(text)]
    if not places:
        raise LookupError("the document has no description")
    place = places[len(places) // 2]
    return f"{text[:place]}Edited {text[place:]}"
