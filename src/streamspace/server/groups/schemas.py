from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from streamspace.protocol.base import Wire
from streamspace.server.core.permissions import GroupRole

Type = Literal["team", "department", "project"]
NAME = r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?$"


class GroupIn(Wire):
    """A new group."""

    name: str = Field(min_length=3, max_length=50, pattern=NAME)
    display_name: str = Field(min_length=3, max_length=100)
    description: str = Field(default="", max_length=500)
    type: Type = "team"
    parent_id: str | None = Field(default=None, max_length=36)


class GroupPatch(Wire):
    """What to change; a field left out stays, and a parent of null makes it a group at the top."""

    display_name: str | None = Field(default=None, min_length=3, max_length=100)
    description: str | None = Field(default=None, max_length=500)
    type: Type | None = None
    parent_id: str | None = Field(default=None, max_length=36)


class GroupMemberIn(Wire):
    """Somebody to take in."""

    user_id: str = Field(min_length=1, max_length=100)
    role: GroupRole = GroupRole.MEMBER


class GroupMemberPatch(Wire):
    """A member's new role."""

    role: GroupRole


class GroupMemberOut(Wire):
    """A person in a group."""

    id: str
    user_id: str
    username: str
    full_name: str
    email: str
    group_id: str
    role: GroupRole
    created_at: datetime


class GroupMemberList(Wire):
    """A page of a group's people."""

    members: list[GroupMemberOut]
    total: int
    next_cursor: str | None = None
