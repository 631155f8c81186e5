"""How this program reaches the shop."""

from shop import Client, Timeout

TIMEOUT = 5.0


def connect(base_url: str, token: str) -> Client:
    return Client(
        base_url=base_url,
        token=token,
        timeout=Timeout(connect=TIMEOUT, read=10.0, total=None),
    )
