"""What each object of a document holds: OpenAPI 3.2 with JSON Schema 2020-12, what older versions add, and Swagger 2.0.

One table says for each kind of object its fields and the kind of each value:

| notation | is |
|---|---|
| `string` `boolean` `number` `integer` | a scalar |
| `count` `positive` | an integer from 0; a number above 0 |
| `any` | data of the document's author: never looked into, and a `$ref` in it is data |
| `In` … | one of a set of words, see WORDS |
| `Server` … | an object of that kind; a Reference is allowed too if the kind is in REFERABLE |
| `[X]`, `{X}` | a list of X; an object whose values are X, under any key |
| `X or Y` | whichever of them the value has the type of |
| `X!` | the object needs the field: said where it is missing |
| `X!!` | without the field the object means nothing, and is left out |

The field `*` stands for every key that the object has no other entry for and that does not start with `x-`; a regular
expression in KEYS says which of them are allowed.
"""

from __future__ import annotations

import re
from typing import Final

WORDS: Final = {
    "TypeName": frozenset({"null", "boolean", "object", "array", "number", "integer", "string"}),
    "In": frozenset({"query", "querystring", "header", "path", "cookie"}),
    "Style": frozenset(
        {"matrix", "label", "simple", "form", "spaceDelimited", "pipeDelimited", "deepObject", "cookie"}
    ),
    "SecurityType": frozenset({"apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"}),
    "ApiKeyIn": frozenset({"query", "header", "cookie"}),
    "NodeType": frozenset({"element", "attribute", "text", "cdata", "none"}),
    "SwaggerType": frozenset({"string", "number", "integer", "boolean", "array", "file", "object"}),
    "SwaggerIn": frozenset({"query", "header", "path", "formData", "body"}),
    "CollectionFormat": frozenset({"csv", "ssv", "tsv", "pipes", "multi"}),
    "SwaggerSecurityType": frozenset({"basic", "apiKey", "oauth2"}),
    "SwaggerFlow": frozenset({"implicit", "password", "application", "accessCode"}),
    "Scheme": frozenset({"http", "https", "ws", "wss"}),
}

KEYS: Final = {
    "Paths": (re.compile(r"/.*", re.DOTALL), "A path starts with a slash."),
    "SwaggerPaths": (re.compile(r"/.*", re.DOTALL), "A path starts with a slash."),
    "Responses": (
        re.compile(r"default|[1-5](?:\d\d|[Xx]{2})"),
        "A response is for a status such as 404, for 4XX, or default.",
    ),
    "AdditionalOperations": (
        re.compile(
            r"(?!(?:GET|PUT|POST|DELETE|OPTIONS|HEAD|PATCH|TRACE|QUERY)\Z)[!#$%&'*+.^_`|~0-9A-Za-z-]+"
        ),
        "A method is a word such as COPY; those that a path item has fields for are written there.",
    ),
    "SwaggerResponses": (
        re.compile(r"default|[1-5]\d\d"),
        "A response is for a status such as 404, or default.",
    ),
}
"""Of objects with the field `*`: the keys it allows, and what is said of others."""

REFERABLE: Final = frozenset(
    {"Parameter", "Header", "RequestBody", "Response", "Callback", "Example", "Link", "SecurityScheme", "MediaType",
     "SwaggerParameter", "SwaggerResponse"}
)  # fmt: skip
"""Kinds for which a Reference may stand; Schema and PathItem have a `$ref` of their own."""

REFERENCE: Final = {"$ref": "string", "summary": "string", "description": "string"}

OURS: Final = "x-specwright-"
"""How the fields begin by which authors speak to us: those that are no field of their object are said."""

_IGNORED: Final = {"x-specwright-ignore": "boolean or [string]"}
_NAMED: Final = {**_IGNORED, "x-specwright-name": "string"}

