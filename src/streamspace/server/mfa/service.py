"""What can be done with second factors and passkeys."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, generate_challenge

from streamspace.kit import ids
from streamspace.server.challenges import service as challenges
from streamspace.server.core import auth, permissions
from streamspace.server.core.attempts import Attempts, TooManyAttempts
from streamspace.server.core.db import Database, UnitOfWork
from streamspace.server.core.errors import NotFound
from streamspace.server.core.permissions import Action, Actor
from streamspace.server.core.settings import Settings
from streamspace.server.mfa import codes, passkeys, proof, queries
from streamspace.server.mfa.errors import (
    BadPasskey,
    LastMethod,
    MethodNotImplemented,
    NoMethodYet,
    NoSuchMethod,
    PasskeyIsSecond,
    PasskeyKnown,
    PasskeysNeedName,
    PasskeysNeedTls,
    ReauthenticationRequired,
    TooManyMethods,
    WrongSetupCode,
)
from streamspace.server.mfa.models import BackupCode, CodeGuesses, MfaMethod
from streamspace.server.mfa.proof import Proof
from streamspace.server.mfa.schemas import Credential, MfaMethodList, MfaSetupOut, method_out
from streamspace.server.users import service as users
from streamspace.server.users.models import User

MOST_METHODS = 10
SETUP_LIFETIME = timedelta(minutes=15)
PASSKEY_LIFETIME = timedelta(minutes=5)
"""How long a browser may take to ask its person."""
_LONGEST_CODE = 64
_BACKUP = "backup codes"
_NEW_PASSKEY, _PASSKEY = "passkey-new", "passkey"
_CREDENTIAL_ID = re.compile(r"[A-Za-z0-9_-]{1,1400}")


@dataclass(frozen=True, slots=True)
class Factors:
    """What a person can prove themselves with; false if nothing, for backup codes only stand in for others."""

    totp: bool
    passkeys: bool
    backup: bool

    def __bool__(self) -> bool:
        return self.totp or self.passkeys


async def factors(uow: UnitOfWork, user_id: str) -> Factors:
    """Return what second factors a person has."""
    found = await queries.kinds(uow.db, user_id)
    return Factors(totp=found.totp > 0, passkeys=found.passkeys > 0, backup=found.backup > 0)


async def enrolled_in(uow: UnitOfWork, user_id: str, login_id: str) -> bool:
    """Say whether a person set up in this sign-in a second factor that they still have."""
    return await queries.is_made_in(uow.db, user_id, login_id)


async def check_code(uow: UnitOfWork, settings: Settings, user_id: str, code: str) -> str | None:
    """Return how a code is right, `totp` or `backup`, and use it up; None if it is wrong.

    Whoever asks must refuse with a problem that keeps its work, or the wrong try is not counted.

    Raises:
        TooManyAttempts: too many wrong codes in a row; with Retry-After, in seconds.
    """
    await users.hold(uow, user_id)  # of many guesses at once, each sees the one before
    guesses = await uow.db.get(CodeGuesses, user_id, populate_existing=True)
    if guesses is not None and guesses.wait_until is not None and guesses.wait_until > uow.now():
        wait = max(1, round((guesses.wait_until - uow.now()).total_seconds()))
        raise TooManyAttempts(headers={"Retry-After": str(wait)}, details={"retryAfter": wait})
    how = await _use_code(uow, settings, user_id, codes.plain(code)[:_LONGEST_CODE])
    if how is None:
        if guesses is None:
            guesses = CodeGuesses(user_id=user_id, wrong=0)
            uow.db.add(guesses)
        guesses.wrong += 1
        wait_for = codes.wait_after(guesses.wrong)
        guesses.wait_until = None if wait_for is None else uow.now() + wait_for
    elif guesses is not None:
        await uow.db.delete(guesses)
    await uow.db.flush()
    return how


async def _use_code(uow: UnitOfWork, settings: Settings, user_id: str, code: str) -> str | None:
    key = settings.secret_key.get_secret_value()
    if not codes.is_totp(code):
        hashed = auth.keyed_hash(key, _BACKUP, code)
        if not await queries.use_backup_code(uow.db, user_id, hashed, uow.now()):
            return None
        uow.note("mfa.backup_code_used", "user", user_id)
        return "backup"
    for method in await queries.confirmed(uow.db, user_id, "totp"):
        secret = auth.unseal(key, method.secret or "")
        step = codes.matching_step(secret, code, uow.now(), method.last_step) if secret else None
        if step is not None and await queries.use_step(uow.db, method.id, step, uow.now()):
            return "totp"
    return None


async def passkey_options(uow: UnitOfWork, settings: Settings, user_id: str | None) -> tuple[str, dict[str, Any]]:
    """Ask for a passkey: one of this person's after their password, or, without a person, anybody's as sole login.

    Raises:
        PasskeysNeedName: browsers know this installation by an address.
        PasskeysNeedTls: browsers offer no passkeys here.
    """
    site = passkeys.site(settings.resolved_public_url)
    known = [] if user_id is None else await queries.confirmed(uow.db, user_id, "webauthn")
    challenge = generate_challenge()
    asked = {"challenge": bytes_to_base64url(challenge), "user": user_id}
    token = await challenges.issue(uow, _PASSKEY, asked, PASSKEY_LIFETIME)
    return token, passkeys.request_options(site, challenge, known=known, alone=user_id is None)


async def check_passkey(
    uow: UnitOfWork, settings: Settings, token: str, credential: dict[str, Any], *, user_id: str | None = None
) -> str | None:
    """Return whose passkey answered what `passkey_options` asked for the same person; None if none did.

    As sole login it must have verified its person, by fingerprint or PIN; it is then both factors in one.

    Raises:
        PasskeyIsSecond: it is right, but its person signs in elsewhere, where they may have been switched off.
    """
    asked = await challenges.redeem(uow, _PASSKEY, token)
    name = credential.get("id")
    if asked is None or asked["user"] != user_id or not isinstance(name, str) or not _CREDENTIAL_ID.fullmatch(name):
        return None
    method = await queries.passkey(uow.db, name)
    if method is None or user_id not in {None, method.user_id}:
        return None
    site = passkeys.site(settings.resolved_public_url)
    challenge = base64url_to_bytes(asked["challenge"])
    answer = passkeys.answered(site, challenge, credential, method, alone=user_id is None)
    if answer is None:
        return None
    method.sign_count = answer.new_sign_count
    method.last_used_at = uow.now()
    user = await users.get_by_id(uow, method.user_id)
    if user_id is None and user is not None and user.provider != "local":
        raise PasskeyIsSecond
    return method.user_id


async def overview(uow: UnitOfWork, settings: Settings, actor: Actor) -> MfaMethodList:
    """List the actor's own second factors."""
    _require(actor)
    left = (await queries.kinds(uow.db, actor.id)).backup
    reason = None
    try:
        passkeys.site(settings.resolved_public_url)
    except (PasskeysNeedName, PasskeysNeedTls) as why:
        reason = why.message
    return MfaMethodList(
        methods=[method_out(method) for method in await queries.confirmed(uow.db, actor.id)],
        backup_codes_left=left,
        required=await queries.is_required(uow.db, actor.id),
        can_use_passkeys=reason is None,
        reason=reason,
    )


