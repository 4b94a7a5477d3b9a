"""What a person, or a program, reads when the gateway cannot show a session."""

from __future__ import annotations

import base64
import hashlib
import hmac
import html
import json
from dataclasses import dataclass
from http import HTTPStatus


@dataclass(frozen=True, slots=True)
class Problem:
    """One way to fail: the status, a short code for programs, and two sentences for people."""

    status: int
    code: str
    title: str
    advice: str


BAD_REQUEST = Problem(
    400, "bad_request", "This request makes no sense", "Go back to the portal and open the session again."
)
NO_TICKET = Problem(
    401,
    "unauthorized",
    "You are not signed in to this session",
    "Open the session from the portal; its address alone does not let you in.",
)
TICKET_REFUSED = Problem(
    401,
    "ticket_refused",
    "This link was used already, or is too old",
    "A link to a session works once, for a minute. Open the session from the portal again.",
)
REVOKED = Problem(
    401,
    "revoked",
    "Your access to this session has ended",
    "The session, your login or a share was ended. Open the session from the portal again.",
)
WRONG_ORIGIN = Problem(
    403,
    "wrong_origin",
    "Another website asked for this",
    "Sessions answer only to their own page. Open the session from the portal.",
)
POLICY = Problem(
    403,
    "policy",
    "A policy does not allow this",
    "Your organisation, one of your groups or the template restricts what may cross this session's border.",
)
BAD_DIAL = Problem(
    403,
    "bad_dial",
    "This dial token is unknown, used or too late",
    "An agent asks for a new one by itself.",
)
CANNOT_WATCH = Problem(
    403,
    "cannot_watch",
    "This application cannot be watched without being used",
    "It is a web application, which cannot tell the two apart. Ask its owner to let you control it.",
)
NOT_FOUND = Problem(
    404,
    "not_found",
    "There is nothing here",
    "The session may have been ended. The portal shows which ones you have.",
)
NOT_RUNNING = Problem(
    409,
    "not_running",
    "This session is not running",
    "It may be hibernated or still starting. Open it from the portal, which wakes it.",
)
NO_FILES = Problem(
    409,
    "no_files",
    "This session's files cannot be reached from outside",
    "Hibernate and wake it; if that does not help, its machine or application does not offer this.",
)
NO_DOWNLOADS = Problem(
    403,
    "policy_download",
    "Files may not leave this session",
    "The application, a group or your organisation forbids downloads.",
)
NO_UPLOADS = Problem(
    403,
    "policy_upload",
    "Files may not be brought into this session or changed from outside",
    "The application, a group or your organisation forbids uploads.",
)
NEITHER_WAY = Problem(
    403,
    "policy_files",
    "This session's files stay inside",
    "The application, a group or your organisation forbids uploads and downloads.",
)
LENGTH_NEEDED = Problem(411, "length_needed", "Say how much you send", "A Content-Length header is missing.")
TOO_LARGE = Problem(413, "too_large", "That is too much at once", "The upload is larger than this installation allows.")
HEAD_TOO_LARGE = Problem(
    431,
    "head_too_large",
    "The request's head is too large",
    "Delete this site's cookies and open the session from the portal again.",
)
UNREACHABLE = Problem(
    502,
    "unreachable",
    "The session does not answer",
    "Its application may have crashed. Reload in a moment, or restart the session from the portal.",
)
REFUSED_UPGRADE = Problem(
    502,
    "upgrade_refused",
    "The session refused the stream",
    "Reload in a moment, or restart the session from the portal.",
)
AGENT_AWAY = Problem(
    503,
    "agent_away",
    "The session's machine is not connected",
    "The session goes on there. It usually comes back by itself: reload in a few seconds.",
)
CONTROL_AWAY = Problem(
    503,
    "control_plane_away",
    "Nothing new can be opened just now",
    "The control plane cannot be reached. What is open goes on; reload in a few seconds.",
)
STOPPING = Problem(
    503,
    "stopping",
    "This gateway is being restarted",
    "Reload in a few seconds.",
)
BUSY = Problem(
    503,
    "busy",
    "This session has too many requests at once",
    "Reload in a moment.",
)
TOO_OFTEN = Problem(
    429,
    "too_many_requests",
    "Too many requests for this session's files",
    "Wait a few seconds, then go on.",
)
TIMEOUT = Problem(
    504,
    "timeout",
    "The session did not answer in time",
    "It may be busy. Reload in a moment.",
)


