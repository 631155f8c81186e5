"""What parameters and members of answers are called that have to do with pages, and who calls them so.

Names are compared without their case and without `_`, `-`, `.`, `$`, `@`, `[` and `]`: `next_page_token`, `nextPageToken` and
`page[next-token]` differ in nothing that matters. A name that is as often something else is not here: a method that returns
pages where there are none is worse than one that returns the answer where there are.
"""

from __future__ import annotations

import re
from typing import Final

_IGNORED: Final = re.compile(r"[_\-.$@\[\]]")


def bare(name: str) -> str:
    """A name as it is compared."""
    return _IGNORED.sub("", name).lower()


# --- requests ---------------------------------------------------------------------------------------------------

CURSORS: Final = {
    "cursor": "Apideck, Figma, Plaid, Slack",
    "startcursor": "Notion",
    "nextcursor": "Cloudinary",
    "pageafter": "page[after] of JSON:API's cursor profile",
    "pagetoken": "Google (AIP-158), Cohere, Oxide",
    "nextpagetoken": "Zoom, whose parameter is called as its answer's member",
    "nexttoken": "AWS",
    "paginationtoken": "Twitter",
    "continuationtoken": "AWS S3",
}
"""Parameters that hold a cursor and nothing else."""

POSITIONS: Final = {
    "after": "Figma, GitHub, Okta, HubSpot; elsewhere a date, or an id",
    "afterid": "Anthropic",
    "start": "Confluence; in Sentry's a date",
    "startafter": "AWS S3",
    "startkey": "CouchDB",
    "marker": "Box, OpenStack; in OSIsoft's something else",
    "offset": "Airtable, whose offset is text",
    "page": "Lago, Stripe's searches: answers tell of the next page",
    "bookmark": "Pinterest, CouchDB",
}
"""Parameters that may hold a cursor: they do where an answer has one that is named after them, or that can't be another."""

AFTER_ITEM: Final = {
    "startingafter": "Stripe, Meraki",
    "after": "OpenAI, Resend: the id of an item, where the answer says that there are more",
    "afterid": "Anthropic",
}
"""Parameters that hold the id of the last item, where the answer tells whether there are more."""

OFFSETS: Final = {
    "offset": "Meilisearch, Spotify, Cohere",
    "skip": "OData ($skip)",
    "startindex": "SCIM (RFC 7644, section 3.4.2.4), OSIsoft",
    "startat": "Jira",
    "start": "Pipedrive",
}
"""Parameters that hold how many items come before the first of a page."""

PAGES: Final = {
    "page": "GitHub, Velo, Openstates",
    "pagenumber": "page[number] of JSON:API",
    "currentpage": "api.video, Bungie",
}
"""Parameters that hold the number of a page."""

LIMITS: Final = {
    "limit": "Stripe, Spotify",
    "pagesize": "Google (AIP-158), page[size] of JSON:API",
    "perpage": "GitHub, Meraki",
    "maxresults": "Azure Batch, Jira",
    "top": "OData ($top)",
    "maxcount": "OSIsoft",
}
"""Parameters that hold how many items a page may have: nothing follows from them, but that there are pages."""

BACKWARDS: Final = {
    "endingbefore": "Stripe, Meraki",
    "before": "Figma, GitHub, Resend",
    "beforeid": "Anthropic",
    "pagebefore": "page[before] of JSON:API's cursor profile",
}
"""Parameters that ask for what comes before: with them, what comes next is no further page."""

STEPS: Final = frozenset({*CURSORS, *POSITIONS, *AFTER_ITEM, *OFFSETS, *PAGES, *LIMITS})
"""All that may ask for a page."""

# --- answers ----------------------------------------------------------------------------------------------------

ITEMS: Final = {
    "data": "Stripe, JSON:API",
    "items": "GitHub's searches, Spotify, Oxide",
    "results": "Meilisearch, Openstates, Django REST framework",
    "value": "OData, Azure Batch",
    "values": "Bitbucket",
    "entries": "Box, Sentry",
    "records": "Airtable, Salesforce",
    "resources": "SCIM (RFC 7644, section 3.4.2)",
    "content": "Spring Data, Velo",
    "elements": "LinkedIn",
    "objects": "Tastypie",
    "hits": "Algolia, Meilisearch",
}
"""What the array of the items is called, where it is not called after them."""

BESIDE: Final = frozenset(
    {
        "errors",
        "warnings",
        "messages",
        "included",
        "links",
        "facets",
        "fields",
        "columns",
        "schemas",
        "sort",
        "notices",
    }
)
"""Arrays that stand beside the items."""

AROUND: Final = {
    "meta": "Apideck, Lago, JSON:API",
    "metadata": "Salesloft",
    "pagination": "api.video, Figma, Openstates",
    "paging": "HubSpot, Facebook",
    "pageinfo": "GraphQL's connections",
    "page": "Spring Data, Velo",
    "responsemetadata": "Slack",
    "resultinfo": "Cloudflare",
}
"""Objects that hold what is said of the page."""