_OPERATIONS: Final = dict.fromkeys(
    ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query"), "Operation"
)
_PARAMETER: Final = {
    "description": "string",
    "required": "boolean",
    "deprecated": "boolean",
    "allowEmptyValue": "boolean",
    "style": "Style",
    "explode": "boolean",
    "allowReserved": "boolean",
    "schema": "Schema",
    "example": "any",
    "examples": "{Example}",
    "content": "{MediaType}",
}
_COMPONENTS: Final = {
    "schemas": "{Schema}",
    "responses": "{Response}",
    "parameters": "{Parameter}",
    "examples": "{Example}",
    "requestBodies": "{RequestBody}",
    "headers": "{Header}",
    "securitySchemes": "{SecurityScheme}",
    "links": "{Link}",
    "callbacks": "{Callback}",
    "pathItems": "{PathItem}",
    "mediaTypes": "{MediaType}",
}

OPENAPI: Final[dict[str, dict[str, str]]] = {
    "OpenAPI": {
        "openapi": "string!",
        "$self": "string",
        "info": "Info!",
        "jsonSchemaDialect": "string",
        "servers": "[Server]",
        "paths": "Paths",
        "webhooks": "{PathItem}",
        "components": "Components",
        "security": "[{[string]}]",
        "tags": "[Tag]",
        "externalDocs": "ExternalDocs",
    },
    "Info": {
        "title": "string!",
        "summary": "string",
        "description": "string",
        "termsOfService": "string",
        "contact": "Contact",
        "license": "License",
        "version": "string!",
    },
    "Contact": {"name": "string", "url": "string", "email": "string"},
    "License": {"name": "string", "identifier": "string", "url": "string"},
    "Server": {"url": "string!!", "description": "string", "name": "string", "variables": "{ServerVariable}"},
    "ServerVariable": {"enum": "[string]", "default": "string!", "description": "string"},
    "Components": _COMPONENTS,
    "Paths": {"*": "PathItem"},
    "PathItem": {
        "$ref": "string",
        "summary": "string",
        "description": "string",
        **_OPERATIONS,
        "additionalOperations": "AdditionalOperations",
        "servers": "[Server]",
        "parameters": "[Parameter]",
        **_IGNORED,
    },
    "AdditionalOperations": {"*": "Operation"},
    "Operation": {
        **_NAMED,
        "x-specwright-pagination": "any",
        "tags": "[string]",
        "summary": "string",
        "description": "string",
        "externalDocs": "ExternalDocs",
        "operationId": "string",
        "parameters": "[Parameter]",
        "requestBody": "RequestBody",
        "responses": "Responses",
        "callbacks": "{Callback}",
        "deprecated": "boolean",
        "security": "[{[string]}]",
        "servers": "[Server]",
    },
    "ExternalDocs": {"description": "string", "url": "string"},
    "Parameter": {"name": "string!!", "in": "In!!", **_PARAMETER, **_NAMED},
    "Header": _PARAMETER,
    "RequestBody": {"description": "string", "content": "{MediaType}!", "required": "boolean"},
    "MediaType": {
        "schema": "Schema",
        "itemSchema": "Schema",
        "example": "any",
        "examples": "{Example}",
        "encoding": "{Encoding}",
        "prefixEncoding": "[Encoding]",
        "itemEncoding": "Encoding",
        "description": "string",
    },
    "Encoding": {
        "contentType": "string",
        "headers": "{Header}",
        "style": "Style",
        "explode": "boolean",
        "allowReserved": "boolean",
        "encoding": "{Encoding}",
        "prefixEncoding": "[Encoding]",
        "itemEncoding": "Encoding",
    },
    "Responses": {"*": "Response"},
    "Response": {
        "summary": "string",
        "description": "string",
        "headers": "{Header}",
        "content": "{MediaType}",
        "links": "{Link}",
    },
    "Callback": {"*": "PathItem"},
    "Example": {
        "summary": "string",
        "description": "string",
        "dataValue": "any",
        "serializedValue": "string",
        "externalValue": "string",
        "value": "any",
    },
    "Link": {
        "operationRef": "string",
        "operationId": "string",
        "parameters": "{any}",
        "requestBody": "any",
        "description": "string",
        "server": "Server",
    },
    "Tag": {
        "name": "string!!",
        "summary": "string",
        "description": "string",
        "externalDocs": "ExternalDocs",
        "parent": "string",
        "kind": "string",
        **_NAMED,
    },
    "SecurityScheme": {
        "type": "SecurityType!!",
        "description": "string",
        "name": "string",
        "in": "ApiKeyIn",
        "scheme": "string",
        "bearerFormat": "string",
        "flows": "OAuthFlows",
        "openIdConnectUrl": "string",
        "oauth2MetadataUrl": "string",
        "deprecated": "boolean",
    },
    "OAuthFlows": {
        "implicit": "OAuthFlow",
        "password": "OAuthFlow",
        "clientCredentials": "OAuthFlow",
        "authorizationCode": "OAuthFlow",
        "deviceAuthorization": "OAuthFlow",
    },
    "OAuthFlow": {
        "authorizationUrl": "string",
        "deviceAuthorizationUrl": "string",
        "tokenUrl": "string",
        "refreshUrl": "string",
        "scopes": "{string}",
    },
    "Discriminator": {"propertyName": "string!!", "mapping": "{string}", "defaultMapping": "string"},
    "Xml": {
        "nodeType": "NodeType",
        "name": "string",
        "namespace": "string",
        "prefix": "string",
        "attribute": "boolean",
        "wrapped": "boolean",
    },
    "Schema": {
        # core
        "$schema": "string",
        "$id": "string",
        "$anchor": "string",
        "$dynamicAnchor": "string",
        "$ref": "string",
        "$dynamicRef": "string",
        "$defs": "{Schema}",
        "$comment": "string",
        "$vocabulary": "{boolean}",
        # applicators
        "allOf": "[Schema]",
        "anyOf": "[Schema]",
        "oneOf": "[Schema]",
        "not": "Schema",
        "if": "Schema",
        "then": "Schema",
        "else": "Schema",
        "dependentSchemas": "{Schema}",
        "prefixItems": "[Schema]",
        "items": "Schema",
        "contains": "Schema",
        "properties": "{Schema}",
        "patternProperties": "{Schema}",
        "additionalProperties": "Schema",
        "propertyNames": "Schema",
        "unevaluatedItems": "Schema",
        "unevaluatedProperties": "Schema",
        # assertions
        "type": "TypeName or [TypeName]",
        "enum": "[any]",
        "const": "any",
        "multipleOf": "positive",
        "maximum": "number",
        "exclusiveMaximum": "number",
        "minimum": "number",
        "exclusiveMinimum": "number",
        "maxLength": "count",
        "minLength": "count",
        "pattern": "string",
        "maxItems": "count",
        "minItems": "count",
        "uniqueItems": "boolean",
        "maxContains": "count",
        "minContains": "count",
        "maxProperties": "count",
        "minProperties": "count",
        "required": "[string]",
        "dependentRequired": "{[string]}",
        # annotations
        "title": "string",
        "description": "string",
        "default": "any",
        "deprecated": "boolean",
        "readOnly": "boolean",
        "writeOnly": "boolean",
        "examples": "[any]",
        "format": "string",
        "contentEncoding": "string",
        "contentMediaType": "string",
        "contentSchema": "Schema",
        # OpenAPI's
        "discriminator": "Discriminator",
        "xml": "Xml",
        "externalDocs": "ExternalDocs",
        # ours
        **_NAMED,
    },
}
"""OpenAPI 3.2, which has all of 3.1: what stands in a Document."""

