"""The faults of access control that the earlier implementation had, one test or more for each, by its number.

Source: the list of faults in the prior art, section 12.3. What does not exist here yet has the nearest guard tested.
"""

from __future__ import annotations

import asyncio
import json
import re
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import jwt
import pyotp
import pytest
from sqlalchemy import select, update
from websockets.asyncio.client import connect

import streamspace.server
from streamspace.gateway import heads
from streamspace.kit import ids
from streamspace.platforms.process.engine import Engine
from streamspace.platforms.process.sandbox import Sandbox
from streamspace.server.core import fetch
from streamspace.server.core.http import Context
from streamspace.server.core.permissions import Role
from streamspace.server.gateways.models import Gateway
from streamspace.server.groups.models import GroupMembership
from streamspace.server.keys.models import ApiKey
from streamspace.server.limits.models import Limit
from streamspace.server.sessions.models import Session
from streamspace.server.users.models import User
from tests.architecture.test_routes import APP, METHODS
from tests.server import people
from tests.server.conftest import SECRETS, Login, Served
from tests.server.scripted import channel, connected, join_token, register
from tests.server.sessions import rows

API = "/api/v1"
OPERATIONS = {
    operation["operationId"]: (method, path)
    for path, methods in APP.openapi()["paths"].items()
    for method, operation in methods.items()
    if method in METHODS
}


async def id_of(client: httpx2.AsyncClient) -> str:
    return str((await client.get(f"{API}/users/me")).json()["id"])


async def make_key(client: httpx2.AsyncClient, **wanted: Any) -> tuple[str, dict[str, str]]:
    made = await client.post(f"{API}/api-keys", json={"name": "k", "scopes": ["*"], **wanted})
    assert made.status_code == 201, made.text
    return made.json()["id"], {"X-API-Key": made.json()["key"]}


class TestFault01:
    """Users, groups and quotas without a role check: any user could make themselves an administrator."""

    async def test_fault_01_nobody_makes_themselves_more(self, login: Login, context: Context) -> None:
        mia, tom = await login(name="mia"), await login(name="tom")
        mine, his = await id_of(mia), await id_of(tom)
        person = {"username": "new-one", "email": "n@test.example", "fullName": "New", "password": people.PASSWORD}
        tries: list[tuple[str, str, Any]] = [
            ("PATCH", f"/users/{mine}", {"role": "admin"}),
            ("PATCH", f"/users/{mine}", {"orgRole": "org_admin"}),
            ("PATCH", f"/users/{his}", {"active": False}),
            ("DELETE", f"/users/{his}", None),
            ("POST", f"/users/{his}/password", {"password": "another horse 1"}),
            ("POST", "/users", person | {"role": "admin"}),
            ("POST", "/groups", {"name": "mine", "displayName": "Mine"}),
            ("PUT", f"/users/{mine}/quota", {"maxSessions": 1000}),
            ("PUT", "/admin/quotas", {"username": "mia", "maxSessions": 1000}),
            ("PUT", "/quotas/defaults", {"maxSessions": 1000}),
            ("PATCH", "/organizations/org-default", {"displayName": "Mine"}),
            ("PATCH", f"/organizations/org-default/members/{mine}", {"orgRole": "org_admin"}),
        ]
        for method, path, body in tries:
            answer = await mia.request(method, f"{API}{path}", json=body)
            assert answer.status_code == 403, f"{method} {path}: {answer.text}"
        async with context.database.work(write=False) as uow:
            assert (await uow.db.get_one(User, mine)).role == Role.USER
            assert (await uow.db.get_one(User, his)).active
            assert (await uow.db.execute(select(Limit))).all() == []

    async def test_fault_01_one_s_own_profile_holds_no_rights(self, login: Login, context: Context) -> None:
        mia = await login(name="mia")
        await mia.patch(f"{API}/users/me", json={"fullName": "Mia", "role": "admin", "orgRole": "org_admin"})
        shown = (await mia.get(f"{API}/users/me")).json()
        assert (shown["role"], shown["orgRole"]) == ("user", "user")


