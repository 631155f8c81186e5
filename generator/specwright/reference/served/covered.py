"""The secrets of the environment, taken out of whatever goes to the page."""

from __future__ import annotations

import json
import os
from base64 import b64encode
from functools import reduce
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, quote_plus

from specwright.reference.masks import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from specwright.plan.ir import Api

_SHORTEST: Final = 4
"""As for answers: see `reference.sending`."""


class Covered:
    """Takes the secrets of an API out of values, as they are and as URLs, headers and JSON write them.

    `variables` are the environment variables of the arguments for credentials. They are read anew each time.
    """

    def __init__(self, api: Api, variables: Mapping[str, str]) -> None:
        self._pairs = [item.arguments for item in api.credentials if item.kind == "basic"]
        self._variables = variables

    def object(self, value: Mapping[str, Any], others: Iterable[str] = ()) -> dict[str, Any]:
        """An object with stars in the place of each secret, and of others that are known to be some."""
        secrets = sorted({*self._forms(others)}, key=len, reverse=True)
        return {name: _replaced(inner, secrets) for name, inner in value.items()}

    def _forms(self, others: Iterable[str]) -> Iterator[str]:
        """What a secret may look like, which an answer may hold in any of these ways."""
        given = {name: os.environ.get(variable, "") for name, variable in self._variables.items()}
        pairs = [f"{given[username]}:{given[password]}" for username, password in self._pairs]
        for secret in (*given.values(), *pairs, *others):
            if len(secret) < _SHORTEST:
                continue
            yield secret
            yield quote(secret, safe="")
            yield quote_plus(secret)
            yield b64encode(secret.encode()).decode("ascii")
            yield json.dumps(secret)[1:-1]
            yield json.dumps(secret, ensure_ascii=False)[1:-1]


def _replaced(value: Any, secrets: Sequence[str]) -> Any:
    if value.__class__ is str:
        return reduce(lambda text, secret: text.replace(secret, HIDDEN), secrets, value)
    if value.__class__ is dict:
        return {_replaced(name, secrets): _replaced(inner, secrets) for name, inner in value.items()}
    return [_replaced(item, secrets) for item in value] if value.__class__ is list else value
