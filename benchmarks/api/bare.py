"""The least that could answer: Starlette, orjson and the bare driver. What the control plane is compared with."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import sys
from collections.abc import AsyncIterator
from typing import Any

import aiosqlite
import orjson
import psycopg
import uvicorn
import uvloop
from psycopg.rows import tuple_row
from sqlalchemy.engine import make_url
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

COLUMNS = (
    "id, org_id, user_id, username, template_name, template_display_name, agent_id, platform, state, message, "
    "progress, cpu_millicores, memory_bytes, environment, tags, streaming_protocol, active_connections, "
    "created_at, updated_at, started_at, last_activity"
)
LIST = f"SELECT {COLUMNS} FROM sessions ORDER BY created_at DESC, id DESC LIMIT 51"  # noqa: S608 - constants
COUNT = "SELECT count(*) FROM sessions"
GET = f"SELECT {COLUMNS} FROM sessions WHERE id = ?"  # noqa: S608
CREATE = (
    "INSERT INTO sessions (id, org_id, user_id, username, template_name, template_display_name, manifest, agent_id, "
    "platform, state, progress, placement, cpu_millicores, memory_bytes, persistent_home, environment, tags, "
    "streaming_protocol, streaming_port, active_connections, created_at, updated_at) SELECT ?, org_id, user_id, "
    "username, template_name, template_display_name, manifest, agent_id, platform, 'pending', progress, placement, "
    "cpu_millicores, memory_bytes, persistent_home, environment, tags, streaming_protocol, streaming_port, 0, "
    "created_at, updated_at FROM sessions WHERE id = ?"
)
FIRST = "person-editor-00000000"
NAMES = [name.strip() for name in COLUMNS.split(",")]
POOL = 15


class Pool:
    """A few open connections of either driver, behind one face."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.free: asyncio.Queue[Any] = asyncio.Queue()

    async def open(self) -> None:
        """Open all connections."""
        for _ in range(POOL):
            self.free.put_nowait(await self._connect())

    async def _connect(self) -> Any:
        if self.url.drivername.startswith("sqlite"):
            connection = await aiosqlite.connect(str(self.url.database), isolation_level=None)
            for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=30000"):
                await connection.execute(f"PRAGMA {pragma}")
            return connection
        plain = self.url.set(drivername="postgresql").render_as_string(hide_password=False)
        return await psycopg.AsyncConnection.connect(plain, autocommit=True, row_factory=tuple_row)

    @contextlib.asynccontextmanager
    async def take(self) -> AsyncIterator[Any]:
        """Lend a connection."""
        connection = await self.free.get()
        try:
            yield connection
        finally:
            self.free.put_nowait(connection)

    async def rows(self, sql: str, *values: str) -> list[tuple[Any, ...]]:
        """Run one statement."""
        if not self.url.drivername.startswith("sqlite"):
            sql = sql.replace("?", "%s")
        async with self.take() as connection:
            cursor = await connection.execute(sql, values)
            return list(await cursor.fetchall()) if cursor.description else []


def app(url: str) -> Starlette:
    """Build the application."""
    pool, numbers = Pool(url), itertools.count()

    async def listed(_: Request) -> Response:
        rows = await pool.rows(LIST)
        ((total,),) = await pool.rows(COUNT)
        return _json({"sessions": [dict(zip(NAMES, row, strict=True)) for row in rows[:50]], "total": total})

    async def one(request: Request) -> Response:
        (row,) = await pool.rows(GET, request.path_params["id"])
        return _json(dict(zip(NAMES, row, strict=True)))

    async def create(request: Request) -> Response:
        orjson.loads(await request.body())
        name = f"bare-{os.getpid()}-{next(numbers)}"
        await pool.rows(CREATE, name, FIRST)
        return _json({"id": name}, 201)

    @contextlib.asynccontextmanager
    async def opened(_: Starlette) -> AsyncIterator[None]:
        await pool.open()
        yield

    path = "/api/v1/sessions"
    routes = [Route(path, listed), Route(path, create, methods=["POST"]), Route(path + "/{id}", one)]
    return Starlette(routes=routes, lifespan=opened)


def _json(value: object, status: int = 200) -> Response:
    return Response(orjson.dumps(value), status, media_type="application/json")


def main() -> None:
    """Serve until killed."""
    port, url = int(sys.argv[1]), sys.argv[2]
    config = uvicorn.Config(app(url), port=port, loop="none", http="httptools", access_log=False, log_level="warning")
    uvloop.run(uvicorn.Server(config).serve())


if __name__ == "__main__":
    main()