class TestFault02:
    """Everybody's sessions: list, get, hibernate, wake, delete, tags, connect; create for anybody."""

    async def test_fault_02_a_colleagues_session_does_not_exist(self, login: Login, context: Context) -> None:
        mia = await login(name="mia")
        async with context.database.work() as uow:
            await rows.add(uow, await people.add(uow, "tom"), "toms", tags=("red",))
        for method, path, body in (
            ("GET", "", None),
            ("PUT", "/hibernate", None),
            ("PUT", "/wake", None),
            ("DELETE", "", None),
            ("PATCH", "/tags", {"tags": []}),
            ("PATCH", "", {"state": "terminated"}),
            ("POST", "/connect", None),
            ("GET", "/connect", None),
            ("GET", "/connections", None),
            ("GET", "/logs", None),
        ):
            answer = await mia.request(method, f"{API}/sessions/toms{path}", json=body)
            assert (answer.status_code, answer.json()["error"]) == (404, "session_not_found"), path
        for query in ("", "?user=tom", "?tags=red"):
            assert (await mia.get(f"{API}/sessions{query}")).json()["sessions"] == []
        started = await mia.post(f"{API}/sessions", json={"template": "editor", "user": "tom"})
        assert started.status_code == 403
        async with context.database.work(write=False) as uow:
            found = await uow.db.get_one(Session, "toms")
            assert (found.state, found.tags) == ("running", ["red"])


class TestFault03:
    """No isolation of organisations: all tokens named the same one."""

    async def test_fault_03_a_token_names_the_organisation_and_no_other_will_do(self, login: Login) -> None:
        otto = await login(name="otto", org="other", org_role="org_admin")
        await login(name="mia")
        token = otto.headers["Authorization"].removeprefix("Bearer ")
        claims = jwt.decode(token, options={"verify_signature": False})
        assert claims["org"] == "other"
        assert [user["username"] for user in (await otto.get(f"{API}/users")).json()["users"]] == ["otto"]
        # Even who could sign tokens gets nowhere: the login itself says where it is.
        forged = jwt.encode(claims | {"org": "org-default"}, SECRETS["secret_key"], "HS256")
        answer = await otto.get(f"{API}/users", headers={"Authorization": f"Bearer {forged}"})
        assert answer.status_code == 401

    async def test_fault_03_nor_does_anything_a_client_sends(self, login: Login, context: Context) -> None:
        otto = await login(name="otto", org="other", org_role="org_admin")
        async with context.database.work() as uow:
            await rows.add(uow, await people.add(uow, "mia"), "mias")
        for sent in ({"X-Org-Id": "org-default"}, {"X-Organization": "org-default"}, {"X-Org-ID": "*"}):
            assert (await otto.get(f"{API}/sessions", headers=sent)).json()["total"] == 0
        for query in ("orgId=org-default", "org_id=org-default", "organization=org-default"):
            assert (await otto.get(f"{API}/sessions?{query}")).json()["total"] == 0
            assert (await otto.get(f"{API}/users?{query}")).json()["total"] == 1


