"""A control plane for tests, on each database: what touches SQL runs on SQLite and on PostgreSQL."""

import asyncio
import contextlib
import os
import secrets
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import psycopg
import pytest
import structlog
from fastapi import FastAPI
from psycopg import sql
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import NullPool

from streamspace.kit.clock import FakeClock
from streamspace.server import app as application
from streamspace.server import migrations, program
from streamspace.server.app import create_app
from streamspace.server.core import auth, db, jobs
from streamspace.server.core.db import Base, Database, UnitOfWork
from streamspace.server.core.http import Context
from streamspace.server.core.permissions import Actor, OrgRole, Role
from streamspace.server.core.settings import Settings
from tests.server import catalog, people

POSTGRES = "STREAMSPACE_TEST_POSTGRES"
LOOPS_BEGIN_AFTER, SELDOM = timedelta(seconds=1), timedelta(seconds=5)
SECRETS = {"secret_key": "s" * 40, "gateway_secret": "g" * 40}
_USED_SEQUENCES = (
    "SELECT quote_ident(sequencename) FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL"
)
_recording: ContextVar[bool] = ContextVar("_recording", default=False)


@pytest.fixture(scope="session", autouse=True)
def _cheap_passwords() -> None:
    # What a hash costs is tested in one place; everywhere else it would only cost time.
    auth.BCRYPT_COST = 4
    auth._NOBODY = people.PASSWORD_HASH.encode()


@pytest.fixture(scope="session", autouse=True)
def _memory_as_it_is() -> None:
    # A start-up freezes what it made; a hundred start-ups in one process would keep it all.
    application.settle_memory = lambda: None


@pytest.fixture(scope="session", autouse=True)
def _one_dialect_for_all() -> Iterator[None]:
    # Statements are compiled anew for each dialect, and every engine has its own: a third of what a test costs.
    first: dict[str, Engine] = {}
    make = db._engine

    def sharing(url: str) -> AsyncEngine:
        made = make(url)
        engine = made.sync_engine
        known = first.setdefault(engine.dialect.name, engine)
        engine.dialect = engine.pool._dialect = known.dialect
        engine._compiled_cache = known._compiled_cache
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(db, "_engine", sharing)
        yield


@pytest.fixture(scope="session", autouse=True)
def _loops_begin_later() -> Iterator[None]:
    # Most tests are over before; that all loops begin with each control plane costs as much as the tests themselves.
    loop = jobs.Jobs._loop

    async def later(self: jobs.Jobs, interval: timedelta, *args: Any, **more: Any) -> None:
        # What comes seldom stays away: it would meet a test half-way, whose clock stands still.
        pause = interval if interval > SELDOM else min(interval, LOOPS_BEGIN_AFTER)
        await asyncio.sleep(pause.total_seconds())
        await loop(self, interval, *args, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jobs.Jobs, "_loop", later)
        yield


