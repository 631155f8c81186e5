"""What is to be written, held to the budgets of the output."""

from __future__ import annotations

from typing import TYPE_CHECKING

from specwright.problems import Refused, problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from specwright.config import Budgets


def held(files: Mapping[str, str], budgets: Budgets) -> Mapping[str, str]:
    """The same files.

    Raises:
        Refused: They are more, or larger, than a budget allows.
    """
    for budget, found, allowed in (
        ("modules", len(files) + 1, budgets.modules),  # with the lock
        ("output", sum(map(len, files.values())), budgets.output),
    ):
        if found > allowed:
            message = f"The budget `{budget}` allows {allowed:,}, and what would be written has {found:,}."
            hint = f"Make less of the document (--tag, --path, --operation), or raise it: --budget {budget}=…"
            raise Refused([problem(f"limit-{budget}", None, message, hint)])
    return files
