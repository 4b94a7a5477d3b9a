"""People: their accounts, as administrators see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from streamspace.client.people import Imported, LoginEntryList, User, UserList
from streamspace.client.transport import given

if TYPE_CHECKING:
    import builtins

    from streamspace.client.transport import Transport

PATH = "/api/v1/users"


class Users:
    """`api.users`. People the caller may not see raise `NotFound`, what they may not do `Forbidden`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def list(
        self,
        *,
        search: str | None = None,
        role: str | None = None,
        org_role: str | None = None,
        active: bool | None = None,
        group: str | None = None,
        provider: str | None = None,
        sort: str | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> UserList:
        """Return one page of people; pass `next_cursor` back as `cursor` for the next."""
        query = {
            "search": search,
            "role": role,
            "orgRole": org_role,
            "active": None if active is None else str(active).lower(),
            "group": group,
            "provider": provider,
            "sort": sort,
            "limit": limit,
            "cursor": cursor,
        }
        return await self._transport.get(UserList, PATH, query)

    async def get(self, user_id: str) -> User:
        """Return one person."""
        return await self._transport.get(User, _path(user_id))

    async def create(
        self,
        username: str,
        *,
        email: str,
        full_name: str,
        password: str | None = None,
        role: str | None = None,
        org_role: str | None = None,
        provider: str | None = None,
        groups: builtins.list[str] | None = None,
    ) -> User:
        """Add a person to the caller's organisation.

        Args:
            username: 3 to 32 letters, digits, `-` or `_`.
            email: Nobody else's.
            full_name: As shown to others.
            password: At least 8 characters; people of `saml` and `oidc` have none.
            role: System role: `user`, `operator` or `admin`.
            org_role: `viewer`, `user`, `maintainer` or `org_admin`.
            provider: `local`, `saml` or `oidc`.
            groups: Ids of groups to put them into.

        Raises:
            Conflict: the username or e-mail is taken.
            Forbidden: not permitted, or the roles have rights that the caller lacks.
        """
        body = {
            "username": username,
            "email": email,
            "fullName": full_name,
            "password": password,
            "role": role,
            "orgRole": org_role,
            "provider": provider,
            "groups": groups,
        }
        answer = await self._transport.call("POST", PATH, body=given(body))
        return self._transport.read(User, answer)

    async def update(
        self,
        user_id: str,
        *,
        email: str | None = None,
        full_name: str | None = None,
        role: str | None = None,
        org_role: str | None = None,
        active: bool | None = None,
    ) -> User:
        """Change what is given. Turned inactive, a person's sessions, logins, keys and streams end at once."""
        body = {"email": email, "fullName": full_name, "role": role, "orgRole": org_role, "active": active}
        answer = await self._transport.call("PATCH", _path(user_id), body=given(body))
        return self._transport.read(User, answer)

    async def remove(self, user_id: str) -> None:
        """Remove a person for good; the audit log keeps what they did."""
        await self._transport.call("DELETE", _path(user_id))

    async def set_password(self, user_id: str, password: str) -> None:
        """Give somebody a new password; their logins end."""
        await self._transport.call("POST", f"{_path(user_id)}/password", body={"password": password})

    async def unlock(self, user_id: str) -> None:
        """Let somebody try again who was locked out after wrong passwords."""
        await self._transport.call("POST", f"{_path(user_id)}/unlock")

    async def reset_mfa(self, user_id: str) -> None:
        """Remove all second factors of somebody who lost them."""
        await self._transport.call("DELETE", f"{_path(user_id)}/mfa")

    async def logins(self, user_id: str) -> LoginEntryList:
        """Return where somebody is signed in, as far as the caller administers it."""
        return await self._transport.get(LoginEntryList, f"{_path(user_id)}/logins")

    async def end_logins(self, user_id: str) -> None:
        """Sign somebody out wherever `logins` shows them."""
        await self._transport.call("DELETE", f"{_path(user_id)}/logins")

    async def end_login(self, user_id: str, login_id: str) -> None:
        """End one of somebody's logins; its streams close within a second.

        Raises:
            NotFound: it is none that `logins` shows.
        """
        await self._transport.call("DELETE", f"{_path(user_id)}/logins/{quote(login_id, safe='')}")

    async def import_csv(self, text: bytes, *, dry_run: bool = False, partial: bool = False) -> Imported:
        """Add people from CSV.

        Args:
            text: UTF-8 with a header `username,email,fullName` and perhaps `orgRole,groups,password`, at most 1 MiB.
            dry_run: Only say what would happen.
            partial: Add the good lines although others are bad; otherwise it is all or nothing.
        """
        query: dict[str, Any] = {"dryRun": str(dry_run).lower(), "partial": str(partial).lower()}
        answer = await self._transport.call("POST", f"{PATH}/import", query=query, content=("text/csv", text))
        return self._transport.read(Imported, answer)


def _path(user_id: str) -> str:
    return f"{PATH}/{quote(user_id, safe='')}"
