"""The dialect that a schema is written in: a draft, or a meta-schema of the author's with vocabularies of one."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, Final

from specwright.document.pointers import NotFoundError
from specwright.document.standalone.copies import is_object
from specwright.document.upgrade.drafts import CURRENT, DRAFTS, Draft
from specwright.problems import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from specwright.document.kinds import Kind
    from specwright.document.tree import Map

_DRAFTS: Final = {
    "spec.openapis.org/oas/3.1/dialect/base": CURRENT,
    **{draft.uri.partition("://")[2]: draft for draft in DRAFTS.values()},
}
"""By the URI of their meta-schema, without the scheme: many write `https` for those that have `http`."""

_SPELLINGS: Final = {
    **{name: name for name in DRAFTS},
    **dict.fromkeys(("4", "draft4", "draft-4"), "draft-04"),
    **dict.fromkeys(("6", "draft6", "draft-6"), "draft-06"),
    **dict.fromkeys(("7", "draft7", "draft-7"), "draft-07"),
    **dict.fromkeys(("draft2019-09", "draft-2019-09"), "2019-09"),
    **dict.fromkeys(("draft2020-12", "draft-2020-12"), "2020-12"),
}
NAMES: Final = {name: DRAFTS[draft].uri for name, draft in _SPELLINGS.items()}
"""The URIs of drafts, by what people call them."""

_BESIDE: Final = frozenset({"$ref", "definitions"})
"""What counts beside a `$ref` up to draft 7: strictly nothing, but many write the root of their schemas so."""

_FURTHEST: Final = 10
"""How many meta-schemas may each be described by the next, up to an official one."""

_ANNOTATING: Final = frozenset({"https://spec.openapis.org/oas/3.1/vocab/base"})
"""Vocabularies of others that ask nothing of a value."""


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class Dialect:
    """A draft, with the vocabularies of it that are in use."""

    draft: Draft
    fields: Mapping[str, Kind]
    """The keywords that mean something, and what their values are."""
    beside: Mapping[str, Kind]
    """Those of a schema that is a reference."""

    def counting(self, schema: Map) -> Mapping[str, Kind]:
        """The keywords that mean something in one schema."""
        return self.beside if "$ref" in schema else self.fields


class Dialects:
    """Dialects by the URIs of their meta-schemas."""

    def __init__(self, meta_schema: Callable[[str], Any], *, formats: bool) -> None:
        """Takes what finds the meta-schema with a URI, and whether formats are asserted where that is left open."""
        self._meta_schema = meta_schema
        self._formats = formats
        self._known: dict[str, Dialect] = {}
        self._reading: set[str] = set()

    def named(self, uri: str) -> Dialect:
        """The dialect with a URI; NotFoundError where it is not known, or needs a vocabulary that is not."""
        uri = uri.removesuffix("#") or uri
        if uri not in self._known:
            draft = _DRAFTS.get(uri.partition("://")[2])
            self._known[uri] = self._made(draft, None) if draft else self._custom(uri)
        return self._known[uri]

    def _custom(self, uri: str) -> Dialect:
        """The dialect of a meta-schema that is not official (JSON Schema Core 2020-12, section 8.1)."""
        found = self._meta_schema(uri)
        if not is_object(found) or uri in self._reading or len(self._reading) > _FURTHEST:
            hint = (
                f"What is read is {', '.join(DRAFTS)}, and what a meta-schema among the resources describes."
            )
            raise NotFoundError("version-unknown", f"The dialect {quoted(uri)} is not known.", hint)
        vocabularies: Any = found.get("$vocabulary")
        if not is_object(vocabularies):
            vocabularies = None
        draft = _draft_of(vocabularies or ())
        if draft is None:
            parent = self._parent(uri, found.get("$schema", CURRENT.uri))
            if vocabularies is None or parent.draft.is_old:
                return parent
            draft = parent.draft
        return self._made(draft, _checked(uri, vocabularies or {}, draft))

    def _parent(self, uri: str, own: object) -> Dialect:
        """The dialect that a meta-schema is written in, and by which its schemas are read if it does not say more."""
        self._reading.add(uri)
        try:
            return self.named(str(own))
        finally:
            self._reading.remove(uri)

    def _made(self, draft: Draft, vocabularies: Mapping[str, Any] | None) -> Dialect:
        keywords = frozenset(draft.keywords)
        asserted = self._formats
        if vocabularies is not None:
            keywords = frozenset[str]().union(
                _core(draft), *(draft.vocabularies.get(name, ()) for name in vocabularies)
            )
            asserted = asserted or any(_asserts_formats(name, vocabularies[name]) for name in vocabularies)
        keywords = keywords | {"format"} if asserted else keywords - {"format"}
        fields = {keyword: kind for keyword, kind in draft.keywords.items() if keyword in keywords}
        beside = {key: kind for key, kind in fields.items() if key in _BESIDE} if draft.is_old else fields
        return Dialect(draft, fields, beside)


def _draft_of(vocabularies: Iterable[object]) -> Draft | None:
    """The draft that has one of the vocabularies."""
    used = set(vocabularies)
    return next((draft for draft in DRAFTS.values() if not used.isdisjoint(draft.vocabularies)), None)


def _checked(uri: str, vocabularies: Mapping[str, Any], draft: Draft) -> Mapping[str, Any]:
    """The vocabularies, if those that are needed are known."""
    for name, needed in vocabularies.items():
        if needed and name not in draft.vocabularies and name not in _ANNOTATING:
            message = f"The dialect {quoted(uri)} needs the vocabulary {quoted(name)}, which is not known."
            raise NotFoundError(
                "version-unknown", message, "Where it can be ignored, give it the value `false`."
            )
    return vocabularies


def _core(draft: Draft) -> frozenset[str]:
    """The keywords of the vocabulary that every dialect has, whether it says so or not (section 8)."""
    return next(words for name, words in draft.vocabularies.items() if name.endswith("/core"))


def _asserts_formats(vocabulary: str, needed: Any) -> bool:
    """Whether a dialect with a vocabulary asserts formats.

    That of 2020-12 does so wherever it is known (Validation, section 7.2.2); that of 2019-09 where it is needed.
    """
    name = vocabulary.rpartition("/")[2]
    return name == "format-assertion" or (name == "format" and needed is True)