class TestFault04:
    """Second factors, address lists and API keys that were stored and never enforced.

    Device posture, licences, access levels of applications and permissions of plugins do not exist here, so nothing
    of them is stored either; what is stored is enforced below.
    """

    async def test_fault_04_a_second_factor_that_is_set_up_is_asked_for(self, login: Login) -> None:
        mia = await login(name="mia")
        made = (await mia.post(f"{API}/security/mfa/setup", json={"type": "totp"})).json()
        code = {"code": pyotp.TOTP(made["secret"]).now()}
        assert (await mia.post(f"{API}/security/mfa/{made['id']}/verify-setup", json=code)).status_code == 200
        again = await mia.post(f"{API}/auth/login", json={"username": "mia", "password": people.PASSWORD})
        assert (again.status_code, again.json()["error"]) == (401, "mfa_required")
        assert "token" not in again.json()

    async def test_fault_04_an_organisation_that_asks_for_one_gets_it(self, login: Login) -> None:
        mia, admin = await login(name="mia"), await login("admin")
        assert (await mia.get(f"{API}/sessions")).status_code == 200
        await admin.patch(f"{API}/organizations/org-default", json={"requireMfa": True})
        refused = await mia.get(f"{API}/sessions")
        assert (refused.status_code, refused.json()["error"]) == (403, "mfa_enrolment_required")

    async def test_fault_04_a_keys_limits_hold(self, login: Login, http: httpx2.AsyncClient, context: Context) -> None:
        mia = await login(name="mia")

        async def told(headers: dict[str, str], path: str = "/sessions") -> tuple[int, str]:
            answer = await http.get(f"{API}{path}", headers=headers)
            return answer.status_code, answer.json().get("error", "")

        _, good = await make_key(mia)
        assert (await told(good))[0] == 200
        _, elsewhere = await make_key(mia, allowedIps=["203.0.113.0/24"])
        assert await told(elsewhere) == (401, "key_address")
        _, narrow = await make_key(mia, scopes=["templates:read"])
        assert await told(narrow) == (403, "key_scope")
        assert (await told(narrow, "/templates"))[0] == 200
        _, few = await make_key(mia, rateLimit=2)
        assert [(await told(few))[0] for _ in range(3)] == [200, 200, 429]
        name, late = await make_key(mia, expiresIn="1h")
        assert (await told(late))[0] == 200
        async with context.database.work() as uow:
            past = datetime.now(UTC) - timedelta(seconds=1)
            await uow.db.execute(update(ApiKey).where(ApiKey.id == name).values(expires_at=past))
        assert await told(late) == (401, "unauthenticated")


class TestFault05:
    """Handlers that read who asks from where nobody had written it."""

    async def test_fault_05_what_is_made_belongs_to_who_asked(self, login: Login, context: Context) -> None:
        mia, admin = await login(name="mia"), await login("admin")
        mine = await id_of(mia)
        key, _ = await make_key(mia)
        await mia.patch(f"{API}/users/me", json={"fullName": "Mia M."})
        async with context.database.work(write=False) as uow:
            assert (await uow.db.get_one(ApiKey, key)).user_id == mine
        logs = (await admin.get(f"{API}/admin/audit?resource_id={key}")).json()["logs"]
        assert [(entry["actorId"], entry["actorName"], entry["orgId"]) for entry in logs] == [
            (mine, "mia", "org-default")
        ]

    def test_fault_05_there_is_one_way_to_know_who_asks(self) -> None:
        # That each operation declares it is tested for every route under tests/architecture.
        for path in Path(streamspace.server.__path__[0]).rglob("*.py"):
            text = path.read_text()
            assert "request.state" not in text, path
            assert not re.search(r"scope\[.(user_?id|role|user).\]", text), path


