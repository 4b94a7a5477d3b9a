"""What somebody lost closes under them within a second: their event sockets here, their streams at the gateways."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest
from websockets.asyncio.client import ClientConnection, connect

from streamspace import protocol
from streamspace.protocol import control, tokens
from streamspace.protocol.links import LinkMessage, wrap
from streamspace.protocol.streams import GATEWAY_LINK_PATH, GatewayHello
from streamspace.server.core.permissions import OrgRole, Role
from streamspace.server.organizations import service as organizations
from streamspace.server.sessions import service as sessions
from streamspace.server.sessions.models import Session
from tests.server import people
from tests.server.conftest import SECRETS, Login, Served
from tests.server.sessions import rows

AT_ONCE = 1.0
"""Seconds until what was taken away is gone."""
REFUSED = {"unauthenticated", "account_inactive", "organization_suspended", "mfa_enrolment_required"}
ACME, OTHER = "org-acme", "org-other"


@dataclass
class Gate:
    """A gateway, as far as the control plane knows, that writes down what it must close."""

    socket: ClientConnection
    told: list[tuple[str, str]] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        async for text in self.socket:
            message = control.unwrap(text)
            if message.type == LinkMessage.REVOKE:
                self.told += [(one["kind"], one["id"]) for one in message.payload["revocations"]]
                self.news.set()

    async def must_close(self, kind: str, name: str) -> None:
        """Wait for this revocation."""
        async with asyncio.timeout(AT_ONCE):
            while (kind, name) not in self.told:
                self.news.clear()
                await self.news.wait()


@pytest.fixture
async def gate(served: Served) -> AsyncIterator[Gate]:
    token = tokens.mint_gateway_token("gate", SECRETS["gateway_secret"], datetime.now(UTC))
    url = served.url.replace("http", "ws", 1) + GATEWAY_LINK_PATH
    async with connect(url, additional_headers={"Authorization": f"Bearer {token}"}, proxy=None) as socket:
        address = "http://127.0.0.1:1"
        hello = GatewayHello(version=protocol.VERSION, gateway_id="gate", public_url=address, agent_url=address)
        await socket.send(wrap(LinkMessage.HELLO, hello))
        gate = Gate(socket)
        reading = asyncio.create_task(gate.run())
        yield gate
        reading.cancel()


@contextlib.asynccontextmanager
async def hearing(served: Served, headers: dict[str, str]) -> AsyncIterator[ClientConnection]:
    """Open the event socket and wait until it says something, or closes."""
    url = served.url.replace("http", "ws", 1) + "/api/v1/ws/sessions"
    async with connect(url, additional_headers=headers, proxy=None) as socket:
        with contextlib.suppress(Exception):
            async with asyncio.timeout(5):
                assert json.loads(await socket.recv())["type"] == "hello"
        yield socket


async def closes(socket: ClientConnection) -> None:
    """Fail unless the socket is closed at once, and says that one may sign in again."""
    async with asyncio.timeout(AT_ONCE):
        await socket.wait_closed()
    assert socket.close_code == 4401


async def refused(served: Served, headers: dict[str, str]) -> str:
    """Return why nobody gets in with this any more, neither by request nor by socket."""
    async with httpx2.AsyncClient(base_url=served.url, timeout=30) as client:
        answer = await client.get("/api/v1/sessions", headers=headers)
    assert answer.status_code in {401, 403}, answer.text
    async with hearing(served, headers) as socket:
        await closes(socket)
    assert {socket.close_reason, answer.json()["error"]} <= REFUSED
    return str(answer.json()["error"])


async def heard_sessions(served: Served, headers: dict[str, str], *names: str) -> set[str]:
    """Return of which sessions somebody hears; the last name is one that they must hear of."""
    async with hearing(served, headers) as socket:
        for name in names:
            async with served.context.database.work() as uow:
                sessions.announce(uow, await uow.db.get_one(Session, name))
        heard: set[str] = set()
        async with asyncio.timeout(5):
            while names[-1] not in heard:
                heard.add(json.loads(await socket.recv()).get("sessionId", ""))
    return heard


def bearer(client: httpx2.AsyncClient) -> dict[str, str]:
    return {"Authorization": client.headers["Authorization"]}


@dataclass
class Person:
    """Somebody with an open login and an API key."""

    id: str
    name: str
    client: httpx2.AsyncClient
    login: dict[str, str]
    key: dict[str, str]
    key_id: str

    async def login_id(self) -> str:
        logins = (await self.client.get("/api/v1/auth/logins")).json()["logins"]
        return next(str(one["id"]) for one in logins if one["current"])


Enter = Callable[..., Awaitable[Person]]


@pytest.fixture
async def person(served: Served, enter: Login) -> Enter:
    async def make(name: str = "mia", *, org: str = ACME, role: str = "user", org_role: str = "user") -> Person:
        client = await enter(role, name=name, org=org, org_role=org_role)
        made = await client.post("/api/v1/api-keys", json={"name": "k", "scopes": ["*"]})
        assert made.status_code == 201, made.text
        async with served.context.database.work(write=False) as uow:
            user_id = (await people.add(uow, name)).id
        return Person(user_id, name, client, bearer(client), {"X-API-Key": made.json()["key"]}, made.json()["id"])

    return make


@pytest.fixture
async def admin(enter: Login) -> httpx2.AsyncClient:
    return await enter("admin")


async def patch(client: httpx2.AsyncClient, path: str, **changes: Any) -> None:
    answer = await client.patch(f"/api/v1{path}", json=changes)
    assert answer.status_code in {200, 204}, answer.text


class TestAPersonIsOff:
    @pytest.mark.parametrize("how", ["patch", "delete"])
    async def test_everything_of_theirs_closes(
        self, served: Served, person: Enter, admin: httpx2.AsyncClient, gate: Gate, how: str
    ) -> None:
        mia, tom = await person(), await person("tom")
        async with (
            hearing(served, mia.login) as one,
            hearing(served, mia.key) as two,
            hearing(served, tom.login) as other,
        ):
            if how == "patch":
                await patch(admin, f"/users/{mia.id}", active=False)
            else:
                assert (await admin.delete(f"/api/v1/users/{mia.id}")).status_code == 204
            await asyncio.gather(closes(one), closes(two), gate.must_close("user", mia.id))
            assert other.close_code is None
        assert await refused(served, mia.login) in {"account_inactive", "unauthenticated"}
        assert await refused(served, mia.key) == "unauthenticated"

    async def test_by_a_browsers_cookie_too(self, served: Served, person: Enter, admin: httpx2.AsyncClient) -> None:
        mia = await person()
        cookie = {"Cookie": f"streamspace_login={mia.login['Authorization'].removeprefix('Bearer ')}"}
        async with hearing(served, cookie) as socket:
            await patch(admin, f"/users/{mia.id}", active=False)
            await closes(socket)


class TestAKey:
    @pytest.mark.parametrize("how", ["revoke", "delete", "by an administrator"])
    async def test_that_is_revoked_closes_what_it_opened_and_nothing_else(
        self, served: Served, person: Enter, admin: httpx2.AsyncClient, gate: Gate, how: str
    ) -> None:
        mia = await person()
        async with hearing(served, mia.key) as by_key, hearing(served, mia.login) as by_login:
            if how == "delete":
                await mia.client.delete(f"/api/v1/api-keys/{mia.key_id}")
            else:
                client = admin if how == "by an administrator" else mia.client
                assert (await client.post(f"/api/v1/api-keys/{mia.key_id}/revoke")).status_code == 200
            await asyncio.gather(closes(by_key), gate.must_close("login", mia.key_id))
            assert by_login.close_code is None
        assert await refused(served, mia.key) == "unauthenticated"


class TestARole:
    @pytest.mark.parametrize(
        ("role", "org_role", "changes"),
        [
            ("operator", "user", {"role": "user"}),
            ("user", "maintainer", {"orgRole": "user"}),
            ("user", "org_admin", {"orgRole": "viewer"}),
        ],
        ids=["of the installation", "of a maintainer", "of an administrator"],
    )
    async def test_that_is_lowered_counts_at_once(
        self,
        served: Served,
        person: Enter,
        admin: httpx2.AsyncClient,
        gate: Gate,
        role: str,
        org_role: str,
        changes: dict[str, str],
    ) -> None:
        mia = await person(role=role, org_role=org_role)
        await person("boss", org_role="org_admin")  # an organisation keeps one
        async with served.context.database.work() as uow:
            await rows.add(uow, await people.add(uow, "tom", org_id=ACME), "toms")
            await rows.add(uow, await people.add(uow, "mia"), "mias")
        assert await heard_sessions(served, mia.login, "toms", "mias") >= {"toms", "mias"}
        async with hearing(served, mia.login) as one, hearing(served, mia.key) as two:
            await patch(admin, f"/users/{mia.id}", **changes)
            await asyncio.gather(closes(one), closes(two), gate.must_close("user", mia.id))
        for headers in (mia.login, mia.key):
            assert "toms" not in await heard_sessions(served, headers, "toms", "mias")


class TestAnOrganization:
    @pytest.mark.parametrize("how", ["suspended", "deleted"])
    async def test_that_is_closed_closes_for_all_its_people_and_nobody_else(
        self, served: Served, person: Enter, admin: httpx2.AsyncClient, gate: Gate, how: str
    ) -> None:
        mia, otto = await person(), await person("otto", org=OTHER)
        async with (
            hearing(served, mia.login) as one,
            hearing(served, mia.key) as two,
            hearing(served, otto.login) as other,
        ):
            if how == "suspended":
                await patch(admin, f"/organizations/{ACME}", status="suspended")
            else:
                assert (await admin.delete(f"/api/v1/organizations/{ACME}")).status_code == 204
            await asyncio.gather(closes(one), closes(two), gate.must_close("organization", ACME))
            assert other.close_code is None
        assert await refused(served, mia.login) in {"organization_suspended", "unauthenticated"}
        assert await refused(served, mia.key) == "unauthenticated"

    async def test_that_asks_for_a_second_factor_closes_for_who_has_none(
        self, served: Served, person: Enter, admin: httpx2.AsyncClient, gate: Gate
    ) -> None:
        mia = await person()
        async with hearing(served, mia.login) as socket:
            await patch(admin, f"/organizations/{ACME}", requireMfa=True)
            await asyncio.gather(closes(socket), gate.must_close("organization", ACME))
        assert await refused(served, mia.login) == "mfa_enrolment_required"

    async def test_that_somebody_left_closes_for_them(
        self, served: Served, person: Enter, admin: httpx2.AsyncClient, gate: Gate
    ) -> None:
        mia, tom = await person(), await person("tom")
        async with served.context.database.work() as uow:
            await people.add(uow, "otto", org_id=OTHER)
            await organizations.set_member(uow, OTHER, mia.id, OrgRole.VIEWER)
        async with (
            hearing(served, mia.login) as one,
            hearing(served, mia.key) as two,
            hearing(served, tom.login) as other,
        ):
            assert (await admin.delete(f"/api/v1/organizations/{ACME}/members/{mia.id}")).status_code == 204
            await asyncio.gather(closes(one), closes(two), gate.must_close("user", mia.id))
            assert other.close_code is None
        assert await refused(served, mia.login) == "unauthenticated"
        assert await refused(served, mia.key) == "unauthenticated"


class TestALogin:
    async def test_that_is_ended_from_elsewhere(self, served: Served, person: Enter, enter: Login, gate: Gate) -> None:
        mia, elsewhere = await person(), await enter(name="mia")
        login_id = await mia.login_id()
        async with hearing(served, mia.login) as one, hearing(served, bearer(elsewhere)) as other:
            assert (await elsewhere.delete(f"/api/v1/auth/logins/{login_id}")).status_code == 204
            await asyncio.gather(closes(one), gate.must_close("login", login_id))
            assert other.close_code is None
        assert await refused(served, mia.login) == "unauthenticated"

    @pytest.mark.parametrize("how", ["ended", "another password", "no second factor"])
    async def test_that_an_administrator_ends(
        self, served: Served, person: Enter, admin: httpx2.AsyncClient, gate: Gate, how: str
    ) -> None:
        mia = await person()
        login_id = await mia.login_id()
        async with hearing(served, mia.login) as socket:
            if how == "ended":
                answer = await admin.delete(f"/api/v1/users/{mia.id}/logins")
            elif how == "no second factor":
                answer = await admin.delete(f"/api/v1/users/{mia.id}/mfa")
            else:
                answer = await admin.post(f"/api/v1/users/{mia.id}/password", json={"password": "another horse 1"})
            assert answer.status_code == 204, answer.text
            await asyncio.gather(closes(socket), gate.must_close("login", login_id))
        assert await refused(served, mia.login) == "unauthenticated"

    async def test_elsewhere_ends_with_the_password(self, served: Served, person: Enter, enter: Login) -> None:
        mia, elsewhere = await person(), await enter(name="mia")
        async with hearing(served, bearer(elsewhere)) as other, hearing(served, mia.login) as here:
            change = {"currentPassword": people.PASSWORD, "newPassword": "another horse 1"}
            assert (await mia.client.post("/api/v1/users/me/password", json=change)).status_code == 204
            await closes(other)
            assert here.close_code is None

    async def test_that_goes_on_in_another_organisation_hears_nothing_more_of_the_first(
        self, served: Served, person: Enter, gate: Gate
    ) -> None:
        mia = await person(org_role="maintainer")
        async with served.context.database.work() as uow:
            await rows.add(uow, await people.add(uow, "otto", org_id=OTHER), "ottos")
            await rows.add(uow, await people.add(uow, "tom", org_id=ACME), "toms")
            await organizations.set_member(uow, OTHER, mia.id, OrgRole.MAINTAINER)
        login_id = await mia.login_id()
        async with hearing(served, mia.login) as one, hearing(served, mia.key) as by_key:
            switched = await mia.client.post("/api/v1/auth/switch", json={"orgId": OTHER})
            await asyncio.gather(closes(one), gate.must_close("login", login_id))
            assert by_key.close_code is None  # a key stays where it was made
        assert await refused(served, mia.login) == "unauthenticated"  # the old token names the old organisation
        there = {"Authorization": f"Bearer {switched.json()['token']}"}
        assert "toms" not in await heard_sessions(served, there, "toms", "ottos")


class TestInTime:
    async def test_a_revocation_does_not_wait_until_somebody_elses_many_sessions_have_ended(
        self, served: Served, person: Enter, admin: httpx2.AsyncClient
    ) -> None:
        mia = await person("mia", org=OTHER)
        async with served.context.database.work() as uow:
            tom = await people.add(uow, "tom", org_id=ACME)
            await rows.add(uow, tom, *(f"toms-{n}" for n in range(200)))
        async with hearing(served, mia.login) as socket:
            await patch(admin, f"/organizations/{ACME}", status="suspended")
            began = time.monotonic()
            await patch(admin, f"/users/{mia.id}", active=False)
            async with asyncio.timeout(10):
                await socket.wait_closed()
            assert time.monotonic() - began < AT_ONCE

    async def test_a_socket_that_opens_while_rights_are_taken_closes_too(
        self, served: Served, person: Enter, admin: httpx2.AsyncClient
    ) -> None:
        mia = await person()

        async def keep_opening() -> list[ClientConnection]:
            opened = []
            for _ in range(20):
                url = served.url.replace("http", "ws", 1) + "/api/v1/ws/sessions"
                opened.append(await connect(url, additional_headers=mia.login, proxy=None))
            return opened

        opening = asyncio.create_task(keep_opening())
        await asyncio.sleep(0.05)
        await patch(admin, f"/users/{mia.id}", active=False)
        for socket in await opening:
            async with asyncio.timeout(AT_ONCE):
                await socket.wait_closed()

    async def test_who_rises_may_more_at_once(self, served: Served, person: Enter, admin: httpx2.AsyncClient) -> None:
        mia = await person()
        async with hearing(served, mia.login) as socket:
            await patch(admin, f"/users/{mia.id}", role=Role.OPERATOR)
            await closes(socket)  # so that it comes back with what it may now
        assert (await mia.client.get("/api/v1/agents")).status_code == 200


class TestSessionsOf:
    @pytest.mark.parametrize(
        ("how", "reason"),
        [("off", "user_deactivated"), ("closed", "organization_closed"), ("left", "left_organization")],
    )
    async def test_who_may_have_none_end(
        self, served: Served, person: Enter, admin: httpx2.AsyncClient, how: str, reason: str
    ) -> None:
        mia = await person()
        async with served.context.database.work() as uow:
            await rows.add(uow, await people.add(uow, "mia"), "mias-1", "mias-2")
            await rows.add(uow, await people.add(uow, "otto", org_id=OTHER), "ottos")
            await organizations.set_member(uow, OTHER, mia.id, OrgRole.VIEWER)
        if how == "off":
            await patch(admin, f"/users/{mia.id}", active=False)
        elif how == "closed":
            await patch(admin, f"/organizations/{ACME}", status="suspended")
        else:
            assert (await admin.delete(f"/api/v1/organizations/{ACME}/members/{mia.id}")).status_code == 204
        async with asyncio.timeout(10):
            while True:
                async with served.context.database.work(write=False) as uow:
                    found = {name: await uow.db.get_one(Session, name) for name in ("mias-1", "mias-2", "ottos")}
                if all(found[name].state == "terminating" for name in ("mias-1", "mias-2")):
                    break
                await asyncio.sleep(0.05)
        assert {found[name].termination_reason for name in ("mias-1", "mias-2")} == {reason}
        assert found["ottos"].state == "running"
