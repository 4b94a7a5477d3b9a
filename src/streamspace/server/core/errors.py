"""What can go wrong, as the API says it. A subclass's docstring is the sentence the person reads."""

from __future__ import annotations

from typing import Any, ClassVar


class Problem(Exception):  # noqa: N818 - each subclass states a fact
    """Something went wrong on our side."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal_error"
    keeps_work: ClassVar[bool] = False
    """Whether what was written before the refusal stays, such as the note of a theft."""

    def __init__(self, message: str = "", *, details: Any = None, headers: dict[str, str] | None = None) -> None:
        self.message = message or (type(self).__doc__ or "").strip().splitlines()[0]
        self.details = details
        self.headers = headers or {}
        super().__init__(self.message)


class BadRequest(Problem):
    """The request is malformed."""

    status = 400
    code = "bad_request"


class BadDuration(BadRequest):
    """A duration is written like 90s, 30m or 8h."""

    code = "bad_duration"


class BadCursor(BadRequest):
    """This cursor is not one that we handed out; begin again without it."""

    code = "bad_cursor"


class Unauthenticated(Problem):
    """Sign in first, or sign in again."""

    status = 401
    code = "unauthenticated"


class Forbidden(Problem):
    """You may not do this."""

    status = 403
    code = "forbidden"


class NotFound(Problem):
    """There is no such thing, or you may not see it."""

    status = 404
    code = "not_found"


class Conflict(Problem):
    """This does not fit the present state."""

    status = 409
    code = "conflict"


class TooMany(Problem):
    """Too many tries; wait a moment."""

    status = 429
    code = "too_many_requests"


class Unavailable(Problem):
    """This cannot be done right now."""

    status = 503
    code = "unavailable"


class MfaEnrolmentRequired(Forbidden):
    """Your organisation asks for a second factor. Set one up first, under Account, Security."""

    code = "mfa_enrolment_required"


class KeyTooNarrow(Forbidden):
    """The scopes of this API key leave this out."""

    code = "key_scope"


class KeyExhausted(TooMany):
    """This API key was used too often in the last hour."""

    code = "key_rate_limit"


class ForeignAddress(Unauthenticated):
    """This API key may not be used from this address."""

    code = "key_address"
