from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from streamspace.server.mfa.models import BackupCode, CodeGuesses, MfaMethod
from streamspace.server.organizations.models import Membership, Organization


async def kinds(db: AsyncSession, user_id: str) -> Any:
    mine = (MfaMethod.user_id == user_id, MfaMethod.confirmed_at.is_not(None))
    asked = select(
        select(func.count()).where(*mine, MfaMethod.type == "totp").scalar_subquery().label("totp"),
        select(func.count()).where(*mine, MfaMethod.type == "webauthn").scalar_subquery().label("passkeys"),
        select(func.count())
        .where(BackupCode.user_id == user_id, BackupCode.used_at.is_(None))
        .scalar_subquery()
        .label("backup"),
    )
    return (await db.execute(asked)).one()


async def confirmed(db: AsyncSession, user_id: str, kind: str | None = None) -> Sequence[MfaMethod]:
    mine = select(MfaMethod).where(MfaMethod.user_id == user_id, MfaMethod.confirmed_at.is_not(None))
    if kind is not None:
        mine = mine.where(MfaMethod.type == kind)
    return (await db.execute(mine.order_by(MfaMethod.created_at, MfaMethod.id))).scalars().all()


async def is_made_in(db: AsyncSession, user_id: str, login_id: str) -> bool:
    made = select(MfaMethod.id).where(
        MfaMethod.user_id == user_id, MfaMethod.login_id == login_id, MfaMethod.confirmed_at.is_not(None)
    )
    return (await db.execute(made.limit(1))).first() is not None


async def one(db: AsyncSession, user_id: str, method_id: str) -> MfaMethod | None:
    mine = (MfaMethod.id == method_id, MfaMethod.user_id == user_id)
    return (await db.execute(select(MfaMethod).where(*mine))).scalar_one_or_none()


async def passkey(db: AsyncSession, credential_id: str) -> MfaMethod | None:
    """Locked, so that of two answers at once the second is compared with the first's count."""
    found = select(MfaMethod).where(MfaMethod.credential_id == credential_id).with_for_update()
    return (await db.execute(found)).scalar_one_or_none()


async def use_step(db: AsyncSession, method_id: str, step: int, at: datetime) -> bool:
    used = await db.execute(
        update(MfaMethod)
        .where(MfaMethod.id == method_id, MfaMethod.last_step < step)
        .values(last_step=step, last_used_at=at)
        .returning(MfaMethod.id)
        .execution_options(synchronize_session=False)
    )
    return used.first() is not None


async def use_backup_code(db: AsyncSession, user_id: str, hashed: str, at: datetime) -> bool:
    used = await db.execute(
        update(BackupCode)
        .where(BackupCode.hashed == hashed, BackupCode.user_id == user_id, BackupCode.used_at.is_(None))
        .values(used_at=at)
        .returning(BackupCode.hashed)
        .execution_options(synchronize_session=False)
    )
    return used.first() is not None


async def has_backup_codes(db: AsyncSession, user_id: str) -> bool:
    return (
        await db.execute(select(BackupCode.hashed).where(BackupCode.user_id == user_id).limit(1))
    ).first() is not None


async def drop_backup_codes(db: AsyncSession, user_id: str) -> None:
    await db.execute(delete(BackupCode).where(BackupCode.user_id == user_id))


async def drop_unconfirmed(db: AsyncSession, user_id: str) -> None:
    await db.execute(delete(MfaMethod).where(MfaMethod.user_id == user_id, MfaMethod.confirmed_at.is_(None)))


async def drop_all(db: AsyncSession, user_id: str) -> int:
    dropped = await db.execute(delete(MfaMethod).where(MfaMethod.user_id == user_id).returning(MfaMethod.id))
    await db.execute(delete(CodeGuesses).where(CodeGuesses.user_id == user_id))
    await drop_backup_codes(db, user_id)
    return len(dropped.all())


async def is_required(db: AsyncSession, user_id: str) -> bool:
    """Whether any organisation of the person asks for a second factor."""
    asks = (
        select(Organization.id)
        .join(Membership, Membership.org_id == Organization.id)
        .where(Membership.user_id == user_id, Organization.require_mfa, Organization.status == "active")
    )
    return (await db.execute(asks.limit(1))).first() is not None
