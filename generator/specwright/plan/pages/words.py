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
    "cursor": "Slack, Square, Plaid, Notion (start_cursor), JSON:API's cursor profile (page[cursor])",
    "startcursor": "Notion",
    "nextcursor": "Cloudinary",
    "pagecursor": "Pagerduty; page[cursor] of JSON:API",
    "pagetoken": "Google (AIP-158), Cohere, YouTube",
    "nextpagetoken": "Zoom, whose parameter is called as its answer's member",
    "nexttoken": "AWS",
    "paginationtoken": "Twitter, AWS Cognito",
    "continuationtoken": "Azure, AWS S3",
    "continuation": "Docker Registry, eBay",
    "startingtoken": "AWS CLI",
    "pagemarker": "Box",
    "pageid": "Ory",
}
"""Parameters that hold a cursor and nothing else."""

POSITIONS: Final = {
    "after": "HubSpot, Spotify, Okta, Resend, GraphQL's connections; also a date, or an id",
    "afterid": "Anthropic",
    "start": "Atlassian, Okta; also a date, or a number",
    "startafter": "Elasticsearch",
    "startkey": "CouchDB",
    "marker": "Box, OpenStack, S3; also a point on a map",
    "next": "Etsy",
    "offset": "Airtable, whose offset is text",
    "page": "Lago, Zendesk, whose answers have the number of the next page",
    "from": "Adyen",
    "pos": "Fastmail",
    "bookmark": "Pinterest, CouchDB",
}
"""Parameters that may hold a cursor: they do where an answer has one that is named after them, or that can't be another."""

AFTER_ITEM: Final = {
    "startingafter": "Stripe, Meraki, Intercom",
    "after": "OpenAI, Resend: the id of an item, where the answer says that there are more",
    "afterid": "Anthropic",
}
"""Parameters that hold the id of the last item, where the answer tells whether there are more."""

OFFSETS: Final = {
    "offset": "Meilisearch, Spotify, Immich, Sentry",
    "skip": "MongoDB, OData ($skip), TheTVDB",
    "startindex": "SCIM (RFC 7644, section 3.4.2.4), OSIsoft",
    "startat": "Jira",
    "start": "Pipedrive, Confluence",
}
"""Parameters that hold how many items come before the first of a page."""

PAGES: Final = {
    "page": "GitHub, Django REST framework, Velo, Openstates",
    "pagenumber": "Zoom, page[number] of JSON:API, Ring Central",
    "pageno": "eBay, Alibaba",
    "pagenum": "Zendesk Sell",
    "currentpage": "api.video, Bungie",
    "pageindex": "Azure DevOps",
}
"""Parameters that hold the number of a page."""

LIMITS: Final = {
    "limit": "Stripe, Spotify",
    "pagesize": "Google (AIP-158), page[size] of JSON:API",
    "perpage": "GitHub, Meraki",
    "maxresults": "AWS, Jira, Azure Batch",
    "maxpagesize": "OData",
    "top": "OData ($top)",
    "maxcount": "OSIsoft",
}
"""Parameters that hold how many items a page may have: nothing follows from them, but that there are pages."""

BACKWARDS: Final = {
    "endingbefore": "Stripe, Meraki",
    "before": "GraphQL's connections, Spotify, Resend",
    "beforeid": "Anthropic",
    "previoustoken": "Square",
    "prevcursor": "Twitter",
    "endbefore": "Google Firestore",
}
"""Parameters that ask for what comes before: with them, what comes next is no further page."""

STEPS: Final = frozenset({*CURSORS, *POSITIONS, *AFTER_ITEM, *OFFSETS, *PAGES, *LIMITS})
"""All that may ask for a page."""

# --- answers ----------------------------------------------------------------------------------------------------

ITEMS: Final = {
    "data": "Stripe, JSON:API",
    "items": "Google, Spotify, Oxide",
    "results": "Django REST framework, Notion",
    "value": "OData, Azure",
    "values": "Atlassian",
    "entries": "Box",
    "records": "Airtable, Salesforce",
    "resources": "SCIM (RFC 7644, section 3.4.2)",
    "content": "Spring Data",
    "elements": "LinkedIn",
    "objects": "Tastypie",
    "list": "Vercel",
    "hits": "Algolia",
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
    "meta": "JSON:API, Lago",
    "metadata": "Salesloft, Cohere",
    "pagination": "api.video, Openstates",
    "paging": "HubSpot, Facebook",
    "pageinfo": "GraphQL's connections, Azure",
    "page": "Spring Data, Velo",
    "responsemetadata": "Slack",
    "resultinfo": "Cloudflare",
    "listmetadata": "Google",
    "paginginfo": "eBay",
    "info": "Ring Central",
}
"""Objects that hold what is said of the page."""

