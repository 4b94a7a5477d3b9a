"""Signing in and out, and the logins of the person who is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from streamspace.client.people import Login, LoginEntryList, User
from streamspace.client.transport import Tokens

if TYPE_CHECKING:
    from streamspace.client.transport import Transport

PATH = "/api/v1/auth"


class Auth:
    """`api.auth`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def login(self, username: str, password: str) -> Login:
        """Sign in and use the login for all further calls.

        Raises:
            SecondFactorNeeded: the password was right; `second_factor` finishes the login.
            NotSignedIn: wrong username or password (`invalid_credentials`).
            TooManyRequests: too many attempts; `retry_after` says how many seconds to wait.
        """
        return await self._begin("login", {"username": username, "password": password}, signed_in=False)

    async def second_factor(self, mfa_token: str, code: str) -> Login:
        """Finish a login with a code of the authenticator app, or a backup code.

        Args:
            mfa_token: `token` of the `SecondFactorNeeded` that `login` raised.
            code: Six digits, or one of the backup codes, which work once each.

        Raises:
            NotSignedIn: a wrong code, or it took too long.
        """
        return await self._begin("mfa", {"mfaToken": mfa_token, "code": code}, signed_in=False)

    async def use_key(self, key: str) -> User:
        """Use an API key for all further calls, after asking whose it is; the store keeps it.

        Raises:
            NotSignedIn: the key is unknown, revoked or expired.
        """
        before = self._transport.store.load()
        self._transport.store.save(Tokens(key))
        try:
            return await self.me()
        except BaseException:
            self._transport.store.save(before)
            raise

    async def switch(self, org_id: str) -> Login:
        """Go on in another organisation that the person belongs to.

        Raises:
            NotFound: not one of theirs.
            Forbidden: with an API key, or a login that one organisation alone vouched for.
        """
        return await self._begin("switch", {"orgId": org_id}, signed_in=True)

    async def logout(self) -> None:
        """End the login everywhere: its tokens stop working and its streams close within a second."""
        await self._transport.call("POST", f"{PATH}/logout")
        self._transport.store.save(None)

    async def me(self) -> User:
        """Return who is signed in.

        Raises:
            NotSignedIn: nobody, or no longer.
        """
        return await self._transport.get(User, "/api/v1/users/me")

    async def change_password(self, current: str, new: str) -> None:
        """Replace one's own password; all other logins end.

        Raises:
            ApiError: the present password is wrong, or the new one too weak.
        """
        body = {"currentPassword": current, "newPassword": new}
        await self._transport.call("POST", "/api/v1/users/me/password", body=body)

    async def logins(self) -> LoginEntryList:
        """Return where the person is signed in."""
        return await self._transport.get(LoginEntryList, f"{PATH}/logins")

    async def end(self, login_id: str) -> None:
        """End one of these logins; its streams close within a second.

        Raises:
            NotFound: no such login of this person.
        """
        await self._transport.call("DELETE", f"{PATH}/logins/{quote(login_id, safe='')}")

    async def end_all(self, *, current: bool = False) -> None:
        """End all other logins of the person, and with `current` this one too."""
        await self._transport.call("DELETE", f"{PATH}/logins", query={"current": "true"} if current else None)
        if current:
            self._transport.store.save(None)

    async def _begin(self, step: str, body: dict[str, Any], *, signed_in: bool) -> Login:
        answer = await self._transport.call("POST", f"{PATH}/{step}", body=body, signed_in=signed_in)
        login = self._transport.read(Login, answer)
        self._transport.keep(login)
        return login
