"""Passwords are hashed while nobody waits: never inside a transaction."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextvars import ContextVar
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from streamspace.server.app import create_app
from streamspace.server.core import auth
from streamspace.server.core.db import Database, UnitOfWork
from streamspace.server.core.http import Context
from streamspace.server.core.settings import Settings
from tests.server import people
from tests.server.conftest import Login, running

USERS = "/api/v1/users"
NEW = "another horse 1"
ANN = {"username": "ann", "email": "ann@test.example", "fullName": "Ann", "password": NEW}
_open: ContextVar[int] = ContextVar("_open", default=0)


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Write down each slow hash, and fail it where this request holds a transaction."""
    done: list[str] = []
    work = Database.work

    @contextlib.asynccontextmanager
    async def noticed(database: Database, *, write: bool = True) -> AsyncIterator[UnitOfWork]:
        async with work(database, write=write) as uow:
            _open.set(_open.get() + 1)
            try:
                yield uow
            finally:
                _open.set(_open.get() - 1)

    def alone(name: str, slow: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def run(*given: Any) -> Any:
            assert not _open.get(), f"{name} ran inside a transaction"
            done.append(name)
            return await slow(*given)

        return run

    monkeypatch.setattr(Database, "work", noticed)
    for name in ("hash_password", "password_matches"):
        monkeypatch.setattr(auth, name, alone(name, getattr(auth, name)))
    return done


async def signs_in(http: httpx2.AsyncClient, name: str, password: str) -> bool:
    answer = await http.post("/api/v1/auth/login", json={"username": name, "password": password})
    assert answer.status_code in {200, 401}, answer.text
    return answer.status_code == 200


async def test_the_guard_notices(hashed: list[str], database: Database) -> None:
    async with database.work():
        with pytest.raises(AssertionError):
            await auth.hash_password(NEW)
    assert hashed == []
    await auth.hash_password(NEW)
    assert hashed == ["hash_password"]


class TestOutsideOfTransactions:
    async def test_a_new_person(self, hashed: list[str], login: Login, http: httpx2.AsyncClient) -> None:
        boss = await login(name="boss", org_role="org_admin")
        hashed.clear()
        made = await boss.post(USERS, json=ANN)
        assert made.status_code == 201, made.text
        assert made.headers["location"] == f"{USERS}/{made.json()['id']}"
        assert hashed == ["hash_password"]
        assert await signs_in(http, "ann", NEW)

    async def test_another_password_for_somebody(
        self, hashed: list[str], login: Login, http: httpx2.AsyncClient
    ) -> None:
        boss, mia = await login(name="boss", org_role="org_admin"), await login(name="mia")
        user_id = (await mia.get(f"{USERS}/me")).json()["id"]
        hashed.clear()
        answer = await boss.post(f"{USERS}/{user_id}/password", json={"password": NEW})
        assert (answer.status_code, hashed) == (204, ["hash_password"])
        assert (await mia.get(f"{USERS}/me")).status_code == 401
        assert await signs_in(http, "mia", NEW)

    @pytest.mark.parametrize("path", ["/api/v1/users/me/password", "/api/v1/auth/change-password"])
    async def test_one_s_own(self, hashed: list[str], login: Login, http: httpx2.AsyncClient, path: str) -> None:
        mia, there = await login(name="mia"), await login(name="mia")
        hashed.clear()
        wrong = await mia.post(path, json={"currentPassword": "wrong horse", "newPassword": NEW})
        assert (wrong.status_code, wrong.json()["error"]) == (403, "wrong_password")
        answer = await mia.post(path, json={"currentPassword": people.PASSWORD, "newPassword": NEW})
        assert answer.status_code == 204, answer.text
        assert hashed == ["password_matches", "password_matches", "hash_password"]
        assert [(await client.get(f"{USERS}/me")).status_code for client in (mia, there)] == [200, 401]
        assert await signs_in(http, "mia", NEW)

    async def test_an_organisations_first_administrator(
        self, hashed: list[str], login: Login, http: httpx2.AsyncClient
    ) -> None:
        admin = await login("admin")
        hashed.clear()
        wanted = {"name": "acme", "displayName": "Acme", "admin": ANN}
        made = await admin.post("/api/v1/organizations", json=wanted)
        assert (made.status_code, made.json()["memberCount"], hashed) == (201, 1, ["hash_password"])
        assert await signs_in(http, "ann", NEW)
        again = await admin.post("/api/v1/organizations", json=wanted | {"name": "other"})
        assert again.json()["error"] == "username_taken"
        assert (await admin.get("/api/v1/organizations?search=other")).json()["total"] == 0

    async def test_the_first_start_and_the_first_password(self, hashed: list[str], settings: Settings) -> None:
        app: FastAPI = create_app(settings)
        async with running(app):
            assert hashed == ["hash_password"]
            printed = (settings.data_dir / "admin-password").read_text().strip()
            transport = httpx2.ASGITransport(app=app)
            async with httpx2.AsyncClient(transport=transport, base_url="http://desk.test") as client:
                answer = await client.post(
                    "/api/v1/auth/login", json={"username": settings.admin_username, "password": printed}
                )
                client.headers["Authorization"] = f"Bearer {answer.json()['token']}"
                hashed.clear()
                chosen = {"password": NEW, "passwordConfirm": NEW, "email": "me@test.example"}
                assert (await client.post("/api/v1/auth/setup", json=chosen)).status_code == 204
                assert hashed == ["hash_password"]
                refused = await client.post("/api/v1/auth/setup", json=chosen)
                assert refused.json()["error"] == "already_set_up"
                assert await signs_in(client, settings.admin_username, NEW)


async def test_of_two_changes_at_once_the_second_finds_another_password(login: Login, context: Context) -> None:
    mia = await login(name="mia")
    bodies = [{"currentPassword": people.PASSWORD, "newPassword": f"{NEW} {number}"} for number in range(2)]
    answers = await asyncio.gather(*(mia.post(f"{USERS}/me/password", json=body) for body in bodies))
    assert sorted(answer.status_code for answer in answers) == [204, 403]


async def test_what_is_refused_anyway_is_not_hashed(hashed: list[str], login: Login) -> None:
    mia, boss = await login(name="mia"), await login(name="boss", org_role="org_admin")
    adam = (await (await login("admin", name="adam")).get(f"{USERS}/me")).json()["id"]
    hashed.clear()
    answers = [
        await mia.post(USERS, json=ANN),
        await boss.post(USERS, json=ANN | {"role": "admin"}),
        await boss.post(USERS, json=ANN | {"password": "12345678"}),
        await boss.post(f"{USERS}/{adam}/password", json={"password": NEW}),
        await boss.post("/api/v1/organizations", json={"name": "acme", "displayName": "Acme", "admin": ANN}),
    ]
    codes = ["forbidden", "beyond_your_rights", "weak_password", "beyond_your_rights", "forbidden"]
    assert [answer.json()["error"] for answer in answers] == codes
    assert hashed == []
