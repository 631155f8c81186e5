"""Every edit that a document allows has a rule, or a reason why it has none.

The grammar of documents says which fields there are. Each is added, removed and changed in the smallest document that has
its object, and what is said of that has to be one of the rules that are listed for it here, and nothing else.
"""

from __future__ import annotations

import copy
import json
from typing import Any, Final

import pytest

from specwright.config import Config
from specwright.document import Document, grammar, load
from specwright.review import wire
from specwright.review.linking import Namer, findings
from specwright.review.rules import RULES

SCHEMA: Final = {"type": "object", "properties": {"name": {"type": "string"}, "kind": {"type": "string"}}}
OPERATION: Final = {"responses": {"200": {"description": "Fine"}}}
DOCUMENT: Final[dict[str, Any]] = {
    "openapi": "3.2.0",
    "info": {"title": "Pets", "version": "1", "contact": {"name": "Ann"}, "license": {"name": "MIT"}},
    "externalDocs": {"url": "https://example.com/docs"},
    "servers": [{"url": "https://{region}.example.com", "variables": {"region": {"default": "eu"}}}],
    "tags": [{"name": "pets"}],
    "security": [{"key": []}],
    "paths": {
        "/pets/{id}": {
            "additionalOperations": {"COPY": OPERATION},
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
            "post": {
                "parameters": [
                    {"name": "limit", "in": "query", "schema": {"type": "string"}},
                    {"name": "filter", "in": "query", "schema": {"type": "object", "properties": {"a": {"type": "string"}}}},
                ],
                "requestBody": {
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/Pet"}},
                        "multipart/form-data": {
                            "schema": {"type": "object", "properties": {"photo": {"type": "string"}}},
                            "encoding": {"photo": {"contentType": "image/png"}},
                        },
                    }
                },
                "responses": {
                    "200": {
                        "description": "Fine",
                        "headers": {"X-Count": {"schema": {"type": "integer"}}},
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}, "examples": {"one": {"value": {"name": "x"}}}}},
                        "links": {"next": {"operationId": "getPet"}},
                    }
                },
                "callbacks": {"done": {"{$request.body#/url}": {"post": OPERATION}}},
            },
        }
    },
    "components": {
        "schemas": {
            "Pet": {
                "type": "object",
                "properties": {"tested": {"x-tested": True}, "choice": {"oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
                    "discriminator": {"propertyName": "kind"}},
                    "element": {"type": "string", "xml": {"name": "e"}}},
            },
            "Cat": SCHEMA,
            "Dog": SCHEMA,
        },
        "securitySchemes": {
            "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
            "oauth": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "https://example.com/token", "scopes": {"read": "Read"}}}},
        },
    },
}  # fmt: skip
"""A document that has an object of each kind."""

_POST: Final = ("paths", "/pets/{id}", "post")
PLACES: Final[dict[str, tuple[str | int, ...]]] = {
    "OpenAPI": (),
    "Info": ("info",),
    "Contact": ("info", "contact"),
    "License": ("info", "license"),
    "Server": ("servers", 0),
    "ServerVariable": ("servers", 0, "variables", "region"),
    "Components": ("components",),
    "Paths": ("paths",),
    "PathItem": ("paths", "/pets/{id}"),
    "AdditionalOperations": ("paths", "/pets/{id}", "additionalOperations"),
    "Operation": _POST,
    "ExternalDocs": ("externalDocs",),
    "Parameter": (*_POST, "parameters", 0),
    "Header": (*_POST, "responses", "200", "headers", "X-Count"),
    "RequestBody": (*_POST, "requestBody"),
    "MediaType": (*_POST, "requestBody", "content", "application/json"),
    "Encoding": (*_POST, "requestBody", "content", "multipart/form-data", "encoding", "photo"),
    "Responses": (*_POST, "responses"),
    "Response": (*_POST, "responses", "200"),
    "Callback": (*_POST, "callbacks", "done"),
    "Example": (*_POST, "responses", "200", "content", "application/json", "examples", "one"),
    "Link": (*_POST, "responses", "200", "links", "next"),
    "Tag": ("tags", 0),
    "SecurityScheme": ("components", "securitySchemes", "key"),
    "OAuthFlows": ("components", "securitySchemes", "oauth", "flows"),
    "OAuthFlow": ("components", "securitySchemes", "oauth", "flows", "clientCredentials"),
    "Discriminator": ("components", "schemas", "Pet", "properties", "choice", "discriminator"),
    "Xml": ("components", "schemas", "Pet", "properties", "element", "xml"),
    "Schema": ("components", "schemas", "Pet", "properties", "tested"),
}

