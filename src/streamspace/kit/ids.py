"""Names that are unique, safe to show, and readable."""

from __future__ import annotations

import re
import secrets
import uuid

_NOT_DNS = re.compile(r"[^a-z0-9]+")


def uid() -> str:
    """Return a new UUID as text."""
    return str(uuid.uuid4())


def secret() -> str:
    """Return 256 random bits as 64 hexadecimal digits."""
    return secrets.token_hex(32)


def dns_part(text: str, longest: int) -> str:
    """Turn any text into part of a DNS label; empty text becomes `x`."""
    return _NOT_DNS.sub("-", text.lower()).strip("-")[:longest].strip("-") or "x"


def session_name(user: str, template: str) -> str:
    """Name a session `{user}-{template}-{8 hex}`, valid as a DNS label of at most 63 characters."""
    return f"{dns_part(user, 22)}-{dns_part(template, 30)}-{secrets.token_hex(4)}"
