from __future__ import annotations

from datetime import datetime
from typing import Literal, Self

from pydantic import Field, model_validator

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
    """Somebody to take in, by id, or by the name or e-mail address they sign in with."""

    user_id: str | None = Field(default=None, min_length=1, max_length=100)
    username: str | None = Field(default=None, min_length=1, max_length=254)
    role: GroupRole = GroupRole.MEMBER

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if (self.user_id is None) is (self.username is None):
            raise ValueError("Give either userId or username.")
        return self


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