THROUGH: Final = {
    "links": "JSON:API, OSIsoft; _links of HAL, Okta",
    "cursor": "opencode",
    "cursors": "Apideck, Spotify, Facebook",
    "next": "HAL (_links.next.href), HubSpot (paging.next.after)",
}
"""Objects whose name tells something of what is in them; that name comes before the names in it."""

NEXT_CURSORS: Final = {
    "nextcursor": "Plaid, Together, Slack",
    "nextpagetoken": "Google (AIP-158), Cohere, Zoom",
    "nexttoken": "AWS",
    "nextcontinuationtoken": "AWS S3",
    "nextmarker": "Box, Azure Storage",
    "nextpage": "Oxide, Lago, Stripe's searches",
    "endcursor": "GraphQL's connections, Redocly's café",
    "cursornext": "opencode",
    "cursorsnext": "Apideck",
    "cursorsafter": "Spotify, Facebook",
    "nextafter": "HubSpot",
}
"""Members that hold the cursor of the next page and can't be another one's."""

NEXT: Final = frozenset({"next", "cursor"})
"""Members that hold the cursor of the next page, if what is said of them, or what is around them, says so."""

NEXT_URLS: Final = {
    "nextlink": "Azure",
    "odatanextlink": "OData, Azure Batch",
    "nexturl": "Instagram",
    "nextpageurl": "Twilio, Laravel",
    "nextpageuri": "Twilio",
    "nexthref": "SoundCloud",
    "linksnext": "JSON:API, Apideck, OSIsoft",
    "linksnexthref": "HAL, Okta",
    "next": "Spotify, GoDaddy, Django REST framework",
    "nextpage": "Figma",
}
"""Members that hold the URL of the next page; those that may hold a cursor as well do if they are said to be a URL."""

VAGUE: Final = frozenset({"next", "nextpage", "linksnext", "linksnexthref"})
"""Those of them that are pages' where a parameter says where a page begins, and not only how many items it may have."""

MORE: Final = {
    "hasmore": "Stripe, Plaid, Together, Resend",
    "hasnext": "GitHub",
    "hasnextpage": "GraphQL's connections, Immich",
    "more": "PagerDuty",
    "nextpage": "Figma's analytics",
}
"""Flags that say whether there are more."""

TOTALS: Final = {
    "total": "Spotify, Meilisearch, Immich",
    "totalcount": "GitHub, Lago, Cohere",
    "totalresults": "SCIM (RFC 7644, section 3.4.2), Sentry",
    "totalitems": "Openstates",
    "itemstotal": "api.video",
    "totalrecords": "Zoom",
    "totalelements": "Spring Data, Velo",
    "totalhits": "Meilisearch",
    "totalsize": "Google (AIP-158), Cohere",
    "totalrows": "CouchDB",
    "odatacount": "OData (@odata.count)",
    "count": "Django REST framework: where it is said to be the total",
}
"""Members that hold how many items there are on all pages."""

TOTAL_PAGES: Final = {
    "totalpages": "Lago, Spring Data, Velo",
    "pagestotal": "api.video",
    "pagecount": "Zoom",
    "numpages": 'ogen\'s "manga" example',
    "maxpage": "Openstates",
    "lastpage": "Laravel",
}
"""Members that hold how many pages there are."""

PAGE_NUMBERS: Final = {
    "page": "Openstates, Velo",
    "currentpage": "Lago, api.video, Laravel",
    "pagenumber": "Zoom",
}
"""Members that hold the number of the page."""

URL: Final = re.compile(r"\b(?:url|uri|hyperlink|link|href)\b|https?://|^/\w", re.IGNORECASE)
"""What is said of a text that is a URL."""

OF_NEXT: Final = re.compile(r"\bnext\b|\bsubsequent\b|\bfollowing\b", re.IGNORECASE)
"""What is said of a cursor that is the next page's, and not this one's."""

OF_CURSORS: Final = re.compile(r"\bcursor\b|\btoken\b|\bopaque\b", re.IGNORECASE)
OF_PAGES: Final = re.compile(
    r"\bpage (?:number|index|no)\b|\bnumber of (?:the )?page\b|\bwhich page\b", re.IGNORECASE
)
"""What is said of an offset that is the number of a page after all."""

OF_TOTALS: Final = re.compile(r"\btotal\b|\boverall\b|\ball\b", re.IGNORECASE)
OF_ONE_PAGE: Final = re.compile(
    r"\b(?:this|current|the|each|per) page\b|\breturned\b|\bin (?:this|the) (?:response|list|array|collection of results)\b",
    re.IGNORECASE,
)
"""What is said of a count that is that of a page."""

FIRST: Final = re.compile(
    r"\b(?:zero|one|0|1)[- ](?:based|indexed)\b"
    r"|\b(?:starts?|starting|begins?|beginning|indexed|indices start|counting)\s+(?:at|from|with|is)\s+`?(?:zero|one|0|1)\b"
    r"|\b(?:defaults?|default value)\b[^.\d]{0,20}\b[01]\b"
    r"|\bfirst page (?:is|has)[^.\d]{0,20}\b[01]\b",
    re.IGNORECASE,
)
"""What is said of the number of the first page."""
