"""A small control plane: the edge, the audit log, and operations that note, forget to note, refuse and crash."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import httpx2
import pytest
from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from prometheus_client import CollectorRegistry
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from streamspace.server.audit import routes
from streamspace.server.audit.jobs import Sealer
from streamspace.server.core import http
from streamspace.server.core.db import Database, UnitOfWork
from streamspace.server.core.edge import Edge
from streamspace.server.core.errors import Conflict, Forbidden, Problem, Unauthenticated
from streamspace.server.core.events import Bus
from streamspace.server.core.http import ActorAlone, Context, CurrentActor, CurrentContext, Uow, needs, open_to_all
from streamspace.server.core.permissions import Action, Actor, OrgRole, Role
from streamspace.server.core.settings import Settings

PEOPLE = {
    "admin": Actor(id="u-admin", username="adam", org_id="here", role=Role.ADMIN, org_role=OrgRole.ORG_ADMIN),
    "operator": Actor(id="u-operator", username="olga", org_id="here", role=Role.OPERATOR, org_role=OrgRole.USER),
    "lead": Actor(id="u-lead", username="lea", org_id="here", org_role=OrgRole.ORG_ADMIN, login_id="login-of-lea"),
    "member": Actor(id="u-member", username="mia", org_id="here"),
    "stranger": Actor(id="u-stranger", username="sam", org_id="there", org_role=OrgRole.ORG_ADMIN),
}
PEOPLE["key"] = replace(PEOPLE["member"], login_id="key-1", key_id="key-1")
router = APIRouter(prefix="/things", tags=["things"])


class ThingIn(BaseModel):
    name: str = Field(max_length=10)


class KeptRefusal(Forbidden):
    """This was noted, and refused."""

    code = "kept_refusal"
    keeps_work = True


@router.get("/{thing_id}", **needs(Action.SESSION_VIEW))
async def show_thing(thing_id: str, actor: CurrentActor) -> str:
    raise Forbidden


@router.post("/noted", **needs(Action.SESSION_CREATE))
async def note_thing(body: ThingIn, actor: CurrentActor, uow: Uow) -> None:
    uow.note("thing.created", "thing", "t1", after={"name": body.name, "password": "hunter22"})


@router.post("/elsewhere", **needs(Action.SESSION_CREATE))
async def note_for_another_organization(actor: CurrentActor, uow: Uow) -> None:
    uow.note("thing.moved", "thing", "t2", org_id="there")


@router.put("/{thing_id}/forgotten", **needs(Action.SESSION_CHANGE))
async def forget_thing(thing_id: str, actor: CurrentActor, uow: Uow) -> None:
    """Change something without a note."""


@router.post("/alone", **needs(Action.SESSION_CHANGE))
async def work_alone(actor: ActorAlone, context: CurrentContext) -> None:
    async with context.database.work():
        """Change something without a note, in a transaction of its own."""


@router.post("/nothing", **needs(Action.SESSION_CHANGE))
async def change_nothing(actor: CurrentActor, uow: Uow) -> None:
    uow.changed_nothing()


@router.post("/heartbeat", **needs(Action.SESSION_CHANGE, audited=False))
async def beat(actor: CurrentActor, uow: Uow) -> None:
    """Not worth an entry."""


@router.delete("/{thing_id}", **needs(Action.SESSION_STOP, Conflict))
async def remove_thing(thing_id: str, actor: CurrentActor, uow: Uow) -> None:
    uow.note("thing.removed", "thing", thing_id)
    raise Conflict


@router.post("/kept", **needs(Action.SESSION_STOP, KeptRefusal))
async def refuse_and_keep(actor: CurrentActor, uow: Uow) -> None:
    uow.note("thing.stolen", "thing", "t3", outcome="denied", code="kept_refusal")
    raise KeptRefusal


@router.post("/crash", **needs(Action.SESSION_CREATE))
async def crash(actor: CurrentActor, uow: Uow) -> None:
    uow.note("thing.created", "thing", "t4")
    raise RuntimeError("a bug")


@router.post("/enter", **open_to_all(Unauthenticated))
async def enter(body: ThingIn, context: CurrentContext) -> None:
    async with context.database.work() as uow:
        uow.origin.about["username"] = body.name
        if body.name != "mia":
            raise Unauthenticated


async def _authenticate(uow: UnitOfWork, token: str, ip: str) -> Actor:
    if token not in PEOPLE:
        raise Unauthenticated
    return PEOPLE[token]


@pytest.fixture
def small(settings: Settings, database: Database) -> FastAPI:
    registry = CollectorRegistry()
    app = FastAPI(generate_unique_id_function=lambda route: route.name)
    app.state.context = Context(
        settings=settings,
        database=database,
        bus=Bus(),
        clock=database.clock,
        authenticate=_authenticate,
        metrics=registry,
        parts={Sealer: Sealer(settings, database, registry)},
    )
    app.include_router(router, prefix="/api/v1")
    app.include_router(routes.router, prefix="/api/v1")
    app.add_exception_handler(Problem, http.on_problem)
    app.add_exception_handler(RequestValidationError, http.on_invalid)
    app.add_exception_handler(HTTPException, http.on_http)
    app.add_exception_handler(Exception, http.on_crash)
    app.add_middleware(Edge, registry=registry, csp=lambda: "default-src 'none'")
    return app


@pytest.fixture
def sealer(small: FastAPI) -> Sealer:
    context: Context = small.state.context
    return context.part(Sealer)


Caller = Callable[..., httpx2.AsyncClient]


@pytest.fixture
async def calls(small: FastAPI) -> AsyncIterator[Caller]:
    """Clients by who they are: `calls("lead")`; `calls()` has not signed in."""
    made: list[httpx2.AsyncClient] = []

    def client(who: str = "", *, address: str = "203.0.113.7") -> httpx2.AsyncClient:
        transport = httpx2.ASGITransport(app=small, raise_app_exceptions=False, client=(address, 40000))
        headers = {"Authorization": f"Bearer {who}"} if who else {}
        made.append(httpx2.AsyncClient(transport=transport, base_url="http://desk.test", headers=headers))
        return made[-1]

    yield client
    for each in made:
        await each.aclose()


async def entries(calls: Caller, **query: Any) -> list[dict[str, Any]]:
    """Return the log, oldest first, as an administrator sees it."""
    answer = await calls("admin").get("/api/v1/admin/audit", params={"limit": 1000, **query})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["logs"]
    return found[::-1]