class TestFault06:
    """Share, invite, transfer without asking who owns it; accepting on behalf of whom the body names.

    Sharing does not exist yet. No body says who acts, and nobody takes themselves into what is not theirs.
    """

    async def test_fault_06_a_body_does_not_say_who_acts(self, login: Login, context: Context) -> None:
        mia, tom = await login(name="mia"), await login(name="tom")
        mine, his = await id_of(mia), await id_of(tom)
        body = {"name": "k", "scopes": ["*"], "userId": his, "user": "tom", "orgId": "other"}
        made = (await mia.post(f"{API}/api-keys", json=body)).json()
        assert (made["userId"], made["orgId"]) == (mine, "org-default")
        change = {
            "currentPassword": people.PASSWORD,
            "newPassword": "another horse 1",
            "userId": his,
            "username": "tom",
        }
        assert (await mia.post(f"{API}/users/me/password", json=change)).status_code == 204
        for name, password in (("tom", people.PASSWORD), ("mia", "another horse 1")):
            answer = await mia.post(f"{API}/auth/login", json={"username": name, "password": password})
            assert answer.status_code == 200, name

    async def test_fault_06_nobody_takes_themselves_into_a_group(self, login: Login, context: Context) -> None:
        mia, boss = await login(name="mia"), await login(name="boss", org_role="org_admin")
        mine = await id_of(mia)
        group = (await boss.post(f"{API}/groups", json={"name": "team", "displayName": "Team"})).json()["id"]
        joined = await mia.post(f"{API}/groups/{group}/members", json={"userId": mine, "role": "owner"})
        assert joined.status_code == 403
        await boss.post(f"{API}/groups/{group}/members", json={"userId": mine})
        risen = await mia.patch(f"{API}/groups/{group}/members/{mine}", json={"role": "owner"})
        assert risen.status_code == 403
        async with context.database.work(write=False) as uow:
            found = (await uow.db.execute(select(GroupMembership))).scalar_one()
            assert (found.user_id, found.role) == (mine, "member")


class TestFault07:
    """Logout and the ending of sessions did nothing; refresh kept old roles."""

    async def test_fault_07_signed_out_is_out(self, login: Login, http: httpx2.AsyncClient) -> None:
        await login(name="mia")
        issued = (await http.post(f"{API}/auth/login", json={"username": "mia", "password": people.PASSWORD})).json()
        held = {"Authorization": f"Bearer {issued['token']}"}
        assert (await http.post(f"{API}/auth/logout", headers=held)).status_code == 204
        assert (await http.get(f"{API}/users/me", headers=held)).status_code == 401
        refreshed = await http.post(f"{API}/auth/refresh", json={"refreshToken": issued["refreshToken"]})
        assert refreshed.status_code == 401

    async def test_fault_07_a_lowered_role_counts_for_old_tokens_and_new_ones(
        self, login: Login, http: httpx2.AsyncClient
    ) -> None:
        admin = await login("admin")
        olga = await login("operator", name="olga")
        issued = (await http.post(f"{API}/auth/login", json={"username": "olga", "password": people.PASSWORD})).json()
        assert (await olga.get(f"{API}/agents")).status_code == 200
        await admin.patch(f"{API}/users/{await id_of(olga)}", json={"role": "user"})
        assert (await olga.get(f"{API}/agents")).status_code == 403
        fresh = (await http.post(f"{API}/auth/refresh", json={"refreshToken": issued["refreshToken"]})).json()
        assert fresh["user"]["role"] == "user"
        held = {"Authorization": f"Bearer {fresh['token']}"}
        assert (await http.get(f"{API}/agents", headers=held)).status_code == 403


class TestFault08:
    """One bootstrap key opened everything; unapproved agents served; their words counted for others' sessions."""

    async def test_fault_08_a_join_token_opens_nothing_else(self, served: Served, enter: Login) -> None:
        admin = await enter("admin")
        token = await join_token(admin)
        for headers in ({"Authorization": f"Bearer {token}"}, {"X-API-Key": token}, {"X-Agent-API-Key": token}):
            async with httpx2.AsyncClient(base_url=served.url, timeout=30) as client:
                for path in ("/agents", "/sessions", "/users"):
                    assert (await client.get(f"{API}{path}", headers=headers)).status_code == 401
        async with channel(served.url, "robot", token) as agent:
            assert (await agent.closed())[0] == 4401
        assert (await register(admin, "first", ids.secret(), token)).status_code == 201
        assert (await register(admin, "second", ids.secret(), token)).status_code in {401, 403}  # it was for one agent

    async def test_fault_08_who_is_not_approved_serves_nobody(self, served: Served, enter: Login) -> None:
        admin = await enter("admin")
        key = ids.secret()
        await register(admin, "robot", key, await join_token(admin, approve=False))
        async with channel(served.url, "robot", key) as agent:
            assert await agent.closed() == (4401, "agent_not_approved")
        refused = await admin.post(f"{API}/sessions", json={"template": "editor"})
        assert refused.json()["error"] == "no_capacity"

    async def test_fault_08_an_agent_speaks_for_its_own_sessions_only(self, served: Served, enter: Login) -> None:
        admin = await enter("admin")
        async with connected(admin, served.url, "honest") as honest:
            started = await admin.post(f"{API}/sessions", json={"template": "editor"})
            session = started.json()["id"]
            command = await honest.command("start_session")
            async with connected(admin, served.url, "liar") as liar:
                await liar.say("status", sessionId=session, state="running", phase="application")
                await liar.complete(command)
                await liar.say("status", sessionId=session, state="failed", phase="crashed")
                await asyncio.sleep(0.3)
                shown = (await admin.get(f"{API}/sessions/{session}")).json()
                assert (shown["state"], shown["agentId"]) == ("pending", "honest")


