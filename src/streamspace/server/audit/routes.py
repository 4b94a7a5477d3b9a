from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from pydantic import AfterValidator, AwareDatetime
from starlette.responses import Response, StreamingResponse

from streamspace.server.audit import exporting, service
from streamspace.server.audit.errors import NoSuchEntry
from streamspace.server.audit.exporting import Format
from streamspace.server.audit.jobs import Sealer
from streamspace.server.audit.schemas import AuditEntryOut, AuditList, Filter, Outcome, VerifyOut, entry_json
from streamspace.server.core.errors import BadCursor, Forbidden
from streamspace.server.core.http import ActorAlone, CurrentContext, Cursor, encoded, needs
from streamspace.server.core.permissions import Action

router = APIRouter(prefix="/admin/audit", tags=["audit"])

MOST = 1000
_LAST = 2**53 - 1


def _in_reach(moment: datetime) -> datetime:
    if not MINYEAR < moment.year < MAXYEAR:  # at the very ends, turning it into UTC would leave the calendar
        raise ValueError("This is no time of ours.")
    return moment


Moment = Annotated[AwareDatetime | None, AfterValidator(lambda m: m and _in_reach(m))]
Seq = Annotated[int, Path(ge=1, le=_LAST)]
Text = Annotated[str | None, Query(min_length=1, max_length=255, pattern=r"^[^\x00]+$")]


async def _filter(
    user_id: Text = None,
    username: Text = None,
    org_id: Text = None,
    action: Text = None,
    resource_type: Text = None,
    resource_id: Text = None,
    ip_address: Text = None,
    outcome: Outcome | None = None,
    code: Text = None,
    start_date: Moment = None,
    end_date: Moment = None,
) -> Filter:
    return Filter(
        user_id=user_id,
        username=username,
        org_id=org_id,
        action=action,
        resource_type=resource_type,
        resource_id=resource_id,
        ip_address=ip_address,
        outcome=outcome,
        code=code,
        start_date=start_date,
        end_date=end_date,
    )


Wanted = Annotated[Filter, Depends(_filter)]


# What only reads here seals first, in a transaction of its own: who did something sees it in the log at once.
@router.get("", response_model=AuditList, **needs(Action.AUDIT_VIEW, BadCursor))
async def list_audit_entries(
    actor: ActorAlone,
    context: CurrentContext,
    wanted: Wanted,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 50,
    cursor: Cursor = None,
    after: Annotated[int | None, Query(ge=0, le=_LAST)] = None,
    page: Annotated[int | None, Query(ge=1, le=1_000_000)] = None,
    page_size: Annotated[int | None, Query(ge=1, le=MOST)] = None,
) -> Response:
    """List who did what, newest first, or oldest first from the entry `after` on. An `action` may end with `*`."""
    chain = service.sees_all(actor)
    size = page_size or limit
    await context.part(Sealer).run()
    async with context.database.work(write=False) as uow:
        if after is not None:
            rows, following = await service.since(uow, actor, wanted, limit=size, after=after), None
            total = len(rows)
        else:
            rows, total, following = await service.page(uow, actor, wanted, limit=size, cursor=cursor, number=page)
    body: dict[str, Any] = {
        "logs": [entry_json(row, chain=chain) for row in rows],
        "total": total,
        "page": page or 1,
        "page_size": size,
        "total_pages": -(-total // size),
    }
    if following:
        body["nextCursor"] = following
    return encoded(body)


@router.get("/export", response_class=StreamingResponse, **needs(Action.AUDIT_VIEW))
async def export_audit_log(
    actor: ActorAlone,
    context: CurrentContext,
    wanted: Wanted,
    form: Annotated[Format, Query(alias="format")] = "json",
) -> StreamingResponse:
    """Give the log as a file, oldest first: `csv`, `json`, or `jsonl`, whose lines are what is hashed."""
    chain = service.sees_all(actor)
    async with context.database.work() as uow:
        uow.note("audit.exported", "audit", None, after={"format": form, **wanted.told()})
    sealer = context.part(Sealer)
    await sealer.run()
    body = exporting.lines(context.database, actor, wanted, form, chain=chain, until=await sealer.last())
    headers = {"Content-Disposition": f'attachment; filename="streamspace-audit.{form}"'}
    return StreamingResponse(body, headers=headers, media_type=exporting.TYPES[form])


@router.get("/verify", **needs(Action.AUDIT_VIEW))
async def verify_audit_log(
    actor: ActorAlone, context: CurrentContext, accept: Annotated[list[int] | None, Query(max_length=100)] = None
) -> VerifyOut:
    """Read the whole chain and say whether it is the one that was written; entries in `accept` tell of known gaps."""
    if not service.sees_all(actor):
        raise Forbidden("Only who may see the whole log can check its chain.")
    return await context.part(Sealer).verify(frozenset(accept or ()))


@router.get("/{seq}", response_model=AuditEntryOut, **needs(Action.AUDIT_VIEW, NoSuchEntry))
async def get_audit_entry(seq: Seq, actor: ActorAlone, context: CurrentContext) -> Response:
    """Show one entry."""
    chain = service.sees_all(actor)
    await context.part(Sealer).run()
    async with context.database.work(write=False) as uow:
        return encoded(entry_json(await service.get(uow, actor, seq), chain=chain))
