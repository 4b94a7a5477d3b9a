from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from streamspace.server.core.db import Base


class IdentityProvider(Base):
    """Somebody else who vouches for people; those it makes belong to its organisation."""

    __tablename__ = "identity_providers"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    org_id: Mapped[str] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    """oidc or saml."""
    name: Mapped[str] = mapped_column(String(50), unique=True)
    """Part of the addresses that the provider is told, so it never changes."""
    display_name: Mapped[str] = mapped_column(String(100))
    preset: Mapped[str] = mapped_column(String(20))
    config: Mapped[dict[str, Any]]
    """What the protocol needs; nothing secret."""
    secret: Mapped[str | None] = mapped_column(Text)
    """Sealed: the client secret (OIDC), or our own signing key and certificate (SAML)."""
    enabled: Mapped[bool] = mapped_column(default=True)
    listed: Mapped[bool] = mapped_column(default=True)
    """Whether the sign-in page offers it."""
    managed_by: Mapped[str] = mapped_column(String(10))
    """platform or org. What an organisation made itself counts in that organisation alone."""
    allowed_domains: Mapped[list[str]]
    allowed_groups: Mapped[list[str]]
    group_rules: Mapped[list[dict[str, Any]]]
    default_org_role: Mapped[str] = mapped_column(String(20))
    jit: Mapped[bool]
    """Whether people it vouches for are made when they first come."""
    trust_mfa: Mapped[bool] = mapped_column(default=False)
    """Whether its sign-in counts as a second factor."""
    trust_email: Mapped[bool] = mapped_column(default=False)
    """Whether its e-mail addresses count as verified although it does not say so."""
    recheck_minutes: Mapped[int] = mapped_column(Integer)
    """How often it is asked whether a person may still come in, where it can be asked."""
    session_hours: Mapped[int] = mapped_column(Integer)
    """How long a login lasts where it cannot be asked."""
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class Identity(Base):
    """Who a person is to a provider. The subject never changes; names and addresses may."""

    __tablename__ = "identities"
    __table_args__ = (UniqueConstraint("provider_id", "subject"), UniqueConstraint("provider_id", "user_id"))

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    provider_id: Mapped[str] = mapped_column(ForeignKey("identity_providers.id", ondelete="CASCADE"))
    subject: Mapped[str] = mapped_column(String(500))
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    claims: Mapped[dict[str, Any]]
    """What was said at the last sign-in, in short: e-mail, name, groups."""
    refresh_token: Mapped[str | None] = mapped_column(Text)
    """Sealed; how the provider is asked again."""
    last_checked_at: Mapped[datetime] = mapped_column(index=True)
    created_at: Mapped[datetime]
