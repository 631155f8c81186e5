"""What changes of a document are called on the wire, and how grave they are: one table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from specwright.review.findings import Direction, Effect, Level

LAW: Final[Mapping[tuple[Direction, Effect], Level]] = {
    ("in", "narrows"): "breaking",
    ("in", "widens"): "compatible",
    ("in", "swaps"): "breaking",
    ("in", "none"): "compatible",
    ("in", "unknown"): "warning",
    ("out", "narrows"): "compatible",
    ("out", "widens"): "breaking",
    ("out", "swaps"): "breaking",
    ("out", "none"): "compatible",
    ("out", "unknown"): "warning",
}
"""How grave a change is: a server may take more than it did and send less, and not the other way round."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of change.

    Its level is the law's for its effect, but where `inward` or `outward` has another one, and `unlawful` says why. `text`
    says what changed, of the subject in front of it, and `hint` what to do about it.
    """

    id: str
    effect: Effect
    text: str
    purpose: str
    hint: str = ""
    inward: Level | None = None
    outward: Level | None = None
    unlawful: str = ""

    def level(self, direction: Direction) -> Level:
        """How grave it is on that side, where no guard speaks."""
        own = self.inward if direction == "in" else self.outward
        return LAW[direction, self.effect] if own is None else own


def _doc(id_: str, what: str, of: str = " of {owner}") -> Rule:
    text = f"{what}{of} {{verb}}"
    return Rule(
        id_, "none", text, f"Words only: {what} says nothing of values.", "", "doc", "doc", "it is words"
    )


_KEEP: Final = "Keep the old one beside the new until its callers have moved."
_VERSION: Final = "Raise the major version, or keep what was."
_NEVER: Final = "Make it optional, or give callers a release in which both work."
_READERS: Final = "Tell callers: code that reads it must be ready for this."

_TABLE: Final[Iterable[Rule]] = (
    # paths and operations
    Rule("path-added", "widens", "was added", "There is more to call."),
    Rule("path-removed", "narrows", "was removed", "Calls of it fail.", "Deprecate it first, with `x-sunset`."),
    Rule("path-renamed", "swaps", "was {before}", "Calls of the old path fail.", _KEEP),
    Rule("operation-added", "widens", "was added", "There is more to call."),
    Rule("operation-removed", "narrows", "was removed", "Calls of it fail.", "Deprecate it first, with `x-sunset`."),
    Rule("operation-id-changed", "none", "has the id {after} instead of {before}", "The id is never sent; names in clients follow it."),
    Rule("tag-changed", "none", "has the tags {after} instead of {before}", "Tags are never sent; clients group operations by them."),
    Rule("webhook-added", "widens", "was added", "The server sends what it did not.", "Subscribers must be ready for it.",
         outward="warning", unlawful="who does not subscribe gets none of it"),
    Rule("webhook-removed", "swaps", "was removed", "What subscribers wait for never comes.", _KEEP),
    Rule("callback-added", "widens", "has the new callback {name}", "The server calls back where it did not.",
         inward="warning", outward="warning", unlawful="who gives no URL gets none of it"),
    Rule("callback-removed", "swaps", "has the callback {name} no more", "What callers wait for never comes.", _KEEP),
    # parameters
    Rule("param-added-optional", "widens", "has the new optional {name}", "It may be sent.", outward="compatible", unlawful="nobody reads a parameter that they do not know"),
    Rule("param-added-required", "narrows", "has the new required {name}", "Calls without it are refused.", _NEVER),
    Rule("param-removed", "narrows", "has {name} no more", "What is sent by that name is ignored, or refused.",
         "Look for callers who send it.", inward="warning", outward="warning", unlawful="most servers ignore what they do not know"),
    Rule("param-renamed", "swaps", "has {after}, which was called {before}", "The old name is not read any more.", _KEEP),
    Rule("param-moved", "swaps", "takes {name} in {after} instead of {before}", "It is not looked for where it was.", _KEEP),
    Rule("param-required", "narrows", "is required now", "Calls without it are refused.", _NEVER),
    Rule("param-optional", "widens", "is optional now", "It may be left out."),
    Rule("param-serialization-changed", "swaps", "is written otherwise: {after} instead of {before}",
         "What the old spelling means is something else now.", _KEEP),
    # bodies
    Rule("body-added-required", "narrows", "needs a body now", "Calls without one are refused.", _NEVER),
    Rule("body-added-optional", "widens", "may have a body", "It may be sent.", outward="compatible", unlawful="nobody reads a body that they do not know"),
    Rule("body-removed", "narrows", "has no body any more", "What is sent is ignored, or refused.", "Look for callers who send one.",
         inward="warning", outward="breaking", unlawful="most servers ignore a body that they do not ask for"),
    Rule("body-required", "narrows", "is required now", "Calls without one are refused.", _NEVER),
    Rule("body-optional", "widens", "is optional now", "It may be left out."),
    Rule("media-type-added", "widens", "has the new media type {name}", "There is a further way to write it.",
         outward="compatible", unlawful="a client that does not ask for it does not get it"),
    Rule("media-type-removed", "narrows", "has the media type {name} no more", "Who sends it, or asks for it, is refused.", _KEEP,
         outward="breaking", unlawful="a client that asks for it gets nothing that it can read"),
    Rule("encoding-changed", "swaps", "writes {name} otherwise: {after} instead of {before}", "A part of the body is read another way.", _KEEP),
    # answers
    Rule("status-added-success", "widens", "may answer {name}", "A success that clients have not seen.", _READERS,
         outward="warning", unlawful="clients go by the class of a status (RFC 9110, section 15)"),
    Rule("status-added-error", "widens", "may answer {name}", "An error that clients have not seen.",
         outward="compatible", unlawful="any status may come of any request (RFC 9110, section 15)"),
    Rule("status-removed-success", "swaps", "does not answer {name} any more", "The success that clients wait for never comes.", _VERSION),
    Rule("status-removed-error", "narrows", "does not answer {name} any more", "An error less is told of.", "Callers who act on it: does it still come?",
         outward="warning", unlawful="clients who act on it act on nothing"),
    Rule("header-added", "widens", "has the new header {name}", "There is more to read.",
         outward="compatible", inward="compatible", unlawful="nobody reads a header that they do not know"),
    Rule("header-removed-optional", "narrows", "has the header {name} no more", "Who reads it finds nothing.", _READERS,
         outward="warning", unlawful="it was not promised"),
    Rule("header-removed-required", "swaps", "has the header {name} no more, which was always there", "Who relies on it fails.", _VERSION),
    Rule("header-required", "narrows", "is always there now", "What may be there is there.", "Does every answer have it?"),
    Rule("header-optional", "widens", "may be missing now", "Who relies on it fails.", _READERS),
    # security
    Rule("security-required", "narrows", "needs {name} now", "Calls without it are refused.", "Callers need credentials."),
    Rule("security-relaxed", "widens", "can be called without credentials", "It needs less than it did."),
    Rule("security-alternative-added", "widens", "can also be called with {name}", "There is another way in."),
    Rule("security-alternative-removed", "narrows", "can't be called with {name} any more", "Who has only these is refused.",
         "Keep both until callers have moved."),
    Rule("security-scope-added", "narrows", "needs the scope {name} now", "Tokens without it are refused.", "Callers need new tokens."),
    Rule("security-scope-removed", "widens", "does not need the scope {name} any more", "Fewer rights will do."),
    Rule("security-scheme-added", "none", "was added", "It can be asked for.", "", "doc", "doc", "operations say what they ask for"),
    Rule("security-scheme-removed", "none", "was removed", "It can't be asked for.", "", "doc", "doc", "operations say what they ask for"),
    Rule("security-scheme-changed", "swaps", "has {name} {after} instead of {before}", "Credentials are sent another way.", _KEEP),
    Rule("oauth-scope-added", "none", "has the new scope {name}", "There is a further right to ask for."),
    Rule("oauth-scope-removed", "narrows", "has the scope {name} no more", "It can't be asked for.",
         inward="warning", unlawful="operations say which they need"),
    # servers
    Rule("server-added", "widens", "is served at {after}, too", "There is another place to call."),
    Rule("server-removed", "narrows", "is not served at {before} any more", "Clients that go there may find nothing.", _KEEP,
         inward="warning", unlawful="clients choose the base URL"),
    Rule("server-changed", "swaps", "is served at {after} instead of {before}", "Clients that go to the old place may find nothing.", _KEEP,
         inward="warning", unlawful="clients choose the base URL"),
    # lifecycle
    Rule("deprecated-added", "none", "is deprecated", "It goes some day."),
    Rule("deprecated-removed", "none", "is not deprecated any more", "It stays."),
    Rule("sunset-set", "none", "is to be removed on {after}", "There is a day until which it works."),
    Rule("sunset-later", "none", "is to be removed on {after}, and not on {before}", "It works longer than was said."),
    Rule("sunset-earlier", "narrows", "is to be removed on {after}, before {before}", "Callers have less time than they were told.", "Keep the day.",
         outward="breaking", unlawful="time runs for both sides"),
    Rule("sunset-deleted", "unknown", "has no day of sunset any more", "Nobody knows when it goes.", "Say until when it works."),
    Rule("sunset-invalid", "unknown", "has a sunset that is no date: {after}", "Nobody knows when it goes.", "Write a date: `2030-01-31`."),
    Rule("stability-lowered", "unknown", "is {after} and was {before}", "It may change sooner than was said.", "Raise it again, or tell callers."),
    Rule("stability-raised", "none", "is {after} and was {before}", "It changes less than was said."),
    Rule("stability-invalid", "unknown", "has a stability that is none: {after}", "Nobody knows what to expect.",
         "Write one of draft, alpha, beta, stable."),
    Rule("version-not-bumped", "unknown", "is still {before}, although something breaks", "Who goes by the version is misled.",
         "Raise the version of the document."),
    Rule("version-too-small", "unknown", "went from {before} to {after}, although something breaks", "Who goes by the version is misled.",
         "Raise the major version."),
    # types and values
    Rule("type-widened", "widens", "may be {after}, and was {before}", "Further types of value are allowed.", _READERS),
    Rule("type-narrowed", "narrows", "is {after}, and could be {before}", "Fewer types of value are allowed.", _VERSION),
    Rule("type-changed", "swaps", "is {after} instead of {before}", "What was right is wrong.", _VERSION),
    Rule("format-added", "narrows", "has the format {after}", "Fewer texts are allowed.", _VERSION),
    Rule("format-removed", "widens", "has the format {before} no more", "Other texts are allowed, too.", _READERS),
    Rule("format-widened", "widens", "has the format {after}, which holds more than {before}", "Further values are allowed.", _READERS),
    Rule("format-narrowed", "narrows", "has the format {after}, which holds less than {before}", "Fewer values are allowed.", _VERSION),
    Rule("format-changed", "swaps", "has the format {after} instead of {before}", "What was right is wrong.", _VERSION),
    Rule("content-changed", "swaps", "holds {after} instead of {before}", "What the text holds is read another way.", _VERSION),
    Rule("nullable-added", "widens", "may be null", "Code that does not expect null fails.", _READERS),
    Rule("nullable-removed", "narrows", "can't be null any more", "Who sends null is refused.", "Callers leave it out instead."),
    Rule("enum-value-added", "widens", "may be {name}, too", "A value that was not there before.", _READERS,
         outward="warning", unlawful="readers of open enums keep what they do not know; say so with `x-extensible-enum`"),
    Rule("enum-value-removed", "narrows", "can't be {name} any more", "Who sends it is refused.", _VERSION),
    Rule("enum-value-renamed", "swaps", "is {after} where it was {before}", "The old spelling is refused, the new one unknown.", _KEEP),
    Rule("enum-closed", "narrows", "is one of {after}", "Other values are refused.", _VERSION,
         outward="compatible"),
    Rule("enum-opened", "widens", "may be anything, and was one of {before}", "Values come that nobody listed.", _READERS,
         outward="warning", unlawful="as where a value is added"),
    Rule("extensible-enum-value-added", "none", "may be {name}, too", "The list was never complete."),
    Rule("extensible-enum-value-removed", "narrows", "can't be {name} any more", "Who sends it may be refused.", _VERSION),
    Rule("const-set", "narrows", "is always {after}", "Other values are refused.", _VERSION),
    Rule("const-unset", "widens", "may be anything, and was always {before}", "Values come that were not there.", _READERS),
    Rule("const-changed", "swaps", "is always {after} instead of {before}", "What was right is wrong.", _VERSION),
    Rule("default-added", "unknown", "is {after} by default", "What is left out means something now.", "Is that what leaving it out meant?",
         outward="compatible", unlawful="a server sends what it means"),
    Rule("default-changed", "unknown", "is {after} by default instead of {before}", "What is left out means something else.",
         "Callers who rely on the old default must say it.", outward="compatible", unlawful="a server sends what it means"),
    Rule("default-removed", "unknown", "has no default any more; it was {before}", "Nobody knows what is meant by leaving it out.",
         "Callers who rely on the default must say it.", outward="compatible", unlawful="a server sends what it means"),
    Rule("bound-tightened", "narrows", "has {name} {after}{was}", "Fewer values are allowed.", _VERSION),
    Rule("bound-loosened", "widens", "has {name} {after}{was}", "Further values are allowed.", _READERS),
    Rule("bound-changed", "swaps", "has {name} {after}{was}", "What was right is wrong.", _VERSION),
    Rule("pattern-added", "narrows", "must match {after}", "Fewer texts are allowed.", _VERSION),
    Rule("pattern-removed", "widens", "need not match {before} any more", "Other texts are allowed, too.", _READERS),
    Rule("pattern-changed", "unknown", "must match {after} instead of {before}", "Which texts are allowed is another set.",
         "Compare both with the texts that are in use."),
    # objects
    Rule("property-added-optional", "widens", "has the new optional property {name}", "There is more to say.",
         outward="compatible", unlawful="readers pass over what they do not know"),
    Rule("property-added-required", "narrows", "has the new required property {name}", "Who sends an object without it is refused.", _NEVER),
    Rule("property-removed", "narrows", "has the property {name} no more", "Who reads or sends it finds that it means nothing.",
         "Deprecate it first.", inward="warning", outward="warning",
         unlawful="a server may ignore it; that it came was not promised"),
    Rule("property-removed-required", "swaps", "has the property {name} no more, which was always there", "Who reads it finds nothing.",
         "Deprecate it first.", inward="warning", unlawful="a server may ignore what is sent"),
    Rule("property-renamed", "swaps", "has the property {after}, which was called {before}", "The old name means nothing any more.", _KEEP),
    Rule("property-required", "narrows", "always has {name} now", "Who sends an object without it is refused.", _NEVER),
    Rule("property-optional", "widens", "may come without {name}", "Code that relies on it fails.", _READERS),
    Rule("read-only-set", "unknown", "is read-only now", "What callers send is ignored, or refused.", "Callers must not send it."),
    Rule("read-only-unset", "unknown", "is read-only no more", "It can be sent, and may be asked for.", ""),
    Rule("write-only-set", "unknown", "is write-only now", "It is not in answers any more.", _READERS),
    Rule("write-only-unset", "unknown", "is write-only no more", "It is in answers now.", "Is it a secret?"),
    Rule("additional-closed", "narrows", "takes no properties but those it names", "Others are refused.", _VERSION),
    Rule("additional-opened", "widens", "takes properties that it does not name", "Others come, too.", _READERS,
         outward="compatible", unlawful="readers pass over what they do not know"),
    Rule("pattern-property-added", "narrows", "demands something of properties like {name}", "Some are refused.", _VERSION),
    Rule("pattern-property-removed", "widens", "demands nothing of properties like {name} any more", "Others come, too.", _READERS),
    # composition
    Rule("one-of-added", "widens", "may be {name}, too", "A shape that was not there before.", _READERS),
    Rule("one-of-removed", "narrows", "can't be {name} any more", "Who sends it is refused.", _VERSION),
    Rule("any-of-added", "widens", "may be {name}, too", "A shape that was not there before.", _READERS),
    Rule("any-of-removed", "narrows", "can't be {name} any more", "Who sends it is refused.", _VERSION),
    Rule("choice-widened", "widens", "may be several of its alternatives at once (`anyOf` instead of `oneOf`)",
         "Values come that are of several shapes.", outward="warning",
         unlawful="most alternatives have no value in common"),
    Rule("choice-narrowed", "narrows", "may be only one of its alternatives at once (`oneOf` instead of `anyOf`)",
         "Values of several shapes are refused.", "Are there values that several alternatives allow?", inward="warning",
         unlawful="most alternatives have no value in common"),
    Rule("all-of-added", "narrows", "demands more: {name}", "Fewer values are allowed.", _VERSION),
    Rule("all-of-removed", "widens", "demands less: {name}", "Further values are allowed.", _READERS),
    Rule("condition-added", "narrows", "has the new condition `{name}`", "Fewer values are allowed.", _VERSION),
    Rule("condition-removed", "widens", "has the condition `{name}` no more", "Further values are allowed.", _READERS),
    Rule("condition-changed", "unknown", "has another condition `{name}`", "Nobody can tell which values are allowed that were not.",
         "Compare both with the values that are in use."),
    Rule("not-added", "narrows", "must not be what `not` says", "Fewer values are allowed.", _VERSION),
    Rule("not-removed", "widens", "may be what `not` said it must not", "Further values are allowed.", _READERS),
    Rule("dependent-added", "narrows", "needs {more} beside {name}", "Objects without it are refused.", _VERSION),
    Rule("dependent-removed", "widens", "does not need {more} beside {name} any more", "Objects without it come, too.", _READERS),
    Rule("discriminator-added", "unknown", "is told apart by {after}", "Readers may ask for the property.", _READERS),
    Rule("discriminator-removed", "unknown", "is not told apart by {before} any more", "Readers that go by it have nothing to go by.", _READERS),
    Rule("discriminator-property-changed", "swaps", "is told apart by {after} instead of {before}", "Readers go by the wrong property.", _VERSION),
    Rule("discriminator-mapping-added", "widens", "means {after} where {name} stands", "A value that readers do not know.",
         outward="compatible", unlawful="what is new among the alternatives is told of there"),
    Rule("discriminator-mapping-removed", "unknown", "does not say what is meant where {name} stands any more",
         "Readers that meet it do not know what it is.", _READERS),
    Rule("discriminator-mapping-changed", "swaps", "means {after} where {name} stands, which meant {before}", "Values are read as something else.", _VERSION),
    Rule("xml-changed", "swaps", "is written otherwise in XML: {after} instead of {before}", "Another element or attribute is looked for.", _VERSION),
    # components and words
    Rule("schema-added", "none", "was added", "What uses it is told of where it does.", "", "doc", "doc", "it is what uses it that counts"),
    Rule("schema-removed", "none", "was removed", "What used it is told of where it did.", "", "doc", "doc", "it is what uses it that counts"),
    Rule("schema-renamed", "none", "was called {before}", "Names of schemas are never sent.", "", "doc", "doc", "it is never sent"),
    Rule("component-added", "none", "was added", "What uses it is told of where it does.", "", "doc", "doc", "it is what uses it that counts"),
    Rule("component-removed", "none", "was removed", "What used it is told of where it did.", "", "doc", "doc", "it is what uses it that counts"),
    Rule("document-added", "widens", "was added", "There is a further API."),
    Rule("document-removed", "narrows", "was removed", "Its package is not made any more.", _KEEP),
    Rule("link-changed", "none", "has another link {name}", "Links say what may be called next.", "", "doc", "doc", "nothing is sent for it"),
    _doc("description-changed", "the description"),
    _doc("summary-changed", "the summary"),
    _doc("example-changed", "the example"),
    _doc("title-changed", "the title"),
    _doc("external-docs-changed", "the link to further documentation"),
    _doc("extension-changed", "the extension {name}"),
    _doc("info-changed", "{name}", " of {owner}"),
    _doc("tag-described", "the tag {name}", " of {owner}"),
)  # fmt: skip

RULES: Final[Mapping[str, Rule]] = {rule.id: rule for rule in _TABLE}
"""By id, in the order of the table."""