OLDER_SCHEMA: Final = {
    "nullable": "boolean",
    "example": "any",
    "examples": "[any] or any",
    "exclusiveMaximum": "number or boolean",
    "exclusiveMinimum": "number or boolean",
    "definitions": "{Schema}",
    "dependencies": "{Schema or [string]}",
    "additionalItems": "Schema",
    "items": "Schema or [Schema]",
    "contentSchema": "Schema",
}
"""What a Schema may hold on the way in, of OpenAPI 3.0 and of older drafts of JSON Schema; `upgrade` raises it."""

_SWAGGER_ITEMS: Final = {
    "type": "SwaggerType or [SwaggerType]",
    "format": "string",
    "items": "SwaggerItems",
    "collectionFormat": "CollectionFormat",
    "default": "any",
    "maximum": "number",
    "exclusiveMaximum": "boolean",
    "minimum": "number",
    "exclusiveMinimum": "boolean",
    "maxLength": "count",
    "minLength": "count",
    "pattern": "string",
    "maxItems": "count",
    "minItems": "count",
    "uniqueItems": "boolean",
    "enum": "[any]",
    "multipleOf": "positive",
}

SWAGGER: Final[dict[str, dict[str, str]]] = {
    "Swagger": {
        "swagger": "string!",
        "info": "Info!",
        "host": "string",
        "basePath": "string",
        "schemes": "[Scheme]",
        "consumes": "[string]",
        "produces": "[string]",
        "paths": "SwaggerPaths!",
        "definitions": "{Schema}",
        "parameters": "{SwaggerParameter}",
        "responses": "{SwaggerResponse}",
        "securityDefinitions": "{SwaggerSecurityScheme}",
        "security": "[{[string]}]",
        "tags": "[Tag]",
        "externalDocs": "ExternalDocs",
    },
    "SwaggerPaths": {"*": "SwaggerPathItem"},
    "SwaggerPathItem": {
        "$ref": "string",
        **dict.fromkeys(("get", "put", "post", "delete", "options", "head", "patch"), "SwaggerOperation"),
        "parameters": "[SwaggerParameter]",
        **_IGNORED,
    },
    "SwaggerOperation": {
        **_NAMED,
        "x-specwright-pagination": "any",
        "tags": "[string]",
        "summary": "string",
        "description": "string",
        "externalDocs": "ExternalDocs",
        "operationId": "string",
        "consumes": "[string]",
        "produces": "[string]",
        "parameters": "[SwaggerParameter]",
        "responses": "SwaggerResponses",
        "schemes": "[Scheme]",
        "deprecated": "boolean",
        "security": "[{[string]}]",
    },
    "SwaggerParameter": {
        "name": "string!!",
        "in": "SwaggerIn!!",
        "description": "string",
        "required": "boolean",
        "schema": "Schema",
        "allowEmptyValue": "boolean",
        "example": "any",
        "examples": "any",
        **_NAMED,
        **_SWAGGER_ITEMS,
    },
    "SwaggerItems": _SWAGGER_ITEMS,
    "SwaggerResponses": {"*": "SwaggerResponse"},
    "SwaggerResponse": {
        "description": "string",
        "schema": "Schema",
        "headers": "{SwaggerHeader}",
        "examples": "{any}",
    },
    "SwaggerHeader": {"description": "string", **_SWAGGER_ITEMS},
    "SwaggerSecurityScheme": {
        "type": "SwaggerSecurityType!!",
        "description": "string",
        "name": "string",
        "in": "ApiKeyIn",
        "flow": "SwaggerFlow",
        "authorizationUrl": "string",
        "tokenUrl": "string",
        "scopes": "{string}",
    },
}
"""Swagger 2.0, which `upgrade` raises to OPENAPI; kinds that are equal in both have their entry there."""

SWAGGER_SCHEMA: Final = {"discriminator": "Discriminator or string", "type": "SwaggerType or [SwaggerType]"}
"""What a Schema may hold in Swagger 2.0, beside OLDER_SCHEMA."""