THROUGH: Final = {
    "links": "JSON:API, HAL (_links), Okta",
    "cursor": "PayPal",
    "cursors": "Facebook, Spotify",
    "next": "HAL (_links.next.href), HubSpot (paging.next.after)",
}
"""Objects whose name tells something of what is in them; that name comes before the names in it."""

NEXT_CURSORS: Final = {
    "nextcursor": "Slack, Notion, Sentry",
    "nextpagecursor": "Anthropic's older answers",
    "nextpagetoken": "Google (AIP-158), Cohere, Zoom",
    "nexttoken": "AWS",
    "nextcontinuationtoken": "AWS S3",
    "nextmarker": "Box, Azure Storage",
    "nextpage": "Oxide (next_page), Lago",
    "nextid": "Ory",
    "endcursor": "GraphQL's connections",
    "cursornext": "Postman",
    "cursorsnext": "Atlassian",
    "cursorsafter": "Facebook, Spotify",
    "nextafter": "HubSpot",
    "nextstart": "Confluence",
    "continuationtoken": "Azure",
    "paginationtoken": "AWS Cognito",
}
"""Members that hold the cursor of the next page and can't be another one's."""

NEXT: Final = frozenset({"next", "cursor"})
"""Members that hold the cursor of the next page, if what is said of them, or what is around them, says so."""

NEXT_URLS: Final = {
    "nextlink": "Azure, OData (@odata.nextLink)",
    "odatanextlink": "OData",
    "nexturl": "Instagram, Salesloft",
    "nextpageurl": "Twilio, Laravel",
    "nextpageuri": "Twilio",
    "nextpagelink": "Azure",
    "nexthref": "Soundcloud",
    "nexturi": "Intuit",
    "linksnext": "JSON:API, OSIsoft",
    "linksnexthref": "HAL",
    "next": "Django REST framework, Spotify, Ticketmaster",
    "nextpage": "Figma (pagination.next_page)",
}
"""Members that hold the URL of the next page; those that may hold a cursor as well do if they are said to be a URL."""

VAGUE: Final = frozenset({"next", "nextpage", "linksnext", "linksnexthref"})
"""Those of them that are pages' where a parameter says where a page begins, and not only how many items it may have."""

MORE: Final = {
    "hasmore": "Stripe, Notion, Plaid",
    "hasnext": "Adyen, Python's paginators",
    "hasnextpage": "GraphQL's connections, Immich",
    "hasmorepages": "Laravel",
    "morepages": "Trustpilot",
    "more": "PagerDuty",
    "nextpage": "Figma's analytics",
}
"""Flags that say whether there are more."""

TOTALS: Final = {
    "total": "Spotify, Meilisearch, Elasticsearch",
    "totalcount": "GitHub, Lago",
    "totalresults": "SCIM (RFC 7644, section 3.4.2)",
    "totalitems": "Openstates, api.video (itemsTotal)",
    "itemstotal": "api.video",
    "totalrecords": "Zoom",
    "totalelements": "Spring Data",
    "totalhits": "Algolia",
    "totalsize": "Salesforce, AIP-158",
    "totalrows": "CouchDB",
    "odatacount": "OData (@odata.count)",
    "count": "Django REST framework: where it is said to be the total",
}
"""Members that hold how many items there are on all pages."""

TOTAL_PAGES: Final = {
    "totalpages": "Lago, Velo, Salesloft",
    "pagestotal": "api.video",
    "pagecount": "Zoom",
    "numpages": "Alma",
    "maxpage": "Openstates (max_page)",
    "lastpage": "Laravel",
}
"""Members that hold how many pages there are."""

PAGE_NUMBERS: Final = {
    "page": "Openstates, Velo",
    "currentpage": "Lago, api.video, Laravel",
    "pagenumber": "Zoom",
    "number": "Spring Data, from 0",
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