class TestFault09:
    """A token in the query, sent on to the session, and in a cookie that scripts can read."""

    async def test_fault_09_no_token_is_taken_from_a_query(self, served: Served, enter: Login) -> None:
        mia = await enter(name="mia")
        token = mia.headers["Authorization"].removeprefix("Bearer ")
        async with httpx2.AsyncClient(base_url=served.url, timeout=30) as client:
            for name in ("token", "access_token", "jwt", "api_key", "key"):
                assert (await client.get(f"{API}/users/me?{name}={token}")).status_code == 401
        url = served.url.replace("http", "ws", 1) + f"{API}/ws/sessions?token={token}"
        async with connect(url, proxy=None) as opened:
            await opened.wait_closed()
        assert (opened.close_code, opened.close_reason) == (4401, "unauthenticated")

    async def test_fault_09_scripts_cannot_read_the_cookie(self, login: Login, http: httpx2.AsyncClient) -> None:
        await login(name="mia")
        body = {"username": "mia", "password": people.PASSWORD, "cookie": True}
        answer = await http.post(f"{API}/auth/login", json=body)
        cookies = answer.headers.get_list("set-cookie")
        assert len(cookies) == 2
        for cookie in cookies:
            assert "httponly" in cookie.lower()
            assert "samesite=strict" in cookie.lower()
        assert not answer.json().get("token")
        assert not answer.json().get("refreshToken")

    async def test_fault_09_a_stream_is_opened_by_a_ticket_that_is_no_login(
        self, login: Login, context: Context, http: httpx2.AsyncClient
    ) -> None:
        mia = await login(name="mia")
        token = mia.headers["Authorization"].removeprefix("Bearer ")
        async with context.database.work() as uow:
            await rows.add(uow, await people.add(uow, "mia"), "mias")
            address = "http://gateway.test"
            uow.db.add(Gateway(id="g", public_url=address, agent_url=address, online=True, seen_at=uow.now()))
        opened = (await mia.post(f"{API}/sessions/mias/connect")).json()["sessionUrl"]
        assert token not in opened
        ticket = opened.partition("ticket=")[2]
        for headers in ({"Authorization": f"Bearer {ticket}"}, {"Cookie": f"streamspace_login={ticket}"}):
            assert (await http.get(f"{API}/users/me", headers=headers)).status_code == 401

    def test_fault_09_a_session_is_sent_nothing_that_proves_who_somebody_is(self) -> None:
        sent = [
            (b"cookie", b"streamspace_login=secret"),
            (b"authorization", b"Bearer secret"),
            (b"x-api-key", b"secret"),
            (b"accept", b"*/*"),
        ]
        kept = heads.to_session(sent, "http://gateway.test")
        assert b"secret" not in b"".join(value for _, value in kept)
        assert (b"accept", b"*/*") in kept
        # What opened the stream is not in what the session is asked either.
        assert heads.without_query(b"ticket=secret&page=1", ["ticket"]) == b"page=1"


