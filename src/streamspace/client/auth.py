"""Signing in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streamspace.client.models import Login, User

if TYPE_CHECKING:
    from streamspace.client.transport import Transport


class Auth:
    """`api.auth`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def login(self, username: str, password: str) -> Login:
        """Sign in and use the login for all further calls.

        Raises:
            NotSignedIn: wrong username or password (`invalid_credentials`).
            TooManyRequests: too many attempts; `retry_after` says how many seconds to wait.
        """
        answer = await self._transport.call(
            "POST", "/api/v1/auth/login", body={"username": username, "password": password}, signed_in=False
        )
        login = self._transport.read(Login, answer)
        self._transport.keep(login)
        return login

    async def logout(self) -> None:
        """End the login everywhere: its tokens stop working and its streams close within a second."""
        await self._transport.call("POST", "/api/v1/auth/logout")
        self._transport.store.save(None)

    async def me(self) -> User:
        """Return who is signed in.

        Raises:
            NotSignedIn: nobody, or no longer.
        """
        return await self._transport.get(User, "/api/v1/users/me")
