"""Who sent a webhook: each provider signs in a way of its own; all are checked in constant time."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

from streamspace.server.repositories.errors import BadSignature, StaleDelivery

_FRESH = timedelta(minutes=5)
_LONGEST_REF = 400
_PUSHES = frozenset({"push", "Push Hook", "repo:push", ""})
_TESTS = frozenset({"ping", "diagnostics:ping"})


@dataclass(frozen=True, slots=True)
class Delivery:
    """A webhook whose sender is known."""

    provider: str
    key: str
    """The same for the same words of the same sender, and for no others."""
    event: str
    """`push`, `test`, or `other`."""
    branches: frozenset[str] | None
    """What was pushed to; None where the sender does not say."""


def check(headers: Mapping[str, str], body: bytes, secret: str, now: datetime) -> Delivery:
    """Find out who sent this, whether they knew the secret, and what it says.

    Raises:
        BadSignature: nobody who knew the secret.
        StaleDelivery: it was signed too long ago.
    """
    for header, provider, read in _PROVIDERS:
        if given := headers.get(header):
            return read(provider, given, headers, body, secret, now)
    raise BadSignature


def _signed(provider: str, given: str, headers: Mapping[str, str], body: bytes, secret: str, now: datetime) -> Delivery:
    del now
    if not _equal(given.removeprefix("sha256="), _mac(secret, body)):
        raise BadSignature
    name = {"github": "x-github-event", "gitea": "x-gitea-event", "bitbucket": "x-event-key"}[provider]
    # The number of a delivery is not signed, what it says is: a copy with another number is still a copy.
    return _delivery(provider, hashlib.sha256(body), headers.get(name, ""), body)


def _gitlab(provider: str, given: str, headers: Mapping[str, str], body: bytes, secret: str, now: datetime) -> Delivery:
    del now
    if not _equal(given, secret):
        raise BadSignature
    number = headers.get("x-gitlab-event-uuid", "")[:100]
    return _delivery(provider, hashlib.sha256(number.encode() + b"\n" + body), headers.get("x-gitlab-event", ""), body)


def _native(provider: str, given: str, headers: Mapping[str, str], body: bytes, secret: str, now: datetime) -> Delivery:
    """Ours: the HMAC is of the time in seconds, a full stop and the body, so that it cannot be sent again later."""
    stamp = headers.get("x-webhook-timestamp", "")
    if not _equal(given.removeprefix("sha256="), _mac(secret, stamp.encode() + b"." + body)):
        raise BadSignature
    if not stamp.isascii() or not stamp.isdigit() or abs(now.timestamp() - int(stamp[:15])) > _FRESH.total_seconds():
        raise StaleDelivery
    return _delivery(provider, hashlib.sha256(stamp.encode() + b"." + body), "push", body)


_Read = Callable[[str, str, Mapping[str, str], bytes, str, datetime], Delivery]
_PROVIDERS: tuple[tuple[str, str, _Read], ...] = (
    # Gitea sends GitHub's headers too, so it is asked first.
    ("x-gitea-signature", "gitea", _signed),
    ("x-hub-signature-256", "github", _signed),
    ("x-hub-signature", "bitbucket", _signed),
    ("x-gitlab-token", "gitlab", _gitlab),
    ("x-webhook-signature", "native", _native),
)


def _mac(secret: str, data: bytes) -> str:
    return hmac.new(secret.encode(), data, hashlib.sha256).hexdigest()


def _equal(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode(), wanted.encode())


def _delivery(provider: str, digest: Any, event: str, body: bytes) -> Delivery:
    kind = "push" if event in _PUSHES else "test" if event in _TESTS else "other"
    branches = _branches(body) if kind == "push" else frozenset()
    return Delivery(provider, hashlib.sha256(f"{provider}:{digest.hexdigest()}".encode()).hexdigest(), kind, branches)


def _branches(body: bytes) -> frozenset[str] | None:
    """Return what was pushed to, in any provider's words."""
    try:
        if body.startswith(b"payload="):  # what GitHub sends as a form
            body = parse_qs(body.decode())["payload"][0].encode()
        said = json.loads(body) if body.strip() else {}
    except (ValueError, RecursionError, KeyError):
        return frozenset()
    if not isinstance(said, dict):
        return frozenset()
    if isinstance(push := said.get("push"), dict):
        changes = push.get("changes") if isinstance(push.get("changes"), list) else []
        new = [change.get("new") for change in changes or [] if isinstance(change, dict)]
        return frozenset(
            str(ref.get("name"))[:_LONGEST_REF] for ref in new if isinstance(ref, dict) and ref.get("type") == "branch"
        )
    ref = said.get("ref", said.get("branch"))
    if ref is None:
        return None
    if not isinstance(ref, str) or ref.startswith("refs/tags/"):
        return frozenset()
    return frozenset({ref.removeprefix("refs/heads/")[:_LONGEST_REF]})
