"""What templates ask of webhooks and callbacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from specwright.emit.code import code, join, literal, name
from specwright.emit.types import Scope, named

if TYPE_CHECKING:
    from specwright.emit.code import Code
    from specwright.plan.ir import Api, Webhook

SCOPE: Final = frozenset(
    {"Any", "Decimal", "ExtraItems", "Literal", "OnMismatch", "TYPE_CHECKING", "UUID", "Webhook"}
)
"""What `webhooks.py` has in scope: a model of such a name goes by its module there."""

PAYLOADS: Final = Scope("models", qualified=SCOPE)


def hook_type(webhook: Webhook) -> Code:
    """The annotation of what a webhook's body is read to."""
    return PAYLOADS.spell(webhook.type)


def hook_constant(webhook: Webhook) -> Code:
    """The constant that holds what the document says of a webhook."""
    return name(f"_{webhook.name.upper()}")


def hook_said(webhook: Webhook) -> Code:
    """The arguments of the `Webhook`."""
    said = [literal(webhook.subject), hook_type(webhook)]
    if webhook.function is not None:
        said.append(name(webhook.function))
    if webhook.media_type != "application/json":
        said.append(code("media_type={}", literal(webhook.media_type)))
    return join(", ", said)


def hook_imports(api: Api) -> list[Code]:
    """The statements that import what webhooks are made of."""
    models = sorted({part.name for webhook in api.webhooks for part in named(webhook.type)})
    functions = sorted({webhook.function for webhook in api.webhooks if webhook.function})
    plain = [name(model) for model in models if model not in SCOPE]
    lines = [code("from . import models")] if SCOPE.intersection(models) else []
    lines += [code("from .models import ({},)", join(", ", plain))] if plain else []
    validators = join(", ", map(name, functions))
    return [*lines, *([code("from .validators import ({},)", validators)] if functions else [])]