TEXT: Final = ("one text", "another text")
DOCS: Final = ({"url": "https://example.com/a"}, {"url": "https://example.com/b"})
HEADER: Final = {"schema": {"type": "string"}}
STRING, INTEGER = {"type": "string"}, {"type": "integer"}

EDITS: Final[dict[str, tuple[Any, Any, str]]] = {
    # kind and field: one value, another one, and the rules that may speak of it
    "OpenAPI.info": ({"title": "Pets", "version": "1"}, {"title": "Cats", "version": "1"}, "info-changed extension-changed"),
    "OpenAPI.servers": ([{"url": "https://a.example"}], [{"url": "https://b.example"}], "server-changed server-added server-removed"),
    "OpenAPI.paths": ({"/a": {"get": OPERATION}}, {"/b": {"get": OPERATION | {"deprecated": True}}}, "path-added path-removed"),
    "OpenAPI.webhooks": ({"a": {"post": OPERATION}}, {"b": {"post": OPERATION | {"deprecated": True}}}, "webhook-added webhook-removed"),
    "OpenAPI.components": ({"schemas": {"A": STRING}}, {"schemas": {"A": INTEGER}}, "*"),
    "OpenAPI.security": ([{"key": []}], [{"oauth": []}], "security-required security-relaxed security-alternative-added security-alternative-removed"),
    "OpenAPI.tags": ([{"name": "a"}], [{"name": "b"}], "tag-described"),
    "OpenAPI.externalDocs": (*DOCS, "external-docs-changed"),
    "Info.title": ("Cats", "Dogs", "info-changed"),
    "Info.summary": (*TEXT, "info-changed"),
    "Info.description": (*TEXT, "info-changed"),
    "Info.termsOfService": ("https://example.com/a", "https://example.com/b", "info-changed"),
    "Info.contact": ({"name": "Bob"}, {"name": "Eve"}, "info-changed"),
    "Info.license": ({"name": "BSD"}, {"name": "ISC"}, "info-changed"),
    "Info.version": ("2", "3", "info-changed"),
    "Contact.name": (*TEXT, "info-changed"),
    "Contact.url": ("https://example.com/a", "https://example.com/b", "info-changed"),
    "Contact.email": ("a@example.com", "b@example.com", "info-changed"),
    "License.name": (*TEXT, "info-changed"),
    "License.identifier": ("MIT", "BSD", "info-changed"),
    "License.url": ("https://example.com/a", "https://example.com/b", "info-changed"),
    "Server.url": ("https://a.example", "https://b.example", "server-changed"),
    "Server.description": (*TEXT, "description-changed"),
    "Server.variables": ({"region": {"default": "us"}}, {"region": {"default": "jp"}}, "server-changed"),
    "ServerVariable.enum": (["eu", "us"], ["eu", "jp"], "server-changed"),
    "ServerVariable.default": ("us", "jp", "server-changed"),
    "Components.schemas": ({"A": STRING}, {"A": INTEGER}, "*"),
    "Components.responses": ({"A": {"description": "a"}}, {"A": {"description": "b"}}, "component-added component-removed description-changed"),
    "Components.parameters": ({"A": {"name": "a", "in": "query", "schema": STRING}}, {"A": {"name": "a", "in": "query", "schema": INTEGER}}, "component-added component-removed type-changed type-narrowed type-widened"),
    "Components.examples": ({"A": {"value": 1}}, {"B": {"value": 2}}, "component-added component-removed"),
    "Components.requestBodies": ({"A": {"content": {}}}, {"A": {"content": {}, "required": True}}, "component-added component-removed body-required body-optional"),
    "Components.headers": ({"A": HEADER}, {"A": HEADER | {"required": True}}, "component-added component-removed header-required header-optional"),
    "Components.securitySchemes": ({"key": {"type": "http", "scheme": "basic"}}, {"key": {"type": "http", "scheme": "bearer"}}, "security-scheme-added security-scheme-removed security-scheme-changed"),
    "Components.links": ({"A": {"operationId": "a"}}, {"B": {"operationId": "b"}}, "component-added component-removed"),
    "Components.callbacks": ({"A": {"{$url}": {"post": OPERATION}}}, {"B": {"{$url}": {"post": OPERATION}}}, "component-added component-removed"),
    "Components.pathItems": ({"A": {"get": OPERATION}}, {"B": {"get": OPERATION}}, "component-added component-removed"),
    "Components.mediaTypes": ({"A": {"schema": STRING}}, {"B": {"schema": INTEGER}}, "component-added component-removed"),
    "Paths.*": ({"get": OPERATION}, {"put": OPERATION}, "path-added path-removed operation-added operation-removed"),
    "PathItem.$ref": ("#/components/pathItems/A", "#/components/pathItems/B", "*"),
    **{
        f"PathItem.{method}": (OPERATION, OPERATION | {"deprecated": True}, "operation-added operation-removed deprecated-added")
        for method in ("get", "put", "delete", "options", "head", "patch", "trace", "query")
    },
    "PathItem.post": (OPERATION, OPERATION | {"deprecated": True}, "operation-added operation-removed deprecated-added"),
    "PathItem.additionalOperations": ({"MOVE": OPERATION}, {"LINK": OPERATION | {"deprecated": True}}, "operation-added operation-removed"),
    "PathItem.description": (*TEXT, "description-changed"),
    "PathItem.summary": (*TEXT, "summary-changed"),
    "PathItem.servers": ([{"url": "https://a.example"}], [{"url": "https://b.example"}], "server-changed server-added server-removed"),
    "PathItem.parameters": ([{"name": "a", "in": "query", "schema": STRING}], [{"name": "b", "in": "header", "schema": INTEGER}], "param-added-optional param-removed"),
    "AdditionalOperations.*": (OPERATION, OPERATION | {"deprecated": True}, "operation-added operation-removed deprecated-added"),
    "Operation.tags": (["a"], ["b"], "tag-changed"),
    "Operation.summary": (*TEXT, "summary-changed"),
    "Operation.description": (*TEXT, "description-changed"),
    "Operation.externalDocs": (*DOCS, "external-docs-changed"),
    "Operation.operationId": ("a", "b", "operation-id-changed"),
    "Operation.parameters": ([{"name": "a", "in": "query", "schema": STRING}], [{"name": "b", "in": "header", "schema": INTEGER}], "param-added-optional param-removed"),
    "Operation.requestBody": ({"content": {"application/json": {"schema": STRING}}}, {"content": {"application/json": {"schema": INTEGER}}}, "body-added-optional body-removed type-changed"),
    "Operation.responses": ({"200": {"description": "a"}}, {"201": {"description": "a"}}, "status-added-success status-removed-success"),
    "Operation.callbacks": ({"a": {"{$url}": {"post": OPERATION}}}, {"b": {"{$url}": {"post": OPERATION}}}, "callback-added callback-removed"),
    "Operation.deprecated": (True, False, "deprecated-added deprecated-removed"),
    "Operation.security": ([], [{"oauth": ["read"]}], "security-required security-relaxed security-alternative-added security-alternative-removed"),
    "Operation.servers": ([{"url": "https://a.example"}], [{"url": "https://b.example"}], "server-changed server-added server-removed"),
    "ExternalDocs.description": (*TEXT, "external-docs-changed"),
    "ExternalDocs.url": ("https://example.com/a", "https://example.com/b", "external-docs-changed"),
    "Parameter.name": ("offset", "skip", "param-renamed param-added-optional param-removed"),
    "Parameter.in": ("header", "cookie", "param-moved"),
    "Parameter.description": (*TEXT, "description-changed"),
    "Parameter.required": (True, False, "param-required param-optional"),
    "Parameter.deprecated": (True, False, "deprecated-added deprecated-removed"),
    "Parameter.style": ("spaceDelimited", "pipeDelimited", "param-serialization-changed"),
    "Parameter.explode": (False, True, "param-serialization-changed"),
    "Parameter.allowReserved": (True, False, "param-serialization-changed"),
    "Parameter.schema": (INTEGER, {"type": "boolean"}, "type-changed type-narrowed type-widened"),
    "Parameter.example": (*TEXT, "example-changed"),
    "Parameter.examples": ({"a": {"value": "a"}}, {"a": {"value": "b"}}, "example-changed"),
    "Parameter.content": ({"application/json": {"schema": STRING}}, {"text/plain": {"schema": STRING}}, "param-serialization-changed type-narrowed type-widened"),
    "Header.description": (*TEXT, "description-changed"),
    "Header.required": (True, False, "header-required header-optional"),
    "Header.deprecated": (True, False, "deprecated-added deprecated-removed"),
    "Header.style": ("simple", "simple", ""),
    "Header.explode": (True, False, "param-serialization-changed"),
    "Header.schema": (STRING, {"type": "boolean"}, "type-changed type-narrowed type-widened"),
    "Header.example": (*TEXT, "example-changed"),
    "Header.examples": ({"a": {"value": "a"}}, {"a": {"value": "b"}}, "example-changed"),
    "Header.content": ({"application/json": {"schema": STRING}}, {"text/plain": {"schema": STRING}}, "param-serialization-changed type-changed type-narrowed type-widened"),
    "RequestBody.description": (*TEXT, "description-changed"),
    "RequestBody.content": ({"text/plain": {}}, {"image/png": {}}, "media-type-added media-type-removed"),
    "RequestBody.required": (True, False, "body-required body-optional"),
    "MediaType.schema": (STRING, INTEGER, "type-changed type-narrowed type-widened"),
    "MediaType.itemSchema": (STRING, INTEGER, "type-changed type-narrowed type-widened"),
    "MediaType.example": (*TEXT, "example-changed"),
    "MediaType.examples": ({"a": {"value": "a"}}, {"a": {"value": "b"}}, "example-changed"),
    "MediaType.encoding": ({"name": {"contentType": "text/plain"}}, {"name": {"contentType": "text/csv"}}, "encoding-changed"),
    "MediaType.prefixEncoding": ([{"contentType": "text/plain"}], [{"contentType": "text/csv"}], "encoding-changed"),
    "MediaType.itemEncoding": ({"contentType": "text/plain"}, {"contentType": "text/csv"}, "encoding-changed"),
    "MediaType.description": (*TEXT, "description-changed"),
    "Encoding.contentType": ("image/gif", "image/jpeg", "encoding-changed"),
    "Encoding.headers": ({"X-A": HEADER}, {"X-B": HEADER}, "encoding-changed"),
    "Encoding.style": ("spaceDelimited", "pipeDelimited", "encoding-changed"),
    "Encoding.explode": (True, False, "encoding-changed"),
    "Encoding.allowReserved": (True, False, "encoding-changed"),
    "Encoding.encoding": ({"a": {"contentType": "text/plain"}}, {"a": {"contentType": "text/csv"}}, "encoding-changed"),
    "Encoding.prefixEncoding": ([{"contentType": "text/plain"}], [{"contentType": "text/csv"}], "encoding-changed"),
    "Encoding.itemEncoding": ({"contentType": "text/plain"}, {"contentType": "text/csv"}, "encoding-changed"),
    "Responses.*": ({"description": "a"}, {"description": "b"}, "status-added-success status-removed-success status-added-error status-removed-error description-changed"),
    "Response.summary": (*TEXT, "summary-changed"),
    "Response.description": ("a", "b", "description-changed"),
    "Response.headers": ({"X-A": HEADER}, {"X-B": HEADER | {"required": True}}, "header-added header-removed-optional header-removed-required"),
    "Response.content": ({"text/plain": {}}, {"image/png": {}}, "media-type-added media-type-removed"),
    "Response.links": ({"a": {"operationId": "a"}}, {"b": {"operationId": "a"}}, "link-changed"),
    "Callback.*": ({"post": OPERATION}, {"put": OPERATION}, "callback-added callback-removed"),
    "Example.summary": (*TEXT, "example-changed"),
    "Example.description": (*TEXT, "example-changed"),
    "Example.dataValue": (*TEXT, "example-changed"),
    "Example.serializedValue": (*TEXT, "example-changed"),
    "Example.externalValue": (*TEXT, "example-changed"),
    "Example.value": (*TEXT, "example-changed"),
    "Link.operationRef": ("#/paths/~1a/get", "#/paths/~1b/get", "link-changed"),
    "Link.operationId": ("a", "b", "link-changed"),
    "Link.parameters": ({"id": 1}, {"id": 2}, "link-changed"),
    "Link.requestBody": (1, 2, "link-changed"),
    "Link.description": (*TEXT, "link-changed"),
    "Link.server": ({"url": "https://a.example"}, {"url": "https://b.example"}, "link-changed"),
    "Tag.name": ("cats", "dogs", "tag-described"),
    "Tag.summary": (*TEXT, "tag-described"),
    "Tag.description": (*TEXT, "tag-described"),
    "Tag.externalDocs": (*DOCS, "tag-described"),
    "Tag.parent": ("pets", "cats", "tag-described"),
    "Tag.kind": (*TEXT, "tag-described"),
    "SecurityScheme.type": ("http", "mutualTLS", "security-scheme-changed"),
    "SecurityScheme.description": (*TEXT, "description-changed"),
    "SecurityScheme.name": ("X-A", "X-B", "security-scheme-changed"),
    "SecurityScheme.in": ("query", "cookie", "security-scheme-changed"),
    "SecurityScheme.scheme": ("basic", "bearer", "security-scheme-changed"),
    "SecurityScheme.flows": ({"implicit": {"scopes": {}}}, {"password": {"scopes": {}}}, "security-scheme-changed"),
    "SecurityScheme.openIdConnectUrl": ("https://example.com/a", "https://example.com/b", "security-scheme-changed"),
    "SecurityScheme.oauth2MetadataUrl": ("https://example.com/a", "https://example.com/b", "security-scheme-changed"),
    "SecurityScheme.deprecated": (True, False, "deprecated-added deprecated-removed"),
    **{
        f"OAuthFlows.{flow}": ({"scopes": {}, "tokenUrl": "https://example.com/a"}, {"scopes": {}, "tokenUrl": "https://example.com/b"}, "security-scheme-changed oauth-scope-removed")
        for flow in grammar.OPENAPI["OAuthFlows"]
    },
    **{
        f"OAuthFlow.{url}": ("https://example.com/a", "https://example.com/b", "security-scheme-changed")
        for url in ("authorizationUrl", "deviceAuthorizationUrl", "tokenUrl", "refreshUrl")
    },
    "OAuthFlow.scopes": ({"write": "Write"}, {"admin": "All"}, "oauth-scope-added oauth-scope-removed"),
    "Discriminator.propertyName": ("name", "other", "discriminator-property-changed"),
    "Discriminator.mapping": ({"cat": "#/components/schemas/Cat"}, {"cat": "#/components/schemas/Dog"}, "discriminator-mapping-added discriminator-mapping-removed discriminator-mapping-changed"),
    "Discriminator.defaultMapping": ("Cat", "Dog", "discriminator-mapping-added discriminator-mapping-removed discriminator-mapping-changed"),
    **{
        f"Xml.{field}": (*values, "xml-changed")
        for field, values in {
            "nodeType": ("element", "attribute"), "name": TEXT, "namespace": ("https://example.com/a", "https://example.com/b"), "prefix": ("a", "b"), "attribute": (True, False), "wrapped": (True, False),
        }.items()
    },
    # schemas
    "Schema.$ref": ("#/components/schemas/Cat", "#/components/schemas/Dog", "type-narrowed type-widened property-added-optional property-removed"),
    "Schema.allOf": ([STRING], [INTEGER], "type-narrowed type-widened type-changed"),
    "Schema.anyOf": ([{"$ref": "#/components/schemas/Cat"}, STRING], [INTEGER, STRING], "any-of-added any-of-removed type-narrowed type-widened type-changed"),
    "Schema.oneOf": ([{"$ref": "#/components/schemas/Cat"}, STRING], [INTEGER, STRING], "one-of-added one-of-removed type-narrowed type-widened type-changed"),
    "Schema.not": (STRING, INTEGER, "not-added not-removed type-changed"),
    "Schema.if": (STRING, INTEGER, "condition-added condition-removed type-changed"),
    "Schema.then": (STRING, INTEGER, "condition-added condition-removed"),
    "Schema.else": (STRING, INTEGER, "condition-added condition-removed"),
    "Schema.dependentSchemas": ({"a": {"required": ["b"]}}, {"a": {"required": ["c"]}}, "condition-added condition-removed property-required property-optional"),
    "Schema.prefixItems": ([STRING], [INTEGER], "type-narrowed type-widened type-changed"),
    "Schema.items": (STRING, INTEGER, "type-narrowed type-widened type-changed"),
    "Schema.contains": (STRING, INTEGER, "condition-added condition-removed type-changed"),
    "Schema.properties": ({"a": STRING}, {"a": INTEGER}, "property-added-optional property-removed type-changed"),
    "Schema.patternProperties": ({"^a": STRING}, {"^a": INTEGER}, "pattern-property-added pattern-property-removed type-changed"),
    "Schema.additionalProperties": (STRING, INTEGER, "type-narrowed type-widened type-changed"),
    "Schema.propertyNames": ({"maxLength": 3}, {"maxLength": 4}, "bound-tightened bound-loosened"),
    "Schema.unevaluatedItems": (STRING, INTEGER, "type-narrowed type-widened type-changed"),
    "Schema.unevaluatedProperties": (STRING, INTEGER, "type-narrowed type-widened type-changed"),
    "Schema.type": ("string", "integer", "type-narrowed type-widened type-changed"),
    "Schema.enum": (["a", "b"], ["a", "c"], "enum-closed enum-opened enum-value-added enum-value-removed"),
    "Schema.const": ("a", "b", "const-set const-unset const-changed"),
    "Schema.multipleOf": (2, 3, "bound-tightened bound-loosened bound-changed"),
    **{
        f"Schema.{keyword}": (2, 3, "bound-tightened bound-loosened")
        for keyword in (
            "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength", "minLength", "maxItems", "minItems", "maxProperties", "minProperties",
        )
    },
    "Schema.pattern": ("^a", "^b", "pattern-added pattern-removed pattern-changed"),
    "Schema.uniqueItems": (True, False, "bound-tightened bound-loosened"),
    "Schema.required": (["a"], ["b"], "property-required property-optional"),
    "Schema.dependentRequired": ({"a": ["b"]}, {"a": ["c"]}, "dependent-added dependent-removed"),
    "Schema.title": (*TEXT, "title-changed"),
    "Schema.description": (*TEXT, "description-changed"),
    "Schema.default": ("a", "b", "default-added default-changed default-removed"),
    "Schema.deprecated": (True, False, "deprecated-added deprecated-removed"),
    "Schema.readOnly": (True, False, "read-only-set read-only-unset"),
    "Schema.writeOnly": (True, False, "write-only-set write-only-unset"),
    "Schema.examples": (["a"], ["b"], "example-changed"),
    "Schema.format": ("date", "uuid", "format-added format-removed format-changed"),
    "Schema.contentEncoding": ("base64", "base64url", "content-changed"),
    "Schema.contentMediaType": ("text/html", "text/css", "content-changed"),
    "Schema.contentSchema": (STRING, INTEGER, "type-narrowed type-widened type-changed"),
    "Schema.discriminator": ({"propertyName": "a"}, {"propertyName": "b"}, "discriminator-added discriminator-removed discriminator-property-changed"),
    "Schema.xml": ({"name": "a"}, {"name": "b"}, "xml-changed"),
    "Schema.externalDocs": (*DOCS, "external-docs-changed"),
}  # fmt: skip

