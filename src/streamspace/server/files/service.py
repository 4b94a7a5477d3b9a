"""What can be done with a session's files: reach them, and hear what was done."""

from __future__ import annotations

from datetime import timedelta

from streamspace.kit import ids
from streamspace.protocol import files
from streamspace.protocol.tokens import mint
from streamspace.server.core import permissions
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.permissions import Action, Actor
from streamspace.server.core.settings import Settings
from streamspace.server.core.trail import Origin
from streamspace.server.files.errors import FilesAsleep
from streamspace.server.files.schemas import FilesAccessOut
from streamspace.server.gateways import service as gateways
from streamspace.server.sessions import borders
from streamspace.server.sessions import service as sessions
from streamspace.server.sessions.errors import NoSuchSession
from streamspace.server.sessions.models import Session
from streamspace.server.sessions.rules import ENDED, State

_SOON = "The session is not running yet. Its files can be reached when it is."
_WHY = {
    State.HIBERNATED: "The session is hibernated. Wake it to reach its files.",
    State.HIBERNATING: "The session is being hibernated. Wake it to reach its files.",
    State.PENDING: _SOON,
    State.STARTING: _SOON,
    State.WAKING: _SOON,
}


async def access(uow: UnitOfWork, actor: Actor, settings: Settings, session_id: str, *, ip: str) -> FilesAccessOut:
    """Let somebody reach the files of their own session for a while; the policy that holds now goes with it.

    Raises:
        NoSuchSession: not there for this actor.
        FilesAsleep: it does not run.
        NoGateway: nothing could carry them.
    """
    await sessions.get(uow, actor, session_id)
    session = await uow.db.get(Session, session_id)
    if session is None:
        raise NoSuchSession
    permissions.require(actor, Action.SESSION_FILES, owner_id=session.user_id, org_id=session.org_id)
    if session.state != State.RUNNING:
        ended = "This session has ended. What was in its home is there in the next one, if it is kept."
        raise FilesAsleep(ended if session.state in ENDED else _WHY.get(State(session.state), ""))
    policy = (await borders.of(uow, session)).policy
    gateway = await gateways.choose(uow, session.id)
    now = uow.now()
    token = files.FilesToken(
        jti=ids.uid(),
        iat=now.timestamp(),
        exp=now.timestamp() + files.FILES_SECONDS,
        session_id=session.id,
        agent_id=session.agent_id,
        user_id=actor.id,
        username=actor.username,
        login_id=actor.login_id,
        by_key=actor.key_id is not None,
        org_id=session.org_id,
        ip=ip[:64],
        upload=bool(policy.upload),
        download=bool(policy.download),
        max_upload_bytes=policy.max_upload_bytes or 0,
    )
    told = {"upload": token.upload, "download": token.download, "maxUploadBytes": token.max_upload_bytes}
    uow.note("session.files_opened", "session", session.id, after=told, org_id=session.org_id)
    return FilesAccessOut(
        url=f"{gateway.public_url}{files.FILES_PREFIX}{session.id}",
        token=mint(token, settings.gateway_secret.get_secret_value()),
        expires_at=now + timedelta(seconds=files.FILES_SECONDS),
        upload=token.upload,
        download=token.download,
        max_upload_bytes=token.max_upload_bytes,
    )


async def moved(uow: UnitOfWork, transfer: files.FileMoved) -> bool:
    """Write down what a gateway says was done, as done by whose token it was; false if there is no such session."""
    session = await uow.db.get(Session, transfer.session_id)
    if session is None or session.org_id != transfer.org_id:
        return False
    origin = Origin(ip=transfer.ip or None)
    key = transfer.login_id if transfer.by_key else None
    origin.know(transfer.user_id, transfer.username, transfer.org_id, login_id=transfer.login_id, key_id=key)
    uow.origin = origin
    uow.note(
        f"session.file_{transfer.direction}",
        "session",
        session.id,
        after={"path": transfer.path, "sizeBytes": transfer.size_bytes},
        org_id=session.org_id,
        outcome="ok" if transfer.complete else "failed",
        code=None if transfer.complete else "broken_off",
    )
    return True


async def withdraw(uow: UnitOfWork, org_id: str) -> None:
    """Make every files token of an organisation useless, and cut what is under way; a new one says what holds now."""
    await gateways.revoke(uow, "connection", files.audience_of(org_id))
