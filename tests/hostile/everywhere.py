"""A document that says the same text wherever a document can say something, and texts that are made to break out."""

from __future__ import annotations

import json
from typing import Any, Final

MARK: Final = "/tmp/PWNED_everywhere"  # noqa: S108 - what a text that is executed would leave
_CODE: Final = f"__import__('pathlib').Path('{MARK}').touch()"

TEXTS: Final = {
    "docstring": f'x"""\n{_CODE}\n"""\\',
    "docstring-single": f"x'''\n{_CODE}\n'''",
    "string": f"x'\"; {_CODE} #\\' \\\" \\N{{DASH}} \\x",
    "comment": f"x\r{_CODE}\n{_CODE}\u2028{_CODE}\x85{_CODE}\x0c{_CODE}",
    "format": f"{{{_CODE}}} %(x)s %s {{0.__class__}} ${{HOME}} $(touch {MARK}) `touch {MARK}`",
    "template": f"{{{{ 7*7 }}}}{{% raw %}}{{# {_CODE} #}}{{% include '/etc/passwd' %}}",
    "toml": f'x"\n[project.scripts]\na = "{_CODE}"\n\'\'\'\n[build-system]\nbuild-backend = "evil"\n',
    "markup": (
        "</code></pre><script>alert(1)</script><img src=x onerror=alert(1)> ![x](http://evil.invalid/x.png) "
        "[a](javascript:alert(1)) @everyone #1 ```\n\n# Heading\n\n| a | b |\n\n--- <!-- ]]> &lt; -->"
    ),
    "terminal": "x\x1b[31mred\x1b]0;title\x07\x9b2J\x00\x08\u202eevil\u2066\u200f\ufeff\r\n::error file=x::pwned",
    "characters": "\u0131\ufb01\u212a\u00aa\u00b5\u4e2d \U0001f600\u0301\u200d\U000e0041 \uffff \ud7ff",
    "long": "`" * 40 + " ".join(["word"] * 200) + "A" * 1500,
    "empty": "",
}


def document(text: str) -> str:
    """The document, as JSON; what has to have a certain form has it beside the text, so that nothing is left out for it."""
    return json.dumps(_document(text))


def _docs(text: str) -> dict[str, Any]:
    return {"description": text, "url": f"https://docs.example/{text}"}


def _document(text: str) -> dict[str, Any]:
    return {
        "openapi": "3.1.1",
        "info": {
            "title": text, "summary": text, "description": text, "version": text, "termsOfService": text,
            "contact": {"name": text, "url": text, "email": text},
            "license": {"name": text, "identifier": text},
        },
        "servers": [
            {"url": "https://{host}.example/v1", "description": text, "variables": {"host": {
                "default": "a", "enum": ["a", text], "description": text}}},
            {"url": text, "description": text},
        ],
        "tags": [{"name": "plain", "description": text, "externalDocs": _docs(text)},
                 {"name": text, "description": text}],
        "externalDocs": _docs(text),
        "paths": {
            "/plain/{id}": {"summary": text, "description": text, "post": _operation(text, "plain"), "parameters": [
                {"name": "id", "in": "path", "required": True, "description": text, "schema": {"type": "string"}}]},
            f"/{text}": {"get": {"operationId": f"{text} get", "tags": [text], "responses": {"204": {"description": text}}}},
        },
        "webhooks": {text: {"post": {"summary": text, "description": text, "requestBody": {
            "description": text, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Plain"}}}},
            "responses": {"200": {"description": text}}}}},
        "components": {
            "schemas": {"Plain": _schema(text), "Choice": _choice(text), "Level": {
                "type": "string", "enum": ["a", text, f"{text}2"], "description": text, "x-enum-varnames": [text, "b", text],
                "x-enum-descriptions": [text, text, text]},
                text: {"type": "object", "properties": {"a": {"type": "string", "description": text}}}},
            "securitySchemes": {
                "key": {"type": "apiKey", "in": "header", "name": "X-Key", "description": text},
                "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": text, "description": text},
                text: {"type": "http", "scheme": text, "description": text},
                "oauth": {"type": "oauth2", "description": text, "flows": {"clientCredentials": {
                    "tokenUrl": text, "scopes": {text: text}}}},
                "oidc": {"type": "openIdConnect", "openIdConnectUrl": text, "description": text}},
            "examples": {"One": {"summary": text, "description": text, "value": {text: text}}},
        },
        "security": [{"key": []}, {"oauth": [text]}],
        "x-any": {text: text},
    }  # fmt: skip