WAIVED: Final = {
    "OpenAPI.openapi": "versions are raised to one dialect, in which they are said alike",
    "OpenAPI.$self": "it is where references start from; where they lead is compared",
    "OpenAPI.jsonSchemaDialect": "the loader reads one dialect, and says where another is meant",
    "Server.name": "a name for readers of the document; nothing is sent by it",
    "ServerVariable.description": "words about a part of a URL, which the description of the server tells as well",
    "PathItem.x-specwright-ignore": "what is left out is not there: tested with what it takes away",
    "Operation.x-specwright-ignore": "as above",
    "Operation.x-specwright-name": "a name in Python, compared there: it is an extension on the wire",
    "Operation.x-specwright-pagination": "what a method returns in Python, compared there",
    "Parameter.x-specwright-ignore": "what is left out is not there",
    "Parameter.x-specwright-name": "a name in Python, compared there",
    "Parameter.allowEmptyValue": "OpenAPI 3.2 advises against it (section 4.12.2.1), and no two servers read it alike",
    "Header.allowEmptyValue": "headers have no such thing (OpenAPI 3.2, section 4.21)",
    "Header.style": "it can only be `simple` (OpenAPI 3.2, section 4.21.1)",
    "Header.allowReserved": "it is for queries and forms (OpenAPI 3.2, section 4.12.2.2)",
    "Tag.x-specwright-ignore": "what is left out is not there",
    "Tag.x-specwright-name": "a name in Python, compared there",
    "SecurityScheme.bearerFormat": "a hint for readers (OpenAPI 3.2, section 4.27.1); the token is sent all the same",
    "Schema.$schema": "the loader reads one dialect",
    "Schema.$id": "where references start from; where they lead is compared",
    "Schema.$anchor": "as above",
    "Schema.$dynamicAnchor": "as above",
    "Schema.$dynamicRef": "where it leads depends on the way to it: the schema that it leads to is compared where it is defined",
    "Schema.$defs": "what uses them is compared",
    "Schema.$comment": "for those who maintain the document, and for nobody else (JSON Schema Core 2020-12, section 8.3)",
    "Schema.$vocabulary": "for meta-schemas",
    "Schema.minContains": "it says nothing without `contains`: tested with it",
    "Schema.maxContains": "as above",
    "Schema.x-specwright-ignore": "what is left out is not there",
    "Schema.x-specwright-name": "a name in Python, compared there",
}  # fmt: skip
"""Fields of which nothing is said, each with its reason."""