@pytest.fixture(scope="session", autouse=True)
def _plain_logs() -> None:
    # The default draws every local variable of a traceback, which takes seconds.
    structlog.configure(processors=[structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)])


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrations.upgrade(f"sqlite+aiosqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A database of this run's own in the server that the environment names."""
    given = os.environ.get(POSTGRES)
    if not given:
        pytest.skip(f"no PostgreSQL: {POSTGRES} is not set (`./dev test` sets it)")
    server = make_url(given)
    name = f"test_{secrets.token_hex(6)}"
    plain = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    url = server.set(database=name).render_as_string(hide_password=False)
    try:
        migrations.upgrade(url)
        yield url
    finally:
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database with all tables and no rows."""
    if request.param == "sqlite":
        path = tmp_path / "streamspace.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite+aiosqlite:///{path}"
    url: str = request.getfixturevalue("postgres_url")
    empty_postgres(url)
    return url


def empty_postgres(url: str) -> None:
    """Take all rows out of this run's database: deleting is three times as fast as truncating tables this small."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        # The audit log's triggers refuse to empty it; this says that we are no ordinary user of the database.
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        # Somebody's forgotten transaction is a fault to show, not to wait for.
        connection.exec_driver_sql("SET LOCAL lock_timeout = '20s'")
        connection.exec_driver_sql("; ".join(f"DELETE FROM {table}" for table in Base.metadata.tables))  # noqa: S608
        for (name,) in connection.exec_driver_sql(_USED_SEQUENCES).all():
            connection.exec_driver_sql(f"ALTER SEQUENCE {name} RESTART")
    engine.dispose()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(datetime.now(UTC))


@pytest.fixture
async def database(database_url: str, clock: FakeClock) -> AsyncIterator[Database]:
    """The database, with a clock that the test moves."""
    database = Database(database_url, clock)
    yield database
    await database.close()


@pytest.fixture
async def uow(database: Database) -> AsyncIterator[UnitOfWork]:
    async with database.work() as uow:
        yield uow


async def _actor(database: Database, name: str, role: Role, org_role: OrgRole) -> Actor:
    async with database.work() as uow:
        return await people.add(uow, name, role=role, org_role=org_role)


@pytest.fixture
async def member(database: Database) -> Actor:
    return await _actor(database, "mia", Role.USER, OrgRole.USER)


@pytest.fixture
async def viewer(database: Database) -> Actor:
    return await _actor(database, "vera", Role.USER, OrgRole.VIEWER)


@pytest.fixture
async def operator(database: Database) -> Actor:
    return await _actor(database, "olga", Role.OPERATOR, OrgRole.USER)


@pytest.fixture
async def admin(database: Database) -> Actor:
    return await _actor(database, "adam", Role.ADMIN, OrgRole.ORG_ADMIN)


@pytest.fixture(scope="session")
def catalog_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return catalog.write(tmp_path_factory.mktemp("catalog"))


@pytest.fixture
def settings(database_url: str, tmp_path: Path, catalog_dir: Path) -> Settings:
    return Settings(database_url=database_url, data_dir=tmp_path, catalog_dir=catalog_dir, port=0, **SECRETS)


@pytest.fixture
async def app(settings: Settings) -> AsyncIterator[FastAPI]:
    """The control plane, running but listening nowhere."""
    app = create_app(settings)
    async with running(app):
        yield app


@contextlib.asynccontextmanager
async def running(app: FastAPI) -> AsyncIterator[None]:
    async with app.router.lifespan_context(app):
        yield


@pytest.fixture
def context(app: FastAPI) -> Context:
    found: Context = app.state.context
    return found


@pytest.fixture
async def http(app: FastAPI) -> AsyncIterator[httpx2.AsyncClient]:
    """A client of the control plane that has not signed in."""
    async with client_of(app) as client:
        yield client


def client_of(app: FastAPI) -> httpx2.AsyncClient:
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    return httpx2.AsyncClient(transport=transport, base_url="http://desk.test", timeout=30)


Login = Callable[..., Awaitable[httpx2.AsyncClient]]


async def _sign_in(
    client: httpx2.AsyncClient, context: Context, role: str, *, name: str = "", org: str = "", org_role: str = "user"
) -> httpx2.AsyncClient:
    name = name or f"some-{role}"
    async with context.database.work() as uow:
        await people.add(uow, name, role=Role(role), org_role=OrgRole(org_role), org_id=org or None)
    answer = await client.post("/api/v1/auth/login", json={"username": name, "password": people.PASSWORD})
    assert answer.status_code == 200, answer.text
    client.headers["Authorization"] = f"Bearer {answer.json()['token']}"
    return client


@pytest.fixture
async def login(app: FastAPI, context: Context) -> AsyncIterator[Login]:
    """Sign somebody in: `await login("admin")`, `await login("user", name="bob", org="other")`."""
    async with contextlib.AsyncExitStack() as stack:

        async def sign_in(role: str = "user", **who: str) -> httpx2.AsyncClient:
            return await _sign_in(await stack.enter_async_context(client_of(app)), context, role, **who)

        yield sign_in


@pytest.fixture
def statements() -> Callable[[Database], contextlib.AbstractContextManager[list[str]]]:
    """Record the SQL that this test's own task has a database run: `with statements(database) as seen:`."""

    @contextlib.contextmanager
    def record(database: Database) -> Iterator[list[str]]:
        seen: list[str] = []
        # Requests through the ASGI transport inherit this; the control plane's jobs began before, so they do not.
        mine = _recording.set(True)

        def note(_c: object, _u: object, statement: str, *_rest: object) -> None:
            if _recording.get():
                seen.append(statement)

        event.listen(database.engine.sync_engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(database.engine.sync_engine, "before_cursor_execute", note)
            _recording.reset(mine)

    return record


@dataclass(frozen=True)
class Served:
    """A control plane that listens."""

    url: str
    context: Context


@pytest.fixture
async def served(settings: Settings) -> AsyncIterator[Served]:
    """A control plane on a port of this machine, as the program runs it."""
    server = program.make_server(settings)
    stop, ready = asyncio.Event(), asyncio.Event()
    running = asyncio.create_task(program.run_server(server, stop, ready))
    await asyncio.wait({asyncio.create_task(ready.wait()), running}, return_when=asyncio.FIRST_COMPLETED)
    try:
        port = server.servers[0].sockets[0].getsockname()[1]
        yield Served(f"http://127.0.0.1:{port}", program.context_of(server))
    finally:
        stop.set()
        await running


@pytest.fixture
async def enter(served: Served) -> AsyncIterator[Login]:
    """Sign somebody in at the listening control plane."""
    async with contextlib.AsyncExitStack() as stack:

        async def sign_in(role: str = "user", **who: str) -> httpx2.AsyncClient:
            client = await stack.enter_async_context(httpx2.AsyncClient(base_url=served.url, timeout=30))
            return await _sign_in(client, served.context, role, **who)

        yield sign_in
