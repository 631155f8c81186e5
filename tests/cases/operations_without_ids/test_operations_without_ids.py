from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from cases.server import Server


def test_are_called_by_their_method_and_path(client: Any, server: Server) -> None:
    server.answer(status=204)
    client.get()
    assert server.take().target == "/"
    client.get_users_user_id_files_file_name_ext(7, "a b", "txt")
    assert server.take().target == "/users/7/files/a%20b.txt"
    client.delete_users_user_id_files_file_name_ext("a", 7, "txt")
    assert server.take().target == "/users/7/files/a.txt"


def test_so_are_their_schemas(client: Any, server: Server, package: Any) -> None:
    server.answer({"name": "Ann"})
    answer = client.post_users(body=[{"name": "Ann"}])
    assert isinstance(answer, package.models.PostUsersResponse)
    server.answer({"reason": "gone"}, status=404)
    with pytest.raises(package.NotFound) as caught:
        client.post_users(body=[])
    assert isinstance(caught.value.body, package.models.PostUsersResponse404)
    assert caught.value.body.reason == "gone"
