"""How this program reaches the shop."""

import httpx

from shop_client import AuthenticatedClient

TIMEOUT = 5.0


def connect(base_url: str, token: str) -> AuthenticatedClient:
    return AuthenticatedClient(
        base_url=base_url,
        token=token,
        timeout=httpx.Timeout(10.0, connect=TIMEOUT),
        raise_on_unexpected_status=True,
    )
