"""What the audit log is told: who acts in this request, what they did, and nothing that is secret."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

MASKED = "***"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
LENGTHS = {
    "orgId": 64,
    "actorId": 64,
    "actorName": 255,
    "actorKind": 20,
    "keyId": 64,
    "loginId": 64,
    "ip": 64,
    "userAgent": 255,
    "requestId": 64,
    "action": 80,
    "resourceType": 60,
    "resourceId": 200,
    "outcome": 10,
    "code": 60,
}
"""How long each text of an entry may be; the table's columns are as wide."""
_SECRET_WORDS = frozenset(
    {
        *("password", "passwords", "passwd", "passphrase", "secret", "secrets", "token", "tokens", "hash", "hashes"),
        *("key", "apikey", "credential", "credentials", "cookie", "authorization", "otp", "totp", "nonce", "assertion"),
        *("code", "codes", "private", "pem", "seed", "salt", "signature"),
    }
)
_TELLS_ABOUT = frozenset({"id", "ids", "at", "name", "prefix", "type", "kind", "count", "left", "lifetime", "status"})
"""A last word that makes a name tell about a secret instead of holding it: key_id, tokenExpiresAt."""
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_LOOKS_SECRET = re.compile(
    r"\bsk_[A-Za-z0-9_-]{16,}|\bey[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*"
    r"|(?<=://)[^/\s:@]{0,200}:[^/\s@]{1,200}(?=@)|-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(?:-----END[A-Z -]*)?"
)
_LONGEST_TEXT = 500
_MOST_ITEMS = 50
_DEEPEST = 6
_EXACT = 2**53 - 1


@dataclass(slots=True)
class Origin:
    """Who caused what is written now, and from where. One object accompanies a request through all its work."""

    actor_kind: str = "system"
    """user, key, agent, system or anonymous."""
    actor_id: str | None = None
    actor_name: str | None = None
    org_id: str | None = None
    login_id: str | None = None
    key_id: str | None = None
    ip: str | None = None
    user_agent: str | None = None
    request_id: str | None = None
    about: dict[str, Any] = field(default_factory=dict)
    """What an entry of a refusal should tell besides, such as the name that somebody tried to sign in with."""
    noted: set[str] = field(default_factory=set)
    """Outcomes of entries that were committed."""
    over: bool = False
    """Whether the request has been answered; work that it left behind is the system's."""

    def know(self, actor_id: str, name: str, org_id: str | None, *, login_id: str | None, key_id: str | None) -> None:
        """Take down who it turned out to be."""
        self.actor_kind = "key" if key_id else "user"
        self.actor_id, self.actor_name, self.org_id = actor_id, name, org_id
        self.key_id, self.login_id = key_id, None if key_id else login_id or None

    def row(self) -> dict[str, Any]:
        """Return what an entry repeats of this."""
        return {
            "orgId": self.org_id,
            "actorId": self.actor_id,
            "actorName": self.actor_name,
            "actorKind": self.actor_kind,
            "keyId": self.key_id,
            "loginId": self.login_id,
            "ip": self.ip,
            "userAgent": self.user_agent,
            "requestId": self.request_id,
        }


ORIGIN: ContextVar[Origin | None] = ContextVar("origin", default=None)
"""The request that is being served; nothing in background work, which is the system's."""


def current_origin() -> Origin:
    """Return who causes what this task writes."""
    origin = ORIGIN.get()
    return Origin() if origin is None or origin.over else origin


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of the API that changes something, as an entry names it that no service wrote."""

    action: str
    kind: str
    id: str | None


def operation_of(scope: Mapping[str, Any]) -> Operation | None:
    """Return which audited operation an HTTP request asks for; None for one that only reads, or is left out."""
    route = scope.get("route")
    declared = getattr(route, "openapi_extra", None) or {}
    if scope["method"] in SAFE or "x-permission" not in declared or declared.get("x-audited") is False:
        return None
    named = [str(value) for value in scope.get("path_params", {}).values()]
    tags = getattr(route, "tags", None) or ["api"]
    return Operation(str(getattr(route, "name", "")), str(tags[0]), named[-1] if named else None)


def entry(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry as it waits for the chain: bounded texts, and nothing that is not there."""
    return {
        name: text(value, LENGTHS[name]) if isinstance(value, str) else value
        for name, value in values.items()
        if value is not None
    }


def changes(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return what changed, without secrets; of two states only what differs."""
    if before is not None and after is not None:
        names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
        before = {name: before[name] for name in names if name in before}
        after = {name: after[name] for name in names if name in after}
    told = {name: clean(state) for name, state in (("before", before), ("after", after)) if state is not None}
    return told or None


def clean(value: Any, depth: int = 0) -> Any:  # noqa: PLR0911 - one line per kind of value
    """Make a value fit for the log: no secrets, no endless text, nothing that two readers would write differently."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value) if -_EXACT <= value <= _EXACT else str(value)
    if isinstance(value, str):
        return text(value, _LONGEST_TEXT)
    if depth >= _DEEPEST:
        return "…"
    if isinstance(value, Mapping):
        pairs = list(value.items())[:_MOST_ITEMS]
        return {text(str(k), 100): masked(str(k), v, depth) for k, v in pairs}
    if isinstance(value, list | tuple | set | frozenset):
        items = list(value) if isinstance(value, list | tuple) else sorted(value, key=str)
        return [clean(item, depth + 1) for item in items[:_MOST_ITEMS]]
    return text(str(value), _LONGEST_TEXT)


def masked(name: str, value: Any, depth: int) -> Any:
    """Hide what its name calls a secret. That it is there, or is a yes or no, is none."""
    if value is None or isinstance(value, bool) or not is_secret(name):
        return clean(value, depth + 1)
    return MASKED


def is_secret(name: str) -> bool:
    """Say whether a thing of this name is kept from the log."""
    words = [word.lower() for word in _WORDS.findall(name)]
    return bool(words) and words[-1] not in _TELLS_ABOUT and not _SECRET_WORDS.isdisjoint(words)


def text(value: str, longest: int) -> str:
    """Bound a text, and drop what a database or a reader stumbles over."""
    shown = _LOOKS_SECRET.sub(MASKED, value[: longest * 4].replace("\0", "�").encode(errors="replace").decode())
    return shown if len(shown) <= longest else f"{shown[: longest - 1]}…"
