from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from streamspace.server.core.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class LoginEnded(Event):
    """A login was signed out or revoked; its sockets and streams close."""

    name: ClassVar[str] = "login.ended"
    login_id: str
    user_id: str
