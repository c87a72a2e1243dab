"""Errors as stable codes: no SQL, no path, no traceback leaves the hub (security.md §10.3)."""

import errno
import logging

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from inspector_app.domain.errors import UserError, WorldError
from inspector_app.hub.calls import Reply, said
from inspector_app.hub.home import Home
from inspector_app.hub.tokens import Revoked, signed_revocation
from inspector_app.sync.wire import Refused

_log = logging.getLogger("inspector_app.hub")
STATUS = {
    "unauthorized": 401, "invite": 403, "signature": 403, "missing": 404, "no_route": 404, "no_method": 405,
    "epoch": 409, "already_joined": 409, "body_too_large": 413, "too_many": 413, "content_encoding": 415, "range": 416,
    "protocol": 426, "too_many_tries": 429, "quota": 429, "access": 403, "record_unknown": 404, "hub_busy": 503, "hub_full": 507,
}  # fmt: skip
"""Codes with a status of their own; every other UserError is 422, every other WorldError 503."""
_RETRY_AFTER = {429: "900", 503: "5", 507: "600"}
_NO_SPACE = (errno.ENOSPC, errno.EDQUOT) if hasattr(errno, "EDQUOT") else (errno.ENOSPC,)

_BUSY = ("40001", "40P01", "53300", "55P03", "57014")
"""PostgreSQL: serialization, deadlock, too many connections, lock and statement timeouts."""


def refused(error: Exception, home: Home) -> Reply:
    """The reply to any error; what is not expected is logged here and told to nobody."""
    match error:
        case Revoked():
            return said(signed_revocation(home, error), 403)
        case UserError():
            return _said(error.key, str(error), STATUS.get(error.key, 422))
        case WorldError():
            return _said(error.key, str(error), STATUS.get(error.key, 503))
        case OSError() if error.errno in _NO_SPACE:
            return _said("hub_full", "The hub's disk is full.", 507)
        case DBAPIError() if "full" in str(error.orig) or _state(error) == "53100":
            return _said("hub_full", "The hub's disk is full.", 507)
        case DBAPIError() if "locked" in str(error.orig) or _state(error) in _BUSY:
            return _said("hub_busy", "The hub is busy; try again.", 503)
        case DBAPIError() if error.connection_invalidated or _state(error)[:2] in ("08", "57"):
            return _said("hub_database", "The hub's database cannot be reached; try again.", 503)
        case PoolTimeout():
            return _said("hub_busy", "The hub is busy; try again.", 503)
    _log.error("a request failed", exc_info=error)
    return _said("internal", "The hub made a mistake; nothing was changed.", 500)


def _state(error: DBAPIError) -> str:
    return str(getattr(error.orig, "sqlstate", None) or "")


def _said(code: str, message: str, status: int) -> Reply:
    reply = said(Refused(code, message, retry=status in _RETRY_AFTER), status)
    after = _RETRY_AFTER.get(status)
    return Reply(reply.body, status, headers={"Retry-After": after} if after else {})
