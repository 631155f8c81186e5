"""The formats of text that validators assert."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

ASSERTED: Final[Mapping[str, str]] = {
    "date": "formats",
    "date-time": "formats",
    "duration": "formats",
    "email": "hosts",
    "hostname": "hosts",
    "idn-email": "hosts",
    "idn-hostname": "hosts",
    "ipv4": "hosts",
    "ipv6": "hosts",
    "iri": "uris",
    "iri-reference": "uris",
    "json-pointer": "pointers",
    "regex": "ecma",
    "relative-json-pointer": "pointers",
    "time": "formats",
    "uri": "uris",
    "uri-reference": "uris",
    "uri-template": "uris",
    "uuid": "formats",
}
"""Those of JSON Schema Validation 2020-12, section 7.3, each with the module of the runtime that has its function.

The function of `date-time` is `is_date_time`. A format that is not here says something about a value, and refuses none.
"""
