"""What a web application needs beyond the engine, kept inside its session's path: cookies, redirects, its own requests.

All sessions of a gateway share one origin, and a web application's scripts are whatever its image holds. So its page is
told by policy to talk to its own session only, and to open no window in which it could reach another. Pure.
"""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit, urlunsplit

from streamspace.gateway.heads import Headers
from streamspace.protocol.streams import SESSION_PREFIX

_OURS = ("streamspace", "__host-", "__secure-")
"""Names of cookies that are no application's: ours, and those that browsers keep for whole hosts."""
_KEPT_ATTRIBUTES = frozenset({"max-age", "expires", "httponly", "samesite"})
_LARGEST_COOKIES = 8 * 1024


def base(session_id: str) -> str:
    """Return the path that is the session's."""
    return f"{SESSION_PREFIX}{session_id}/"


def cookies(headers: Headers) -> Headers:
    """Return the cookies that the application may see: those that are not ours."""
    kept = [
        part.strip()
        for key, value in headers
        if key == b"cookie"
        for part in value.decode("latin-1").split(";")
        if part.strip() and not part.strip().lower().startswith(_OURS)
    ]
    joined = "; ".join(kept).encode("latin-1")
    return [(b"cookie", joined)] if kept and len(joined) <= _LARGEST_COOKIES else []


def set_cookies(headers: Headers, session_id: str, *, secure: bool) -> Headers:
    """Return the cookies that the application sets, each for its session's path alone."""
    found = (_set_cookie(value, session_id, secure=secure) for key, value in headers if key == b"set-cookie")
    return [(b"set-cookie", value) for value in found if value is not None]


def _set_cookie(value: bytes, session_id: str, *, secure: bool) -> bytes | None:
    pair, *attributes = [part.strip() for part in value.decode("latin-1").split(";")]
    name, equals, _ = pair.partition("=")
    if not equals or not name.strip() or name.strip().lower().startswith(_OURS):
        return None
    kept = [word for word in attributes if word.partition("=")[0].strip().lower() in _KEPT_ATTRIBUTES]
    words = [pair, *kept, f"Path={base(session_id)}", *(["Secure"] if secure else [])]
    return "; ".join(words).encode("latin-1")


def redirect(location: bytes, asked: str, session_id: str, origin: str) -> bytes:
    """Return where a redirect leads: inside the session's path, where it leads to this gateway at all."""
    target = urlsplit(urljoin(f"{origin}{asked}", location.decode("latin-1")))
    if f"{target.scheme}://{target.netloc}" != origin:
        return location
    path = target.path
    if not path.startswith(base(session_id)) or "/../" in f"{path}/" or "%2e" in path.lower():
        # An application that does not know its base path means its own.
        path = base(session_id) + ("" if ".." in path or "%2e" in path.lower() else path.lstrip("/"))
    return urlunsplit(("", "", path, target.query, target.fragment)).encode("latin-1")


def policy(session_id: str, origin: str) -> bytes:
    """Return the policy that keeps an application's page to its own session."""
    own = origin + base(session_id)
    stream = own.replace("http", "ws", 1)
    rules = [
        f"connect-src {own} {stream} data: blob:",
        f"frame-src {own} data: blob:",
        f"worker-src {own} blob:",
        f"form-action {own}",
        "object-src 'none'",
        "sandbox allow-scripts allow-same-origin allow-forms allow-downloads allow-modals allow-pointer-lock",
    ]
    return "; ".join(rules).encode()


def to_browser(answer: Headers, cleaned: Headers, session_id: str, *, asked: str, origin: str, secure: bool) -> Headers:
    """Return the answer's headers: `cleaned` are those that any session's answer may have."""
    kept = [
        (key, redirect(value, asked, session_id, origin) if key in (b"location", b"content-location") else value)
        for key, value in cleaned
    ]
    own = set_cookies(answer, session_id, secure=secure)
    return [*kept, *own, (b"content-security-policy", policy(session_id, origin))]
