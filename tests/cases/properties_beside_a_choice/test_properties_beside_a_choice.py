from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cases.server import Server


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ({"amount": 1, "card": "4242"}, "PaymentByCard"),
        ({"amount": 2, "iban": "DE00"}, "PaymentTransfer"),
    ],
)
def test_every_member_has_them(client: Any, server: Server, value: Any, kind: str) -> None:
    server.answer(value)
    payment = client.pay(body=value)
    assert server.take().json == value
    assert (type(payment).__name__, payment.amount) == (kind, value["amount"])


def test_a_choice_that_only_narrows_is_no_union(client: Any, server: Server, package: Any) -> None:
    server.answer({"phone": "1"})
    assert client.contact(phone="1") == package.models.Contact(phone="1")
    server.take()
    with pytest.raises(package.RequestInvalid) as caught:
        client.contact()
    assert [issue.keyword for issue in caught.value.issues] == ["anyOf"]