class TestFault10:
    """Unlimited tries at signing in; an open webhook for Git, where ours takes what is signed; every origin allowed."""

    async def test_fault_10_a_name_is_not_tried_for_ever(self, login: Login, http: httpx2.AsyncClient) -> None:
        await login(name="mia")

        async def sign_in(name: str, password: str) -> int:
            return (await http.post(f"{API}/auth/login", json={"username": name, "password": password})).status_code

        tries = await asyncio.gather(*(sign_in("mia", "wrong guess") for _ in range(30)))
        assert set(tries) == {401, 429}
        assert tries.count(401) <= 10
        assert await sign_in("mia", people.PASSWORD) == 429  # not even the right one, or guessing would go on
        assert await sign_in("nobody-at-all", "wrong guess") == 401

    async def test_fault_10_nor_are_many_names_from_one_address(self, http: httpx2.AsyncClient) -> None:
        bodies = [{"username": f"name-{n}", "password": "wrong guess"} for n in range(60)]
        answers = [(await http.post(f"{API}/auth/login", json=body)).status_code for body in bodies]
        assert answers.count(401) <= 30
        assert answers[-1] == 429

    async def test_fault_10_no_other_site_is_let_in(self, login: Login, http: httpx2.AsyncClient) -> None:
        mia = await login(name="mia")
        token = mia.headers["Authorization"].removeprefix("Bearer ")
        evil = {"Origin": "https://evil.test"}
        cookie = {"Cookie": f"streamspace_login={token}"}
        for answer in (
            await http.get(f"{API}/users/me", headers=evil | cookie),
            await http.options(f"{API}/users/me", headers=evil | {"Access-Control-Request-Method": "PATCH"}),
        ):
            assert not [name for name in answer.headers if name.lower().startswith("access-control-")]
        refused = await http.patch(f"{API}/users/me", json={"fullName": "x"}, headers=evil | cookie)
        assert (refused.status_code, refused.json()["error"]) == (403, "foreign_origin")

    async def test_fault_10_there_is_no_open_webhook(self, http: httpx2.AsyncClient) -> None:
        hooks = {name for name, (_, path) in OPERATIONS.items() if "webhook" in path or "/git" in path}
        assert hooks == {"receive_repository_webhook", "renew_webhook_secret", "delete_webhook_secret"}
        # Neither unsigned nor wrongly signed, and no answer says whether there is such a repository.
        for headers in ({}, {"X-GitHub-Event": "push", "X-Hub-Signature-256": f"sha256={'0' * 64}"}):
            answer = await http.post(f"{API}/catalog/repositories/1/webhook", json={"ref": "main"}, headers=headers)
            assert answer.status_code == 404


