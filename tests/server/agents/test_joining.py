"""Join tokens after they were made: who sees them, what is told of them, and how they are taken back."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import httpx2
import pytest

from streamspace.kit import ids
from streamspace.kit.clock import FakeClock
from streamspace.server.agents import joining
from streamspace.server.core.http import Context
from tests.server.conftest import Login
from tests.server.scripted import PATIENCE, register

TOKENS = "/api/v1/agents/join-tokens"


@pytest.fixture
async def admin(login: Login) -> httpx2.AsyncClient:
    return await login("admin")


async def made(admin: httpx2.AsyncClient, **wanted: Any) -> dict[str, Any]:
    answer = await admin.post(TOKENS, json=wanted)
    assert answer.status_code == 201, answer.text
    token: dict[str, Any] = answer.json()
    return token


async def listed(admin: httpx2.AsyncClient) -> list[dict[str, Any]]:
    answer = (await admin.get(TOKENS)).json()
    assert answer["total"] == len(answer["joinTokens"])
    found: list[dict[str, Any]] = answer["joinTokens"]
    return found


class TestList:
    async def test_tells_everything_but_the_text(self, admin: httpx2.AsyncClient) -> None:
        token = await made(admin, platform="docker", uses=3, region="eu", orgId="org-default", approve=True)
        (shown,) = await listed(admin)
        assert shown == {name: value for name, value in token.items() if name != "token"}
        assert {"usesLeft": 3, "state": "usable", "region": "eu", "approve": True}.items() <= shown.items()
        assert token["token"] not in (await admin.get(TOKENS)).text
        assert "hash" not in (await admin.get(TOKENS)).text.lower()

    async def test_counts_what_is_left_and_says_when_it_was_last_used(self, admin: httpx2.AsyncClient) -> None:
        token = await made(admin, uses=2, approve=True)
        for name, left, state in (("one", 1, "usable"), ("two", 0, "used_up")):
            assert (await register(admin, name, ids.secret(), token["token"])).status_code == 201
            (shown,) = await listed(admin)
            assert (shown["uses"], shown["usesLeft"], shown["state"]) == (2, left, state)
            assert shown["lastUsedAt"]

    async def test_expired_ones_are_shown_for_a_week(
        self, admin: httpx2.AsyncClient, context: Context, clock: FakeClock
    ) -> None:
        await made(admin, expiresIn="0s")
        assert [one["state"] for one in await listed(admin)] == ["expired"]
        context.database.clock = clock
        for days, left in ((6, 1), (2, 0)):
            clock.advance(timedelta(days=days))
            async with context.database.work() as uow:
                await joining.forget_expired(uow)
            async with context.database.work(write=False) as uow:
                assert len(await joining.queries.join_tokens(uow.db)) == left

    @pytest.mark.parametrize("role", ["user", "operator"])
    async def test_is_for_administrators(self, login: Login, role: str) -> None:
        assert (await (await login(role)).get(TOKENS)).status_code == 403


class TestRevoke:
    async def test_lets_nobody_in_any_more_and_those_who_are_stay(self, admin: httpx2.AsyncClient) -> None:
        token = await made(admin, uses=2, approve=True)
        key = ids.secret()
        assert (await register(admin, "early", key, token["token"])).status_code == 201
        assert (await admin.delete(f"{TOKENS}/{token['id']}")).status_code == 204
        late = await register(admin, "late", ids.secret(), token["token"])
        assert (late.status_code, late.json()["error"]) == (403, "bad_join_token")
        assert (await register(admin, "early", key, None)).status_code == 200
        assert await listed(admin) == []

    async def test_one_that_is_unknown_or_gone_is_not_found(self, admin: httpx2.AsyncClient) -> None:
        token = await made(admin)
        await admin.delete(f"{TOKENS}/{token['id']}")
        for name in (token["id"], "nobody", token["token"]):
            again = await admin.delete(f"{TOKENS}/{name}")
            assert (again.status_code, again.json()["error"]) == (404, "join_token_not_found")

    async def test_is_written_to_the_audit_log_without_the_text(self, admin: httpx2.AsyncClient) -> None:
        token = await made(admin, region="eu")
        await admin.delete(f"{TOKENS}/{token['id']}")
        async with asyncio.timeout(PATIENCE):
            while True:
                answer = await admin.get("/api/v1/admin/audit", params={"limit": 5})
                found = {entry["action"]: entry for entry in answer.json()["logs"]}
                if "agent.join_token_revoked" in found:
                    break
                await asyncio.sleep(0.1)
        assert found["agent.join_token_revoked"]["resourceId"] == token["id"]
        assert token["token"] not in answer.text


class TestRegion:
    async def test_is_given_to_who_names_none(self, admin: httpx2.AsyncClient) -> None:
        token = await made(admin, uses=2, region="eu", approve=True)
        key = ids.secret()
        assert (await register(admin, "plain", key, token["token"])).json()["region"] == "eu"
        assert (await register(admin, "plain", key, None)).json()["region"] == "eu"
        assert (await register(admin, "own", ids.secret(), token["token"], region="us")).json()["region"] == "us"


@pytest.mark.parametrize("name", ["connect", "join-tokens", "register"])
async def test_an_agent_is_not_named_like_an_operation(admin: httpx2.AsyncClient, name: str) -> None:
    token = await made(admin, approve=True)
    refused = await register(admin, name, ids.secret(), token["token"])
    assert (refused.status_code, refused.json()["error"]) == (400, "reserved_agent_name")
