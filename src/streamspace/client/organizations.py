"""Organisations: the tenants of an installation, and who belongs to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from streamspace.client.people import (
    Organization,
    OrganizationList,
    OrganizationMemberList,
)
from streamspace.client.transport import given

if TYPE_CHECKING:
    from streamspace.client.transport import Transport

PATH = "/api/v1/organizations"


class Organizations:
    """`api.organizations`. Those the caller may not see raise `NotFound`, what they may not do `Forbidden`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def list(self, *, limit: int | None = None, cursor: str | None = None) -> OrganizationList:
        """Return one page of organisations; pass `next_cursor` back as `cursor` for the next."""
        return await self._transport.get(OrganizationList, PATH, {"limit": limit, "cursor": cursor})

    async def get(self, org_id: str) -> Organization:
        """Return one organisation."""
        return await self._transport.get(Organization, _path(org_id))

    async def create(
        self,
        name: str,
        *,
        display_name: str,
        description: str | None = None,
        k8s_namespace: str | None = None,
        admin: dict[str, str] | None = None,
    ) -> Organization:
        """Make an organisation.

        Args:
            name: Lower case, digits and hyphens; unique.
            display_name: As shown to people.
            description: What it is for.
            k8s_namespace: Where its sessions run on Kubernetes.
            admin: Its first administrator: `username`, `email`, `fullName`, `password`.

        Raises:
            Conflict: the name is taken.
        """
        body = {
            "name": name,
            "displayName": display_name,
            "description": description,
            "k8sNamespace": k8s_namespace,
            "admin": admin,
        }
        answer = await self._transport.call("POST", PATH, body=given(body))
        return self._transport.read(Organization, answer)

    async def update(
        self,
        org_id: str,
        *,
        display_name: str | None = None,
        description: str | None = None,
        k8s_namespace: str | None = None,
        status: str | None = None,
        require_mfa: bool | None = None,
        guest_links: bool | None = None,
    ) -> Organization:
        """Change what is given. `status` `suspended` ends its sessions and logins; `active` brings it back."""
        body: dict[str, Any] = {
            "displayName": display_name,
            "description": description,
            "k8sNamespace": k8s_namespace,
            "status": status,
            "requireMfa": require_mfa,
            "guestLinks": guest_links,
        }
        answer = await self._transport.call("PATCH", _path(org_id), body=given(body))
        return self._transport.read(Organization, answer)

    async def remove(self, org_id: str) -> None:
        """Delete an organisation; until its grace period ends, `update(status="active")` brings it back."""
        await self._transport.call("DELETE", _path(org_id))

    async def members(
        self, org_id: str, *, limit: int | None = None, cursor: str | None = None
    ) -> OrganizationMemberList:
        """Return one page of an organisation's people."""
        query = {"limit": limit, "cursor": cursor}
        return await self._transport.get(OrganizationMemberList, f"{_path(org_id)}/members", query)

    async def add(self, org_id: str, username: str, org_role: str = "user") -> None:
        """Let somebody who has an account into an organisation too, or change their role there."""
        body = {"username": username, "orgRole": org_role}
        await self._transport.call("POST", f"{_path(org_id)}/members", body=body)

    async def set_role(self, org_id: str, user_id: str, org_role: str) -> None:
        """Change somebody's role in an organisation."""
        path = f"{_path(org_id)}/members/{quote(user_id, safe='')}"
        await self._transport.call("PATCH", path, body={"orgRole": org_role})

    async def drop(self, org_id: str, user_id: str) -> None:
        """Take somebody out of an organisation; their sessions there end."""
        await self._transport.call("DELETE", f"{_path(org_id)}/members/{quote(user_id, safe='')}")


def _path(org_id: str) -> str:
    return f"{PATH}/{quote(org_id, safe='')}"