async def set_up(
    database: Database, settings: Settings, actor: Actor, given: Proof, *, kind: str, name: str
) -> MfaSetupOut:
    """Make an authenticator app's secret. It counts once a code has shown that the app has it."""
    _require(actor)
    if kind != "totp":
        raise MethodNotImplemented
    await _prove(database, actor, given, adding=True)
    secret = codes.new_secret()
    async with database.work() as uow:
        await _room_for_one(uow, actor)
        await queries.drop_unconfirmed(uow.db, actor.id)
        sealed = auth.seal(settings.secret_key.get_secret_value(), secret)
        method = _method(uow, actor, "totp", name.strip() or "Authenticator app", secret=sealed)
        uow.db.add(method)
        uow.note("mfa.setup_started", "mfa_method", method.id)
        return MfaSetupOut(id=method.id, secret=secret, uri=codes.uri(secret, actor.username), issuer=codes.ISSUER)


async def verify_setup(
    uow: UnitOfWork, settings: Settings, attempts: Attempts, actor: Actor, method_id: str, code: str, address: str
) -> list[str] | None:
    """Take an authenticator app into use; the answer is backup codes, for who has none yet."""
    _require(actor)
    await users.hold(uow, actor.id)
    method = await queries.one(uow.db, actor.id, method_id)
    if method is None or method.confirmed_at is not None or method.created_at + SETUP_LIFETIME < uow.now():
        raise NoSuchMethod
    key = settings.secret_key.get_secret_value()
    secret, plain = auth.unseal(key, method.secret or ""), codes.plain(code)
    with attempts.one(f"mfa-setup:{actor.id}", f"ip:{address}") as attempt:
        step = None
        if secret is not None and codes.is_totp(plain):
            step = codes.matching_step(secret, plain, uow.now(), 0)
        if step is None:
            raise WrongSetupCode
        attempt.succeeded()
    method.last_step = step
    return await _confirm(uow, settings, method)