_BESIDE: Final[dict[str, dict[str, Any]]] = {
    "Schema.items": {"type": "array"},
    "Schema.prefixItems": {"type": "array"},
    "Schema.unevaluatedItems": {"type": "array"},
    "Schema.additionalProperties": {"type": "object"},
    "Schema.unevaluatedProperties": {"type": "object"},
    "Schema.properties": {"type": "object"},
    "Schema.patternProperties": {"type": "object"},
    "Parameter.in": {"required": False},
    "Parameter.explode": {"schema": {"type": "array"}},
    "Header.explode": {"schema": {"type": "array"}},
}
"""What stands beside a field, where it says little by itself."""


def fields() -> list[str]:
    return [f"{kind}.{field}" for kind, said in grammar.OPENAPI.items() for field in said]


def test_every_field_has_its_rules_or_a_reason() -> None:
    assert set(fields()) == EDITS.keys() | WAIVED.keys()
    both = EDITS.keys() & WAIVED.keys() - {"Header.style"}
    assert not both


def test_every_rule_that_is_named_exists() -> None:
    named = {rule for *_, rules in EDITS.values() for rule in rules.split()} - {"*"}
    assert named <= RULES.keys()


def edited(name: str, value: Any) -> Document:
    kind, _, field = name.partition(".")
    document = copy.deepcopy(DOCUMENT)
    holder: Any = document
    for key in PLACES[kind]:
        holder = holder[key]
    holder.update(_BESIDE.get(name, {}))
    field = {
        "Paths.*": "/others",
        "Responses.*": "404",
        "Callback.*": "{$url}",
        "AdditionalOperations.*": "LOCK",
    }.get(name, field)
    if value is not None:
        holder[field] = value
    elif field in holder:
        del holder[field]
    return load(json.dumps(document).encode(), Config(spec="document.json"))  # type: ignore[arg-type]


