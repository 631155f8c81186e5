"""Which error stands for which status."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from . import errors
from .errors import StatusError

ERRORS: Final[dict[int, type[StatusError]]] = {
    304: errors.NotModified,
    400: errors.BadRequest,
    401: errors.Unauthorized,
    402: errors.PaymentRequired,
    403: errors.Forbidden,
    404: errors.NotFound,
    405: errors.MethodNotAllowed,
    406: errors.NotAcceptable,
    407: errors.ProxyAuthenticationRequired,
    408: errors.RequestTimedOut,
    409: errors.Conflict,
    410: errors.Gone,
    411: errors.LengthRequired,
    412: errors.PreconditionFailed,
    413: errors.ContentTooLarge,
    414: errors.UriTooLong,
    415: errors.UnsupportedMediaType,
    416: errors.RangeNotSatisfiable,
    417: errors.ExpectationFailed,
    421: errors.MisdirectedRequest,
    422: errors.UnprocessableEntity,
    423: errors.Locked,
    424: errors.FailedDependency,
    425: errors.TooEarly,
    426: errors.UpgradeRequired,
    428: errors.PreconditionRequired,
    429: errors.TooManyRequests,
    431: errors.RequestHeaderFieldsTooLarge,
    451: errors.UnavailableForLegalReasons,
    500: errors.InternalServerError,
    501: errors.NotImplementedByServer,
    502: errors.BadGateway,
    503: errors.ServiceUnavailable,
    504: errors.GatewayTimeout,
    505: errors.HttpVersionNotSupported,
    507: errors.InsufficientStorage,
    508: errors.LoopDetected,
    511: errors.NetworkAuthenticationRequired,
}

CLASSES: Final[dict[int, type[StatusError]]] = {
    3: errors.Redirect,
    4: errors.ClientError,
    5: errors.ServerError,
}
"""For what is not in `ERRORS`, by the first digit (RFC 9110, section 15)."""


def error_for(status: int) -> type[StatusError]:
    """The error class of a status."""
    return ERRORS.get(status) or CLASSES.get(status // 100, StatusError)


def phrase(status: int) -> str:
    """The name of a status, `""` for one that has none."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
