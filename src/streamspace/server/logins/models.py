from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from streamspace.server.core.db import Base


class Login(Base):
    """One sign-in of one person on one device, until it is ended or expires."""

    __tablename__ = "logins"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    org_id: Mapped[str] = mapped_column(ForeignKey("organizations.id"))
    refresh_hash: Mapped[str] = mapped_column(String(64), unique=True)
    previous_hash: Mapped[str | None] = mapped_column(String(64), index=True)
    """The refresh token before this one: seen again, it was stolen, and the login ends."""
    refreshed_at: Mapped[datetime]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    method: Mapped[str] = mapped_column(String(20), default="password", server_default="password")
    """How the person proved themselves: password, passkey, oidc, saml; with `+mfa` after a second factor."""
    provider_id: Mapped[str | None] = mapped_column(String(36), index=True)
    """The identity provider that vouched for the person."""
    provider_session: Mapped[str | None] = mapped_column(String(255), index=True)
    """What the identity provider calls its own session, for its logout to find ours."""
    bound_to_org: Mapped[bool] = mapped_column(default=False, server_default="0")
    """Whether one organisation's own provider vouched, which counts in that organisation alone."""
    ip: Mapped[str] = mapped_column(String(64))
    user_agent: Mapped[str] = mapped_column(String(300))
