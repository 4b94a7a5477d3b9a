from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import EmailStr, Field

from streamspace.protocol.base import Wire
from streamspace.server.users.schemas import UserOut


class LoginIn(Wire):
    """Name (or e-mail address) and password. With `cookie`, the tokens come as HttpOnly cookies and not in the body."""

    username: str = Field(min_length=1, max_length=254)
    password: str = Field(min_length=1, max_length=1024)
    cookie: bool = False


class MfaIn(Wire):
    """The second step: a code, or a passkey with the token that came with its options."""

    mfa_token: str = Field(min_length=1, max_length=200)
    code: str | None = Field(default=None, min_length=1, max_length=40)
    token: str | None = Field(default=None, max_length=200)
    credential: dict[str, Any] | None = None
    cookie: bool = False


class MfaTokenIn(Wire):
    """Who is half signed in."""

    mfa_token: str = Field(min_length=1, max_length=200)


class PasskeyIn(Wire):
    """A passkey's answer, as the browser gives it, with the token that came with its options."""

    token: str = Field(min_length=1, max_length=200)
    credential: dict[str, Any]
    cookie: bool = False


class CeremonyOut(Wire):
    """What `navigator.credentials.get` needs, and the token to send back with its answer."""

    token: str
    options: dict[str, Any]


class RefreshIn(Wire):
    """The refresh token; a browser leaves it out and sends its cookie."""

    refresh_token: str | None = Field(default=None, max_length=200)


class SwitchIn(Wire):
    """The organisation to go on in."""

    org_id: str = Field(min_length=1, max_length=64)
    cookie: bool = False


class LoginOut(Wire):
    """A login: the access token lasts until `expires_at`, the refresh token makes the next one."""

    token: str | None = None
    refresh_token: str | None = None
    expires_at: datetime
    user: UserOut
    mfa_enrolment_required: bool = False
    """Whether nothing but setting up a second factor is possible until that is done."""


class LoginEntry(Wire):
    """One place where somebody is signed in."""

    id: str
    current: bool
    org_id: str
    method: str
    provider_id: str | None = None
    ip: str
    user_agent: str
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime


class LoginList(Wire):
    """Where somebody is signed in, the last used first."""

    logins: list[LoginEntry]
    total: int


class SetupStatus(Wire):
    """Whether the first administrator has yet to choose a password."""

    setup_required: bool
    admin_exists: bool
    has_password: bool
    message: str


class SetupIn(Wire):
    """What the first administrator chooses."""

    password: str = Field(min_length=8, max_length=1024)
    password_confirm: str = Field(min_length=8, max_length=1024)
    email: EmailStr = Field(max_length=254)
    organization_name: str | None = Field(default=None, min_length=3, max_length=100)