async def passkey_setup_options(
    database: Database, settings: Settings, actor: Actor, given: Proof, *, name: str
) -> tuple[str, dict[str, Any]]:
    """Ask the actor's browser to make a passkey."""
    _require(actor)
    site = passkeys.site(settings.resolved_public_url)
    await _prove(database, actor, given, adding=True)
    challenge = generate_challenge()
    async with database.work() as uow:
        await _room_for_one(uow, actor)
        user = await _person(uow, actor)
        asked = {"challenge": bytes_to_base64url(challenge), "user": actor.id, "name": name}
        token = await challenges.issue(uow, _NEW_PASSKEY, asked, PASSKEY_LIFETIME)
        uow.note("mfa.setup_started", "user", actor.id)
        options = passkeys.creation_options(
            site,
            challenge,
            user_id=user.id,
            username=user.username,
            full_name=user.full_name,
            known=await queries.confirmed(uow.db, actor.id, "webauthn"),
        )
    return token, options


async def add_passkey(
    uow: UnitOfWork, settings: Settings, actor: Actor, token: str, name: str, credential: Credential
) -> tuple[MfaMethod, list[str] | None]:
    """Take a passkey into use; with it come backup codes, for who has none yet."""
    _require(actor)
    await users.hold(uow, actor.id)
    asked = await challenges.redeem(uow, _NEW_PASSKEY, token)
    if asked is None or asked["user"] != actor.id:
        raise BadPasskey
    await _room_for_one(uow, actor)
    site = passkeys.site(settings.resolved_public_url)
    made = passkeys.created(site, base64url_to_bytes(asked["challenge"]), credential.plain())
    method = _method(
        uow,
        actor,
        "webauthn",
        name.strip() or asked["name"].strip() or "Passkey",
        credential_id=bytes_to_base64url(made.credential_id),
        public_key=bytes_to_base64url(made.credential_public_key),
        sign_count=made.sign_count,
        transports=passkeys.known_transports(credential.response.transports),
    )
    try:
        async with uow.db.begin_nested():
            uow.db.add(method)
    except IntegrityError:
        raise PasskeyKnown from None
    return method, await _confirm(uow, settings, method)


async def rename(uow: UnitOfWork, actor: Actor, method_id: str, name: str) -> MfaMethod:
    """Call a second factor something else."""
    _require(actor)
    method = await queries.one(uow.db, actor.id, method_id)
    if method is None or method.confirmed_at is None:
        raise NoSuchMethod
    uow.note("mfa.method_renamed", "mfa_method", method.id, before={"name": method.name}, after={"name": name.strip()})
    method.name = name.strip()
    return method


