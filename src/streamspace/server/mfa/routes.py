from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request

from streamspace.server.core.attempts import Attempts, TooManyAttempts
from streamspace.server.core.http import (
    ActorAlone,
    Context,
    CurrentActor,
    CurrentContext,
    Uow,
    client_address,
    needs,
)
from streamspace.server.core.permissions import Action
from streamspace.server.mfa import service
from streamspace.server.mfa.errors import (
    BadPasskey,
    LastMethod,
    MethodNotImplemented,
    NoMethodYet,
    NoSuchMethod,
    PasskeyKnown,
    PasskeysNeedName,
    PasskeysNeedTls,
    ReauthenticationRequired,
    TooManyMethods,
    WrongSetupCode,
)
from streamspace.server.mfa.proof import Proof
from streamspace.server.mfa.schemas import (
    BackupCodesOut,
    CodeIn,
    MfaMethodList,
    MfaMethodOut,
    MfaMethodPatch,
    MfaSetupIn,
    MfaSetupOut,
    PasskeyIn,
    PasskeyOptionsIn,
    PasskeyOptionsOut,
    PasskeyOut,
    ProofIn,
    method_out,
    passkey_out,
)

router = APIRouter(prefix="/security/mfa", tags=["security"])

MethodId = Annotated[str, Path(max_length=64)]
_PROOF = (ReauthenticationRequired, TooManyAttempts)
_PASSKEYS = (PasskeysNeedName, PasskeysNeedTls)


@router.get("/methods", **needs(Action.CREDENTIALS_CHANGE))
async def list_mfa_methods(actor: CurrentActor, context: CurrentContext, uow: Uow) -> MfaMethodList:
    """List one's own second factors."""
    return await service.overview(uow, context.settings, actor)


@router.post("/setup", **needs(Action.CREDENTIALS_CHANGE, *_PROOF, MethodNotImplemented, TooManyMethods))
async def set_up_mfa(body: MfaSetupIn, request: Request, actor: ActorAlone, context: CurrentContext) -> MfaSetupOut:
    """Begin to set up an authenticator app; its first code, given to `verify-setup`, completes it."""
    proof = _proof(request, context, body.password)
    return await service.set_up(context.database, context.settings, actor, proof, kind=body.type, name=body.name)


@router.post(
    "/{mfa_id}/verify-setup", **needs(Action.CREDENTIALS_CHANGE, NoSuchMethod, WrongSetupCode, TooManyAttempts)
)
async def verify_mfa_setup(
    mfa_id: MethodId, body: CodeIn, request: Request, actor: CurrentActor, context: CurrentContext, uow: Uow
) -> BackupCodesOut:
    """Complete the setup of an authenticator app; the first second factor brings ten backup codes."""
    made = await service.verify_setup(
        uow, context.settings, context.part(Attempts), actor, mfa_id, body.code, client_address(request)
    )
    return BackupCodesOut(backup_codes=made)


@router.post("/backup-codes", **needs(Action.CREDENTIALS_CHANGE, *_PROOF, NoMethodYet))
async def renew_backup_codes(
    request: Request, actor: ActorAlone, context: CurrentContext, body: ProofIn | None = None
) -> BackupCodesOut:
    """Get ten new backup codes; the old ones count no more."""
    proof = _proof(request, context, body.password if body else None)
    made = await service.renew_backup_codes(context.database, context.settings, actor, proof)
    return BackupCodesOut(backup_codes=made)


@router.patch("/{mfa_id}", **needs(Action.CREDENTIALS_CHANGE, NoSuchMethod))
async def rename_mfa_method(mfa_id: MethodId, body: MfaMethodPatch, actor: CurrentActor, uow: Uow) -> MfaMethodOut:
    """Rename one of one's own second factors."""
    return method_out(await service.rename(uow, actor, mfa_id, body.name))


@router.delete("/{mfa_id}", status_code=204, **needs(Action.CREDENTIALS_CHANGE, *_PROOF, NoSuchMethod, LastMethod))
async def remove_mfa_method(
    mfa_id: MethodId, request: Request, actor: ActorAlone, context: CurrentContext, body: ProofIn | None = None
) -> None:
    """Remove one of one's own second factors."""
    proof = _proof(request, context, body.password if body else None)
    await service.remove(context.database, actor, proof, mfa_id)


@router.post("/passkeys/options", **needs(Action.CREDENTIALS_CHANGE, *_PROOF, *_PASSKEYS, TooManyMethods))
async def offer_passkey(
    body: PasskeyOptionsIn, request: Request, actor: ActorAlone, context: CurrentContext
) -> PasskeyOptionsOut:
    """Begin to add a passkey: `options` is what the browser's navigator.credentials.create takes."""
    proof = _proof(request, context, body.password)
    token, options = await service.passkey_setup_options(
        context.database, context.settings, actor, proof, name=body.name
    )
    return PasskeyOptionsOut(token=token, options=options)


@router.post(
    "/passkeys", status_code=201,
    **needs(Action.CREDENTIALS_CHANGE, BadPasskey, PasskeyKnown, TooManyMethods, *_PASSKEYS),
)  # fmt: skip
async def add_passkey(body: PasskeyIn, actor: CurrentActor, context: CurrentContext, uow: Uow) -> PasskeyOut:
    """Complete adding a passkey with what the browser made."""
    method, made = await service.add_passkey(uow, context.settings, actor, body.token, body.name, body.credential)
    return passkey_out(method, made)


def _proof(request: Request, context: Context, password: str | None) -> Proof:
    return Proof(context.part(Attempts), client_address(request), password)