class Refused(Exception):  # noqa: N818
    """The request cannot be served; `problem` says why."""

    def __init__(self, problem: Problem, detail: str = "") -> None:
        super().__init__(detail or problem.title)
        self.problem = problem
        self.detail = detail


_STYLE = (
    ":root{color-scheme:light dark}"
    "body{font:16px/1.5 system-ui,sans-serif;display:grid;place-items:center;min-height:100vh;margin:0;"
    "background:light-dark(#f6f7f9,#14161a);color:light-dark(#1c1e21,#e6e8eb)}"
    "main{max-width:30rem;padding:2rem}h1{font-size:1.4rem;margin:0 0 .5rem}p{margin:.5rem 0}"
    "small{color:light-dark(#666,#9aa0a6)}a{color:light-dark(#0b5cad,#7ab7ff)}"
)
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()


def wants_json(accept: bytes) -> bool:
    """Return whether the caller asked for JSON rather than a page."""
    text = accept.lower()
    return b"text/html" not in text


def frame_policy(portal_origins: tuple[str, ...]) -> str:
    """Return the CSP directive that says who may frame what the gateway serves."""
    return "frame-ancestors " + (" ".join(portal_origins) or "'none'")


def respond(
    refused: Refused, *, as_json: bool, portal_origins: tuple[str, ...]
) -> tuple[list[tuple[bytes, bytes]], bytes]:
    """Write the answer's headers and body."""
    problem = refused.problem
    if as_json:
        message = refused.detail or f"{problem.title}. {problem.advice}"
        body = json.dumps({"error": problem.code, "message": message}).encode()
        kind, policy = b"application/json", f"default-src 'none'; {frame_policy(portal_origins)}"
    else:
        body = _page(refused, portal_origins).encode()
        kind = b"text/html; charset=utf-8"
        policy = f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; {frame_policy(portal_origins)}"
    headers = [
        (b"content-type", kind),
        (b"content-length", b"%d" % len(body)),
        (b"cache-control", b"no-store"),
        (b"content-security-policy", policy.encode()),
        (b"referrer-policy", b"no-referrer"),
        (b"x-content-type-options", b"nosniff"),
    ]
    if problem.status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers.append((b"retry-after", b"3"))
    return headers, body


def _page(refused: Refused, portal_origins: tuple[str, ...]) -> str:
    problem = refused.problem
    detail = f"<p>{html.escape(refused.detail)}</p>" if refused.detail else ""
    portal = (
        f'<p><a href="{html.escape(portal_origins[0])}" target="_top">Go to the portal</a></p>'
        if portal_origins
        else ""
    )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{html.escape(problem.title)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body><main>'
        f"<h1>{html.escape(problem.title)}</h1><p>{html.escape(problem.advice)}</p>{detail}{portal}"
        f"<small>{problem.status} {problem.code}</small></main></body></html>"
    )


def raw(refused: Refused, *, as_json: bool, portal_origins: tuple[str, ...]) -> bytes:
    """Write the whole answer, for a connection that is not ASGI's; it closes afterwards."""
    headers, body = respond(refused, as_json=as_json, portal_origins=portal_origins)
    status = refused.problem.status
    lines = [b"HTTP/1.1 %d %s\r\n" % (status, HTTPStatus(status).phrase.encode())]
    lines += [b"%s: %s\r\n" % pair for pair in headers]
    return b"".join([*lines, b"connection: close\r\n\r\n", body])


def same_secret(given: str, wanted: str) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(given.encode(), wanted.encode())
