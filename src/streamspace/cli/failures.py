"""Failures as sentences that say what to do, with an exit code each."""

import json
import sys
from typing import Any

FAILED = 1
USAGE = 2
NOT_SIGNED_IN = 3
NOT_FOUND = 4
REFUSED = 5
UNAVAILABLE = 6
TIMED_OUT = 7
_BAD_REQUEST = 400

UNREACHABLE_HINT = (
    "Start one on this machine with `streamspace up`, or name another with --server or STREAMSPACE_SERVER."
)
_BY_KIND = {
    "NotSignedIn": (NOT_SIGNED_IN, "Sign in with `streamspace login`, or set STREAMSPACE_API_KEY."),
    "NotFound": (NOT_FOUND, ""),
    "Forbidden": (REFUSED, ""),
    "Conflict": (REFUSED, ""),
    "TooManyRequests": (REFUSED, "Try again later."),
    "Unavailable": (UNAVAILABLE, "Try again in a moment."),
}
HINTS = {
    "invalid_credentials": "Check the username and password, then run `streamspace login` again.",
    "mfa_enrolment_required": "Sign in to the web UI and set up a second factor in your security settings.",
    "quota_exceeded": "`streamspace quotas show` shows your limits; ending or suspending a session makes room.",
    "template_not_found": "`streamspace templates list` shows what there is.",
    "no_capacity": (
        "`streamspace agents list` shows the agents; one that waits for approval is let in with "
        "`streamspace agents approve`."
    ),
    "agent_not_approved": "An administrator lets it in with `streamspace agents approve`.",
    "agent_offline": "Start the agent on its host with `streamspace agent`, or wait for it to come back.",
}
"""What to do, by the short code of the API's error."""


class CommandFailed(Exception):  # noqa: N818 - reads as the sentence it is
    """A command could not do what was asked; the text is a sentence for the person."""

    def __init__(self, message: str, exit_code: int = FAILED, *, code: str = "failed", hint: str = "") -> None:
        super().__init__(message)
        self.exit_code = exit_code
        self.code = code
        self.hint = hint


def report(error: Exception, *, as_json: bool) -> int:
    """Say what went wrong on stderr and return the exit code; a failure nobody foresaw is raised again."""
    from streamspace.client import ApiError, ClientError  # noqa: PLC0415 - only a failing command pays for it

    if isinstance(error, CommandFailed):
        message, hint, exit_code, code = str(error), error.hint, error.exit_code, error.code
        body: dict[str, Any] = {"error": code, "message": message}
    elif isinstance(error, ClientError):
        hint, exit_code, code = _advice(error)
        message = str(error)
        body = {"error": code, "message": message}
        if isinstance(error, ApiError):
            body |= {"status": error.status, "details": error.details, "requestId": error.request_id}
    else:
        raise error
    if as_json:
        print(json.dumps(body | ({"hint": hint} if hint else {})), file=sys.stderr)
        return exit_code
    from streamspace.cli.output import clean  # noqa: PLC0415

    print(clean(f"Error: {message}"), file=sys.stderr)
    for line in _why_per_agent(body.get("details")):
        print(clean(line), file=sys.stderr)
    if hint:
        print(clean(hint), file=sys.stderr)
    if exit_code == FAILED and body.get("requestId"):
        print(clean(f"Request id, for your administrator: {body['requestId']}"), file=sys.stderr)
    return exit_code


def _advice(error: Exception) -> tuple[str, int, str]:
    """Return what to do about it, the exit code, and the short code."""
    from streamspace import client  # noqa: PLC0415

    if isinstance(error, client.Unreachable):
        return UNREACHABLE_HINT, UNAVAILABLE, "unreachable"
    if not isinstance(error, client.ApiError):
        return "", FAILED, "bad_answer"
    exit_code, hint = next(
        (found for kind, found in _BY_KIND.items() if isinstance(error, getattr(client, kind))), (FAILED, "")
    )
    if error.status == _BAD_REQUEST:
        exit_code = USAGE
    if error.retry_after:
        hint = f"Try again in {error.retry_after:.0f} s."
    return HINTS.get(error.code, hint), exit_code, error.code


def _why_per_agent(details: Any) -> list[str]:
    agents = details.get("agents") if isinstance(details, dict) else None
    if not isinstance(agents, list):
        return []
    if not agents:
        return ["  No agent has joined this server yet."]
    lines = []
    for agent in agents:
        if isinstance(agent, dict):
            reasons = [str(r.get("message", "")) for r in agent.get("reasons", []) if isinstance(r, dict)]
            lines.append(f"  {agent.get('agentId', '?')}: {' '.join(reasons) or 'no reason given.'}")
    return lines
