"""Whatever the description allows, and much that it does not, is answered as the description says, to three roles."""

from __future__ import annotations

import asyncio
import threading
import zlib
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_schema_conformance,
    status_code_conformance,
)

from streamspace.server import program
from streamspace.server.app import create_app
from streamspace.server.core.http import Context
from streamspace.server.core.settings import Settings
from tests.server.conftest import SECRETS
from tests.server.matrix import world as worlds
from tests.server.matrix.things import Things
from tests.server.matrix.world import Someone

described = schemathesis.openapi.from_dict(create_app(Settings(**SECRETS)).openapi())
CHECKS = [status_code_conformance, content_type_conformance, response_schema_conformance]
ROLES = ("admin", "org_admin", "user")
EXAMPLES = 5
THINGS = {
    "user_id": "person.id",
    "username": "person.username",
    "group_id": "group.id",
    "key_id": "key.id",
    "login_id": "login.id",
    "mfa_id": "begun.id",
    "session_id": "session.id",
    "provider_id": "provider.id",
    "org_id": "place.id",
    "agent_id": "agent.agent_id",
    "command_id": "command.command_id",
    "seq": "entry.seq",
}
"""What there is of each kind, for most requests to meet something; the others make names up."""
OWN = {"session_id", "key_id", "login_id", "mfa_id"}
LOCKS_OUT = {"requireMfa", "status"}
"""What would keep whoever comes after from doing anything in the organisation."""


@dataclass
class Server:
    """A control plane that listens, in a thread of its own."""

    url: str
    context: Context
    loop: asyncio.AbstractEventLoop
    entry: int = 0

    def do(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run something there."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(60)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, catalog_dir: Path) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("api")
    known = Settings(data_dir=folder, catalog_dir=catalog_dir, port=0, login_attempts=1_000_000, **SECRETS)
    ready = threading.Event()
    found: list[tuple[Server, asyncio.Event]] = []

    async def serve() -> None:
        server = program.make_server(known)
        stop, started = asyncio.Event(), asyncio.Event()
        running = asyncio.create_task(program.run_server(server, stop, started))
        await started.wait()
        port = server.servers[0].sockets[0].getsockname()[1]
        context = program.context_of(server)
        found.append((Server(f"http://127.0.0.1:{port}", context, asyncio.get_running_loop()), stop))
        ready.set()
        await running

    thread = threading.Thread(target=asyncio.run, args=(serve(),))
    thread.start()
    assert ready.wait(60)
    server, stop = found[0]
    server.entry = server.do(worlds.populate(server.context))
    yield server
    server.loop.call_soon_threadsafe(stop.set)
    thread.join(20)


@dataclass
class Caller:
    """Somebody new of a role, and things that they could have to do with."""

    server: Server
    asking: Someone
    things: Things

    async def names(self, wanted: set[str]) -> dict[str, str]:
        """Return one of each of these things."""
        async with self.server.context.database.work() as uow:
            found = {}
            for name in sorted(wanted & THINGS.keys()):
                self.things.uow, self.things.own = uow, name in OWN
                found[name] = str(await self.things.fill(f"${THINGS[name]}"))
            return found


@pytest.fixture(params=ROLES)
def caller(request: pytest.FixtureRequest, server: Server) -> Caller:
    async def make() -> Caller:
        async with server.context.database.work() as uow:
            asking = await worlds.somebody(server.context, uow, request.param)
        return Caller(
            server, asking, Things(server.context, uow, asking, own=False, group_role=None, entry=server.entry)
        )

    made: Caller = server.do(make())
    return made


@described.parametrize()
@pytest.mark.timeout(180)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_one_that_the_description_declares(case: schemathesis.Case, caller: Caller) -> None:
    fit(case, caller)
    answer = case.call(base_url=caller.server.url, headers=caller.asking.headers, allow_redirects=False)
    # Declared where they can be, and no faults: nothing here runs a session, and some things are not there yet.
    more = [] if answer.status_code in {501, 503} else [not_a_server_error]
    case.validate_response(answer, checks=[*CHECKS, *more])


def fit(case: schemathesis.Case, caller: Caller) -> None:
    """Have most requests name things that are there, and none lock the organisation."""
    # A third keeps what was made up; which one depends on nothing but the case itself.
    if case.path_parameters and zlib.crc32(repr((case.path_parameters, case.body)).encode()) % 3:
        known = caller.server.do(caller.names(set(case.path_parameters)))
        case.path_parameters = {**case.path_parameters, **known}
    if case.operation.definition.raw["operationId"] == "update_organization" and isinstance(case.body, dict):
        case.body = {name: value for name, value in case.body.items() if name not in LOCKS_OUT}
