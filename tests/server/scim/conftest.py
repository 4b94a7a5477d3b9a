"""A directory: a program with an API key of the scope `scim`, which its organisation's administrator made."""

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable

import httpx2
import pytest
from fastapi import FastAPI

from streamspace.server.core.db import Database
from streamspace.server.core.http import Context
from streamspace.server.core.permissions import OrgRole, Role
from streamspace.server.keys import service as keys
from streamspace.server.keys.schemas import KeyIn
from tests.server import people
from tests.server.conftest import client_of

Directory = Callable[..., Awaitable[httpx2.AsyncClient]]


async def key_of(
    database: Database, name: str, *, org: str | None = None, role: str = "user", org_role: str = "org_admin"
) -> str:
    """Return a key of the scope `scim` of somebody, adding them if need be."""
    async with database.work() as uow:
        actor = await people.add(uow, name, role=Role(role), org_role=OrgRole(org_role), org_id=org)
        _, key = await keys.create(uow, actor, KeyIn(name="directory", scopes=["scim"], rate_limit=100_000))
    return key


@pytest.fixture
async def directory(app: FastAPI, context: Context) -> AsyncIterator[Directory]:
    """Open a directory: `await directory()`, `await directory("other-admin", org="other")`."""
    async with contextlib.AsyncExitStack() as stack:

        async def open_it(name: str = "orga", **who: str) -> httpx2.AsyncClient:
            client = await stack.enter_async_context(client_of(app))
            client.base_url = httpx2.URL("http://desk.test/scim/v2")
            client.headers["Authorization"] = f"Bearer {await key_of(context.database, name, **who)}"
            client.headers["Content-Type"] = "application/scim+json"
            return client

        yield open_it


@pytest.fixture
async def scim(directory: Directory) -> httpx2.AsyncClient:
    """The directory of the first organisation."""
    return await directory()
