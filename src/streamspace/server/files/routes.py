from __future__ import annotations

from fastapi import APIRouter, Request, Response

from streamspace.server.core.http import CurrentActor, CurrentContext, Uow, client_address, encoded, needs
from streamspace.server.core.permissions import Action
from streamspace.server.files import service
from streamspace.server.files.errors import FilesAsleep
from streamspace.server.files.schemas import FilesAccessOut
from streamspace.server.gateways.service import NoGateway
from streamspace.server.sessions.errors import NoSuchSession

router = APIRouter(prefix="/sessions/{session_id}/files", tags=["files"])


@router.post(
    "/access",
    response_model=FilesAccessOut,
    **needs(Action.SESSION_FILES, NoSuchSession, FilesAsleep, NoGateway),
)
async def open_files(
    session_id: str, request: Request, actor: CurrentActor, uow: Uow, context: CurrentContext
) -> Response:
    """Get the address of your session's files and a token for ten minutes; the files themselves do not pass here."""
    opened = await service.access(uow, actor, context.settings, session_id, ip=client_address(request))
    return encoded(opened)
