"""Groups: teams, departments and projects, and who is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from streamspace.client.people import Group, GroupList, GroupMemberList
from streamspace.client.transport import given

if TYPE_CHECKING:
    from streamspace.client.transport import Transport

PATH = "/api/v1/groups"


class Groups:
    """`api.groups`. Groups the caller may not see raise `NotFound`, what they may not do `Forbidden`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def list(self, *, limit: int | None = None, cursor: str | None = None) -> GroupList:
        """Return one page of groups; pass `next_cursor` back as `cursor` for the next."""
        return await self._transport.get(GroupList, PATH, {"limit": limit, "cursor": cursor})

    async def get(self, group_id: str) -> Group:
        """Return one group."""
        return await self._transport.get(Group, _path(group_id))

    async def create(
        self,
        name: str,
        *,
        display_name: str,
        description: str | None = None,
        type: str = "team",  # noqa: A002 - the API's name
        parent_id: str | None = None,
    ) -> Group:
        """Make a group; whoever makes it owns it.

        Args:
            name: Lower case, digits and hyphens; unique in the organisation.
            display_name: As shown to people.
            description: What it is for.
            type: `team`, `department` or `project`.
            parent_id: The group it is part of.

        Raises:
            Conflict: the name is taken.
        """
        body = {
            "name": name,
            "displayName": display_name,
            "description": description,
            "type": type,
            "parentId": parent_id,
        }
        answer = await self._transport.call("POST", PATH, body=given(body))
        return self._transport.read(Group, answer)

    async def update(self, group_id: str, **changes: Any) -> Group:
        """Change what is given: `displayName`, `description`, `type`, `parentId` (None moves it to the top)."""
        return self._transport.read(Group, await self._transport.call("PATCH", _path(group_id), body=changes))

    async def remove(self, group_id: str) -> None:
        """Remove a group; its people stay.

        Raises:
            Conflict: other groups are part of it.
        """
        await self._transport.call("DELETE", _path(group_id))

    async def members(self, group_id: str, *, limit: int | None = None, cursor: str | None = None) -> GroupMemberList:
        """Return one page of a group's people."""
        query = {"limit": limit, "cursor": cursor}
        return await self._transport.get(GroupMemberList, f"{_path(group_id)}/members", query)

    async def add(self, group_id: str, user_id: str, role: str = "member") -> None:
        """Put somebody into a group as `member`, `admin` or `owner`.

        Raises:
            Conflict: they are in it already.
        """
        body = {"userId": user_id, "role": role}
        await self._transport.call("POST", f"{_path(group_id)}/members", body=body)

    async def set_role(self, group_id: str, user_id: str, role: str) -> None:
        """Change somebody's role in a group."""
        path = f"{_path(group_id)}/members/{quote(user_id, safe='')}"
        await self._transport.call("PATCH", path, body={"role": role})

    async def drop(self, group_id: str, user_id: str) -> None:
        """Take somebody out of a group."""
        await self._transport.call("DELETE", f"{_path(group_id)}/members/{quote(user_id, safe='')}")


def _path(group_id: str) -> str:
    return f"{PATH}/{quote(group_id, safe='')}"
