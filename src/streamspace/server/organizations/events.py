from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from streamspace.server.core.events import Event


@dataclass(frozen=True, kw_only=True, slots=True)
class OrganizationClosed(Event):
    """An organisation was suspended or deleted: its sessions end."""

    name: ClassVar[str] = "organization.closed"
    organization_id: str
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MemberLeft(Event):
    """A person is no longer in an organisation: their sessions there end."""

    name: ClassVar[str] = "organization.member_left"
    user_id: str
