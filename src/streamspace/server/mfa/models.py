from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from streamspace.server.core.db import Base


class MfaMethod(Base):
    """One way a person proves themselves beside the password: an authenticator app, or a passkey."""

    __tablename__ = "mfa_methods"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    type: Mapped[str] = mapped_column(String(20))
    """totp or webauthn."""
    name: Mapped[str] = mapped_column(String(100))
    secret: Mapped[str | None] = mapped_column(Text)
    """An authenticator app's secret, sealed."""
    last_step: Mapped[int] = mapped_column(BigInteger, default=0)
    """The 30 seconds whose code was used last; no code of then or before counts again."""
    credential_id: Mapped[str | None] = mapped_column(String(1400), unique=True)
    """How an authenticator names a passkey, base64url."""
    public_key: Mapped[str | None] = mapped_column(Text)
    """A passkey's public key, COSE in base64url."""
    sign_count: Mapped[int] = mapped_column(BigInteger, default=0)
    """How often the authenticator says that it used the passkey; one that counts backwards was copied."""
    transports: Mapped[list[str]]
    """How the browser reached the authenticator, for it to do so again."""
    login_id: Mapped[str | None] = mapped_column(String(36))
    """The sign-in in which it was set up, which thereby has shown it."""
    confirmed_at: Mapped[datetime | None]
    """None until the person showed that it works."""
    last_used_at: Mapped[datetime | None]
    created_at: Mapped[datetime]


class BackupCode(Base):
    """A code that stands in for a lost second factor, once."""

    __tablename__ = "backup_codes"

    hashed: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    used_at: Mapped[datetime | None]


class CodeGuesses(Base):
    """How many wrong codes in a row a person's sign-ins brought, and until when none is looked at."""

    __tablename__ = "mfa_guesses"

    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    wrong: Mapped[int] = mapped_column(default=0)
    wait_until: Mapped[datetime | None]