def _operation(text: str, name: str) -> dict[str, Any]:
    content = {
        "schema": {"$ref": "#/components/schemas/Plain"}, "example": {"plain": text},
        "examples": {text: {"summary": text, "description": text, "value": {"plain": text}}, "ref": {"$ref": "#/components/examples/One"}},
    }  # fmt: skip
    return {
        "operationId": name, "tags": ["plain", text], "summary": text, "description": text, "externalDocs": _docs(text),
        "x-specwright-name": text, "x-specwright-pagination": text, "deprecated": True,
        "parameters": [
            {"name": "plain", "in": "query", "description": text, "example": text, "schema": {
                "type": "string", "default": text, "enum": ["a", text], "description": text}},
            {"name": f"q{text}", "in": "query", "description": text, "schema": {"type": "string", "pattern": text, "format": text}},
            {"name": "X-Plain", "in": "header", "description": text, "schema": {"type": "string", "const": text}},
            {"name": f"X{text}", "in": "header", "schema": {"type": "string"}},
            {"name": "cookie", "in": "cookie", "description": text, "schema": {"type": "string"}},
        ],
        "requestBody": {"description": text, "content": {
            "application/json": content,
            "multipart/form-data": {"schema": {"$ref": "#/components/schemas/Plain"}, "encoding": {text: {
                "contentType": text, "headers": {text: {"description": text, "schema": {"type": "string"}}}}}},
            f"application/{text}": {"schema": {"type": "string"}}}},
        "responses": {
            "200": {"description": text, "headers": {"X-Count": {"description": text, "schema": {"type": "integer"}},
                    text: {"description": text, "schema": {"type": "string"}}},
                    "content": {"application/json": content},
                    "links": {text: {"operationId": name, "description": text, "parameters": {text: text}, "requestBody": text,
                                     "server": {"url": text, "description": text}}}},
            "4XX": {"description": text, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Choice"}}}},
            text: {"description": text}},
        "callbacks": {text: {"{$request.body#/url}" + text: {"post": {"description": text, "responses": {"200": {"description": text}}}}}},
    }  # fmt: skip


def _schema(text: str) -> dict[str, Any]:
    return {
        "type": "object", "title": text, "description": text, "$comment": text, "externalDocs": _docs(text),
        "example": {"plain": text}, "examples": [{"plain": text}],
        "required": ["plain", text],
        "properties": {
            "plain": {"type": "string", "title": text, "description": text, "default": text, "examples": [text]},
            text: {"type": "string", "description": text},
            f"n{text}": {"type": "integer", "description": text, "deprecated": True},
            "const": {"const": text, "description": text},
            "format": {"type": "string", "format": text, "pattern": text, "contentMediaType": text, "contentEncoding": text},
            "xml": {"type": "string", "xml": {"name": text, "namespace": text, "prefix": text}},
            "inner": {"type": "object", "title": text, "properties": {text: {"$ref": "#/components/schemas/Level"}}},
        },
        "patternProperties": {text: {"type": "string"}},
        "dependentRequired": {text: [text]},
    }  # fmt: skip


def _choice(text: str) -> dict[str, Any]:
    members = [
        {
            "type": "object",
            "title": f"{text}{at}",
            "required": ["kind"],
            "properties": {"kind": {"const": f"{text}{at}"}},
        }
        for at in range(2)
    ]
    return {
        "oneOf": members,
        "description": text,
        "discriminator": {"propertyName": "kind", "mapping": {text: text}},
    }
