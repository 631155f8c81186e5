from __future__ import annotations

from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from specwright.config import Config
from specwright.document import load
from specwright.plan import plan

if TYPE_CHECKING:
    from cases.server import Server


@pytest.mark.parametrize(
    ("path", "arguments", "target"),
    [
        ("things.list", (), "/pets"),
        ("things.list_get_users", (), "/users"),
        ("things.list_get_orders_id", (7,), "/orders/7"),
        ("others.list", (), "/other"),
        ("get_x", (), "/get_x"),
        ("get_x_post_get_x", (), "/get/x"),
        ("get_x_get_x", (), "/x"),
    ],
)
def test_each_has_a_method(
    client: Any, server: Server, path: str, arguments: tuple[Any, ...], target: str
) -> None:
    server.answer(status=204)
    attrgetter(path)(client)(*arguments)
    assert server.take().target == target


@pytest.mark.parametrize("gone", ["/pets", "/users", "/other", "/x"])
def test_no_other_name_changes_when_one_goes(gone: str) -> None:
    path = Path(__file__).with_name("spec.yaml")
    text = path.read_text("utf-8")
    whole = names(text, {})
    line = next(line for line in text.splitlines() if line.startswith(f"  {gone}: "))
    kept = names(text.replace(line, ""), whole)
    assert kept == {
        key: name for key, name in whole.items() if f"#/paths/{gone.replace('/', '~1')}/" not in key
    }


def names(text: str, before: dict[str, str]) -> dict[str, str]:
    """The names of methods and of the functions behind them."""
    config = Config(spec=Path("spec.yaml"))
    planned = plan(load(text.encode(), config), config, before)
    return {key: name for key, name in planned.names.items() if key.startswith(("operation ", "builder "))}
