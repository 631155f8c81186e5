"""Webhooks and callbacks -> the functions that read what the server sends (OpenAPI 3.2, sections 4.1 and 4.18)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from specwright.document.tree import escape
from specwright.plan.ir import Doc, Scalar, Webhook
from specwright.plan.names import Wish
from specwright.plan.paths import of_item

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from specwright.document import Document, Map
    from specwright.plan.catalogue import Catalogue
    from specwright.plan.ir import Validator
    from specwright.plan.media import FoundMedia
    from specwright.plan.outlined import Outlined
    from specwright.plan.paths import Found
    from specwright.plan.schemas import Types
    from specwright.plan.views import Views


@dataclass(frozen=True, slots=True)
class FoundHook:
    """A request that the server sends: where it stands, what it is called, and what is in it."""

    key: str
    text: str
    subject: str
    operation: Map
    media: FoundMedia | None
    """The preferred media type of its body; None where it has none."""


def hooks(document: Document, views: Views, found: Iterable[Found]) -> Iterator[FoundHook]:
    """Every webhook and every callback, in the order of the document."""
    for name, reference in document.root.get("webhooks", {}).items():
        item = document.target(reference)
        sent = tuple(of_item(document, views, f"#/webhooks/{escape(name)}", "", item, sent=False))
        yield from (_hook(one, name, f"the webhook `{name}`", alone=len(sent) == 1) for one in sent)
    for operation in found:
        for name, reference in operation.operation.get("callbacks", {}).items():
            key = f"{operation.key}/callbacks/{escape(name)}"
            called = document.target(reference)
            sent = tuple(
                one
                for expression, item in called.items()
                if not expression.startswith("x-")
                for one in of_item(
                    document, views, f"{key}/{escape(expression)}", "", document.target(item), sent=False
                )
            )
            subject = f"the callback `{name}` of `{operation.method} {operation.path}`"
            text = f"{operation.text} {name}"
            yield from (_hook(one, text, subject, alone=len(sent) == 1) for one in sent)


def _hook(found: Found, text: str, subject: str, *, alone: bool) -> FoundHook:
    own: str | None = found.operation.get("operationId")
    words = own or (text if alone else f"{text} {found.method.lower()}")
    return FoundHook(found.key, words, subject, found.operation, found.body)


def walk(catalogue: Catalogue, found: Iterable[FoundHook]) -> None:
    """Enter the schemas of what the server sends into the catalogue."""
    for hook in found:
        if hook.media is not None and hook.media.schema is not None:
            catalogue.walk(hook.media.schema, "response", f"{hook.key}/requestBody", f"{hook.text} payload")


def wishes(catalogue: Catalogue, found: Iterable[FoundHook]) -> Iterator[Wish]:
    """The names of the functions that read what the server sends, and of validators that only they need."""
    for hook in found:
        method = hook.key.rpartition("/")[2]
        yield Wish(f"webhook {hook.key}", "webhooks", f"read {hook.text}", "snake", "webhook", method)
        schema = None if hook.media is None else hook.media.schema
        if schema is not None and catalogue.entry(schema) is None:
            text = f"validate {hook.text} payload"
            yield Wish(f"validator {hook.key} payload", "functions", text, "snake", "validate")


class Webhooks:
    """The functions that read what the server sends, once everything has a name."""

    def __init__(self, names: Mapping[str, str], types: Types, validators: Outlined) -> None:
        self._names = names
        self._types = types
        self._validators = validators
        self.validators: list[Validator] = []
        """Validators that only they need."""

    def all(self, found: Iterable[FoundHook]) -> tuple[Webhook, ...]:
        """Every one that has a body; the others say all by being sent."""
        return tuple(self._webhook(hook, hook.media) for hook in found if hook.media is not None)

    def _webhook(self, hook: FoundHook, media: FoundMedia) -> Webhook:
        schema = media.schema
        function: str | None = None
        if schema is not None and media.family == "json":
            function = self._validators.function(schema, "response")
            if function is None:
                function = self._names[f"validator {hook.key} payload"]
                subject = f"what {hook.subject} sends"
                self.validators += self._validators.inline(function, subject, schema, "response")
        return Webhook(
            name=self._names[f"webhook {hook.key}"],
            subject=hook.subject,
            type=self._types.of(schema, "response") if function and schema is not None else Scalar("str"),
            function=function,
            media_type=media.media_type,
            summary=hook.operation.get("summary", ""),
            doc=Doc(
                hook.operation.get("description", ""), deprecated=hook.operation.get("deprecated", False)
            ),
        )