def told(old: Document, new: Document) -> set[str]:
    return {finding.id for finding in findings(wire.compare(old, new), Namer(old, new), types={})}


def needed(name: str) -> bool:
    kind, _, field = name.partition(".")
    return grammar.OPENAPI[kind][field].endswith("!") or name in ("SecurityScheme.name", "SecurityScheme.in")


@pytest.mark.parametrize("name", sorted(EDITS.keys() - WAIVED.keys()))
def test_each_edit_of_a_field_is_told_by_its_rules(name: str) -> None:
    one, other, rules = EDITS[name]
    steps = (
        {"changed": (one, other)}
        if needed(name)
        else {"added": (None, one), "removed": (one, None), "changed": (one, other)}
    )
    for step, (before, after) in steps.items():
        found = told(edited(name, before), edited(name, after))
        if rules == "*":
            continue
        if step != "changed" or name not in SILENT_CHANGES:
            assert found, f"{name} {step}: nothing is said"
        assert found <= set(rules.split()) | _FOLLOWS.get(name, set()), f"{name} {step}"


SILENT_CHANGES: Final = {
    "Schema.$ref": "both schemas are equal but for their names",
    "Schema.then": "it says nothing without `if`",
    "Schema.else": "it says nothing without `if`",
    "Components.examples": "",
    "Parameter.deprecated": "false is what is meant without it",
}  # fmt: skip

_FOLLOWS: Final[dict[str, set[str]]] = {
    "OpenAPI.paths": {"schema-added", "schema-removed"},
}


@pytest.mark.parametrize("name", sorted(WAIVED.keys() - {"OpenAPI.openapi", "Header.style"}))
def test_what_is_waived_is_silent_or_an_extension(name: str) -> None:
    kind, _, field = name.partition(".")
    value: Any = {
        "boolean": True,
        "boolean or [string]": True,
        "string": "abc",
        "count": 2,
        "{Schema}": {"a": STRING},
        "{boolean}": {"a": True},
        "any": False,
    }[grammar.OPENAPI[kind][field].rstrip("!")]
    if field in {
        "$ref",
        "$dynamicRef",
        "$self",
        "$id",
        "jsonSchemaDialect",
        "$schema",
        "x-specwright-ignore",
    }:
        return  # what it does to references and to what is there is tested where these are
    assert told(edited(name, None), edited(name, value)) <= {"extension-changed", "tag-described"}
