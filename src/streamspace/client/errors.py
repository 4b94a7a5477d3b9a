"""What can go wrong between a client and the control plane; each text is a sentence for the person."""

from __future__ import annotations

from typing import Any


class ClientError(Exception):
    """A call to StreamSpace failed."""


class Unreachable(ClientError):  # noqa: N818 - reads as the sentence it is
    """Nothing answered at the server's address; nobody knows whether the call was carried out."""

    def __init__(self, server: str, why: str) -> None:
        super().__init__(f"Cannot reach StreamSpace at {server}: {why}")
        self.server = server
        self.why = why


class BadAnswer(ClientError):  # noqa: N818
    """Something answered, but not as StreamSpace's API does."""


class ApiError(ClientError):
    """The control plane refused a call.

    `code` is the short code of the error body (`no_capacity`), `message` its sentence, `status` the HTTP
    status, `details` what else it says, `request_id` what to quote to an administrator, `retry_after`
    seconds or None.
    """

    def __init__(
        self,
        code: str,
        message: str,
        status: int,
        details: dict[str, Any] | None = None,
        request_id: str | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
        self.details = details or {}
        self.request_id = request_id
        self.retry_after = retry_after


class NotSignedIn(ApiError):  # noqa: N818
    """401: no login, an ended login, or wrong credentials (`invalid_credentials`)."""


class SecondFactorNeeded(NotSignedIn):
    """401 `mfa_required`: the password was right; go on with `auth.second_factor`."""

    @property
    def token(self) -> str:
        """Proves the first step, for a few minutes."""
        return str(self.details.get("mfaToken", ""))

    @property
    def methods(self) -> list[str]:
        """What this person may answer with: `totp`, `webauthn` (in a browser only), `backup`."""
        found = self.details.get("methods")
        return [str(method) for method in found] if isinstance(found, list) else []


class Forbidden(ApiError):  # noqa: N818
    """403: the caller may see it but not do this."""


class NotFound(ApiError):  # noqa: N818
    """404: it does not exist, or the caller may not see it."""


class Conflict(ApiError):  # noqa: N818
    """409: it is not in a state that allows this."""


class TooManyRequests(ApiError):  # noqa: N818
    """429: wait `retry_after` seconds."""


class Unavailable(ApiError):  # noqa: N818
    """503: no capacity, an agent offline, or the control plane not ready; `details` may say why per agent."""


_BY_STATUS: dict[int, type[ApiError]] = {
    401: NotSignedIn,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    429: TooManyRequests,
    502: Unavailable,
    503: Unavailable,
    504: Unavailable,
}
_BY_CODE: dict[str, type[ApiError]] = {"mfa_required": SecondFactorNeeded}


def from_answer(status: int, body: Any, headers: Any) -> ApiError:
    """Build the error that fits an answer; a body that is not ours becomes code `http_<status>`."""
    kind = _BY_STATUS.get(status, ApiError)
    request_id = headers.get("x-request-id")
    try:
        retry_after: float | None = float(headers.get("retry-after", ""))
    except ValueError:
        retry_after = None
    if not is_ours(body):
        return kind(
            f"http_{status}",
            f"The server answered with status {status}.",
            status,
            None,
            request_id,
            retry_after,
        )
    kind = _BY_CODE.get(body["error"], kind)
    details = body.get("details")
    return kind(
        body["error"],
        str(body.get("message") or body["error"]),
        status,
        details if isinstance(details, dict) else None,
        body.get("requestId") or request_id,
        retry_after,
    )


def is_ours(body: Any) -> bool:
    """Tell an error of the API from one that a proxy on the way wrote."""
    return isinstance(body, dict) and isinstance(body.get("error"), str)
