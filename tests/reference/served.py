"""`specwright serve` as a process of its own, and what its page asks of it, byte by byte."""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping
    from pathlib import Path

DOCUMENT: Final = """\
openapi: 3.1.1
info: {title: Things, version: "1"}
servers:
  - url: https://api.example.com/v1
  - url: "@VENDOR@/second"
security: [{key: []}]
components:
  securitySchemes:
    key: {type: http, scheme: bearer}
    user: {type: http, scheme: basic}
  schemas:
    Tree:
      type: object
      required: [name]
      properties:
        name: {type: string, minLength: 2}
        branches: {type: array, items: {$ref: "#/components/schemas/Tree"}}
paths:
  /things/{id}:
    post:
      operationId: addThing
      summary: Add a thing.
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: limit, in: query, schema: {type: integer, minimum: 1}}
        - {name: X-Tag, in: header, schema: {type: string, maxLength: 3}}
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [kind]
              properties:
                kind: {type: string, enum: [small, big], default: small}
                count: {type: integer}
                price: {type: number}
                on: {type: boolean}
                note: {type: [string, "null"], description: "What `note` says."}
                password: {type: string, format: password}
                tree: {$ref: "#/components/schemas/Tree"}
                labels: {type: object, additionalProperties: {type: integer}}
                either: {oneOf: [{type: string, maxLength: 5}, {type: integer}]}
                shape: {oneOf: [{$ref: "#/components/schemas/Tree"}, {type: array, items: {type: integer}}]}
      responses:
        "200":
          description: The thing.
          content:
            application/json:
              schema: {type: object, required: [id], properties: {id: {type: integer}, said: {}}}
  /files:
    post:
      operationId: addFiles
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              type: object
              required: [file]
              properties:
                file: {type: string, format: binary}
                more: {type: array, items: {type: string, format: binary}}
                title: {type: string}
      responses: {"204": {description: done}}
  /raw:
    put:
      operationId: putRaw
      security: [{user: []}]
      requestBody: {required: true, content: {application/octet-stream: {}}}
      responses: {"204": {description: done}}
"""


@dataclass(frozen=True)
class Answer:
    """What our server answers."""

    status: int
    headers: list[tuple[str, str]]
    content: bytes

    def header(self, name: str) -> str | None:
        found = [value for key, value in self.headers if key.lower() == name.lower()]
        assert len(found) < 2
        return found[0] if found else None

    @property
    def text(self) -> str:
        return self.content.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.content)

    @property
    def whole(self) -> bytes:
        """Everything that reaches a browser."""
        return "\n".join(f"{name}: {value}" for name, value in self.headers).encode() + b"\n" + self.content


class Served:
    """A server, and a page that is open."""

    def __init__(self, url: str, process: subprocess.Popen[str]) -> None:
        parts = urlsplit(url)
        self.url = url
        self.host = parts.netloc
        self.process = process
        self.entered = self.asked("GET", f"/?{parts.query}")
        self.cookie = (self.entered.header("set-cookie") or "").partition(";")[0]
        self.usual = {"Cookie": self.cookie}
        page = self.asked("GET", "/operations/add-thing.html")
        found = re.search(r'"token":"([^"]+)"', page.text)
        self.token = found[1] if found else ""

    def asked(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
    ) -> Answer:
        """The answer to a request with these headers and none beside, but for the usual ones where there are no others."""
        connection = http.client.HTTPConnection(self.host, timeout=30)
        given = getattr(self, "usual", {}) if headers is None else headers
        try:
            connection.putrequest(method, path, skip_host="Host" in given, skip_accept_encoding=True)
            for name, value in given.items():
                connection.putheader(name, value)
            if content is not None:
                connection.putheader("Content-Length", str(len(content)))
            connection.endheaders(content)
            answer = connection.getresponse()
            return Answer(answer.status, answer.getheaders(), answer.read())
        finally:
            connection.close()

    def headers(self, **changed: str | None) -> dict[str, str]:
        """Those of a request of the page, some of them changed, or left out."""
        own = {
            "Host": self.host,
            "Origin": f"http://{self.host}",
            "Sec-Fetch-Site": "same-origin",
            "Cookie": self.cookie,
            "X-Specwright-Token": self.token,
            "Content-Type": "application/json",
        }
        merged = own | {name.replace("_", "-"): value for name, value in changed.items()}
        return {name: value for name, value in merged.items() if value is not None}

    def posted(self, path: str, said: object) -> Answer:
        """What the page is answered."""
        return self.asked("POST", path, self.headers(), json.dumps(said).encode())

    def said(self, path: str, operation: str, values: object = None, **more: object) -> Any:
        """The JSON that the page is answered."""
        answer = self.posted(path, {"operation": operation, "values": values or {}, **more})
        assert answer.status == 200, answer.text
        return answer.json


@contextmanager
def serving(spec: Path, *options: str, **environment: str) -> Generator[Served]:
    """A server while it lasts; it has to end well."""
    process = started(spec, *options, **environment)
    try:
        assert process.stdout is not None
        yield Served(json.loads(process.stdout.readline())["url"], process)
    finally:
        process.terminate()
        try:
            said = process.communicate(timeout=20)
        finally:
            process.kill()  # of one that has ended, nothing
        assert (process.returncode, *said) == (0, "", "")


def started(spec: Path, *options: str, **environment: str) -> subprocess.Popen[str]:
    """The process."""
    return subprocess.Popen(
        [sys.executable, "-m", "specwright", "serve", str(spec), "--json", *options],
        cwd=spec.parent,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
