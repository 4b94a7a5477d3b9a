from __future__ import annotations

from datetime import datetime

from pydantic import Field

from streamspace.protocol.base import Wire
from streamspace.server.users.schemas import UserOut


class LoginIn(Wire):
    """Name and password. With `cookie`, the tokens come as HttpOnly cookies and not in the body."""

    username: str = Field(min_length=1, max_length=254)
    password: str = Field(min_length=1, max_length=1024)
    cookie: bool = False


class RefreshIn(Wire):
    """The refresh token; a browser leaves it out and sends its cookie."""

    refresh_token: str | None = Field(default=None, max_length=200)


class LoginOut(Wire):
    """A login: the access token lasts until `expires_at`, the refresh token makes the next one."""

    token: str | None = None
    refresh_token: str | None = None
    expires_at: datetime
    user: UserOut
