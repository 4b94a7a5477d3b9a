"""The page that shows VNC sessions: ours, on the sessions' origin, because it handles what a session sends."""

from __future__ import annotations

import mimetypes
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from streamspace.gateway import pages
from streamspace.gateway.pages import Refused

if TYPE_CHECKING:
    from streamspace.gateway.heads import Headers
    from streamspace.gateway.settings import GatewaySettings

BUILT = Path(__file__).parent / "web" / "vnc"
"""Where `./dev web` puts it."""
_INDEX = "index.html"
_KEPT_DIRECTORY = "assets/"


@cache
def _files(folder: Path) -> dict[str, bytes]:
    """Return every file of the page; they are few and small."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def answer(rest: bytes, session_id: str, settings: GatewaySettings, folder: Path = BUILT) -> tuple[Headers, bytes]:
    """Return the headers and the body for a path below a session's.

    Raises:
        Refused: there is no such file.
    """
    name = rest.decode("latin-1").removeprefix("/") or _INDEX
    body = _files(folder).get(name)
    if body is None:
        unbuilt = "The page for VNC sessions was not built here: ./dev web" if name == _INDEX else ""
        raise Refused(pages.NOT_FOUND, unbuilt)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if kind.startswith("text/"):
        kind += "; charset=utf-8"
    kept = name.startswith(_KEPT_DIRECTORY)
    return [
        (b"content-type", kind.encode()),
        (b"cache-control", b"private, max-age=31536000, immutable" if kept else b"no-cache"),
        (b"content-security-policy", _policy(session_id, settings).encode()),
        (b"referrer-policy", b"same-origin"),
        (b"x-content-type-options", b"nosniff"),
        (b"cross-origin-resource-policy", b"same-origin"),
    ], body


def _policy(session_id: str, settings: GatewaySettings) -> str:
    own = f"{settings.origin}/s/{session_id}/"
    stream = own.replace("http", "ws", 1)
    rules = [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        # The pointer's picture, which the session draws.
        "img-src 'self' data:",
        f"connect-src {own} {stream}",
        "base-uri 'none'",
        "form-action 'none'",
        pages.frame_policy(settings.portal_origins),
    ]
    return "; ".join(rules)