async def remove(database: Database, actor: Actor, given: Proof, method_id: str) -> None:
    """Take a second factor out of use; with the last one go the backup codes."""
    _require(actor)
    async with database.work(write=False) as uow:
        if await queries.one(uow.db, actor.id, method_id) is None:
            raise NoSuchMethod
    await _prove(database, actor, given, adding=False)
    async with database.work() as uow:
        await users.hold(uow, actor.id)
        method = await queries.one(uow.db, actor.id, method_id)
        if method is None:
            raise NoSuchMethod
        others = [one for one in await queries.confirmed(uow.db, actor.id) if one.id != method.id]
        if not others and method.confirmed_at is not None:
            if await queries.is_required(uow.db, actor.id):
                raise LastMethod
            await queries.drop_backup_codes(uow.db, actor.id)
        await uow.db.delete(method)
        uow.note("mfa.method_removed", "mfa_method", method.id, before={"type": method.type, "name": method.name})


async def renew_backup_codes(database: Database, settings: Settings, actor: Actor, given: Proof) -> list[str]:
    """Make new backup codes. The old ones count no more."""
    _require(actor)
    await _prove(database, actor, given, adding=False)
    async with database.work() as uow:
        await users.hold(uow, actor.id)
        if not await factors(uow, actor.id):
            raise NoMethodYet
        return await _make_backup_codes(uow, settings, actor.id)


async def reset(uow: UnitOfWork, user_id: str) -> None:
    """Take all of somebody's second factors out of use; for who lost them. Callers check the permission."""
    await users.hold(uow, user_id)
    removed = await queries.drop_all(uow.db, user_id)
    uow.note("mfa.reset", "user", user_id, before={"methods": removed}, after={"methods": 0})


def _require(actor: Actor) -> None:
    permissions.require(actor, Action.CREDENTIALS_CHANGE, owner_id=actor.id, org_id=actor.org_id)


async def _prove(database: Database, actor: Actor, given: Proof, *, adding: bool) -> None:
    async with database.work(write=False) as uow:
        if actor.only is not None and await factors(uow, actor.id):
            # This sign-in has not shown the second factor that there is by now.
            raise ReauthenticationRequired("Sign in again, with your second factor.")
    await proof.require(database, actor, given, adding=adding)


async def _person(uow: UnitOfWork, actor: Actor) -> User:
    user = await users.get_by_id(uow, actor.id)
    if user is None:
        raise NotFound
    return user


async def _room_for_one(uow: UnitOfWork, actor: Actor) -> None:
    if len(await queries.confirmed(uow.db, actor.id)) >= MOST_METHODS:
        raise TooManyMethods


def _method(uow: UnitOfWork, actor: Actor, kind: str, name: str, **rest: Any) -> MfaMethod:
    values: dict[str, Any] = {"last_step": 0, "sign_count": 0, "transports": [], **rest}
    return MfaMethod(
        id=ids.uid(),
        user_id=actor.id,
        type=kind,
        name=name,
        login_id=actor.login_id,
        created_at=uow.now(),
        **values,
    )


async def _confirm(uow: UnitOfWork, settings: Settings, method: MfaMethod) -> list[str] | None:
    method.confirmed_at = uow.now()
    await uow.db.flush()
    uow.note("mfa.method_added", "mfa_method", method.id, after={"type": method.type, "name": method.name})
    if await queries.has_backup_codes(uow.db, method.user_id):
        return None
    return await _make_backup_codes(uow, settings, method.user_id)


async def _make_backup_codes(uow: UnitOfWork, settings: Settings, user_id: str) -> list[str]:
    key = settings.secret_key.get_secret_value()
    await queries.drop_backup_codes(uow.db, user_id)
    made = codes.new_backup_codes()
    hashes = [auth.keyed_hash(key, _BACKUP, codes.plain(code)) for code in made]
    uow.db.add_all(BackupCode(hashed=hashed, user_id=user_id) for hashed in hashes)
    await uow.db.flush()
    uow.note("mfa.backup_codes_made", "user", user_id)
    return made