class TestFault11:
    """Addresses that people type in reached what only the server can reach. Icons come from the catalog's folder."""

    @pytest.mark.parametrize(
        "address",
        [
            *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.1.2.3", "100.64.0.1"),
            *("::1", "fe80::1", "fd00::1", "::ffff:127.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "224.0.0.1", "::"),
        ],
    )
    def test_fault_11_no_inner_address_is_fetched(self, address: str) -> None:
        assert fetch.refused(fetch.ipaddress.ip_address(address), private=False)

    @pytest.mark.parametrize(
        "url",
        [
            *("file:///etc/passwd", "gopher://x/", "http://example.org/", "https://me:pw@example.org/", "//x", ""),
            *("https://", "ftp://x/", "https://[::1", "https://ex\u00e4mple.org/", "https://x:0/"),
        ],
    )
    def test_fault_11_no_other_scheme_is_fetched(self, url: str) -> None:
        with pytest.raises(fetch.CannotFetch):
            fetch.check_url(url, private=False)

    @pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "127.1", "2130706433", "0x7f000001"])
    async def test_fault_11_an_organisations_provider_reaches_nothing_of_ours(self, login: Login, host: str) -> None:
        boss = await login(name="boss", org_role="org_admin")
        with socket.create_server(("127.0.0.1", 0)) as listener:
            listener.settimeout(0.2)
            issuer = f"https://{host}:{listener.getsockname()[1]}"
            wanted = {"name": "inner", "kind": "oidc", "issuer": issuer, "clientId": "us"}
            made = await boss.post(f"{API}/identity-providers", json=wanted)
            if made.status_code == 201:  # a name is looked up when it is asked
                tested = await boss.post(f"{API}/identity-providers/{made.json()['id']}/test")
                assert tested.json()["ok"] is False
                await boss.get(f"{API}/auth/oidc/inner/login")
            metadata = {"name": "saml", "kind": "saml", "metadataUrl": f"{issuer}/metadata"}
            refused = await boss.post(f"{API}/identity-providers", json=metadata)
            assert refused.status_code in {400, 502, 503}, refused.text
            with pytest.raises(TimeoutError):
                listener.accept()

    async def test_fault_11_no_picture_is_fetched_for_anybody(self, login: Login) -> None:
        mia = await login(name="mia")
        shown = (await mia.get(f"{API}/templates/editor")).json()
        assert "://" not in json.dumps(shown.get("icon", ""))
        assert (await mia.get(f"{API}/templates/editor/icon?url=http://127.0.0.1/")).status_code == 200


class TestFault12:
    """Containers with default privileges and ports open to the network.

    The process platform's sandbox is the one that exists. What a session in it really has is tested under
    tests/platforms/process; this looks at what it is started with, on machines that cannot start one too.
    """

    @pytest.fixture
    def words(self, tmp_path: Path) -> list[str]:
        folders = {name: tmp_path / name for name in ("home", "run", "private", "page")}
        for folder in folders.values():
            folder.mkdir()
        engine = Engine(**{**engine_fields(tmp_path), "page": folders["page"]})
        sandbox = Sandbox(
            engine=engine,
            home=folders["home"],
            run=folders["run"],
            private=folders["private"],
            owner=1000,
            network=False,
            own_network=False,
            temporary_bytes=2**20,
        )
        return sandbox.command("box", {"HOME": "/home/user"}, {"info": 3, "config": 4})

    def test_fault_12_a_session_has_its_own_of_everything_and_no_privilege(self, words: list[str]) -> None:
        assert words[0] == "bwrap"
        for name in ("user", "pid", "ipc", "uts", "net"):
            assert f"--unshare-{name}" in words
        assert {"--new-session", "--clearenv", "--as-pid-1"} <= set(words)
        assert not {"--cap-add", "--share-net", "--dev-bind", "--keep-fd"} & set(words)
        assert int(words[words.index("--uid") + 1]) > 0
        assert words[words.index("--remount-ro") + 1] == "/"

    def test_fault_12_it_sees_and_writes_nothing_of_the_machines(self, words: list[str]) -> None:
        binds = [words[n + 2] for n, word in enumerate(words) if word == "--bind"]
        assert len(binds) == 1  # its home
        sources = {words[n + 1] for n, word in enumerate(words) if word.endswith("bind")}
        assert not {"/", "/etc", "/root", "/home", "/run", "/var", "/var/run/docker.sock", "/proc", "/sys"} & sources
        assert not [source for source in sources if "docker" in source or source.startswith("/etc/shadow")]

    def test_fault_12_no_port_is_open(self) -> None:
        # The engine listens on a socket in a folder of the agent's, which no other machine can reach.
        platforms = Path(streamspace.server.__path__[0]).parent / "platforms"
        assert 'Endpoint(kind="unix"' in (platforms / "local/participants.py").read_text()
        assert [str(path) for path in platforms.rglob("*.py") if 'kind="tcp"' in path.read_text()] == []


def engine_fields(folder: Path) -> dict[str, Any]:
    """Return an engine that lies nowhere in particular."""
    return {"prefix": folder / "engine", "python": folder / "engine/bin/python", "sites": [folder / "engine/site"]}
