from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from sqlalchemy import select, update

from streamspace.protocol.streams import Ticket
from streamspace.protocol.tokens import verify
from streamspace.server.audit.jobs import Sealer
from streamspace.server.core.db import PendingEntry
from streamspace.server.core.http import Context
from streamspace.server.gateways.models import Revocation
from streamspace.server.organizations.models import Organization
from streamspace.server.policies.models import StoredPolicy
from streamspace.server.sessions import connections
from streamspace.server.sessions.models import Connection, Session
from streamspace.server.shares import jobs
from streamspace.server.shares.models import Share as ShareRow
from tests.server.conftest import SECRETS, Login
from tests.server.shares.conftest import MINE, SESSION, URL, Share, add_session

REDEEM, JOIN = "/api/v1/shares/redeem", "/api/v1/shares/join"


def ticket_of(opened: dict[str, Any]) -> Ticket:
    (token,) = parse_qs(urlsplit(opened["sessionUrl"]).query)["ticket"]
    return verify(Ticket, token, SECRETS["gateway_secret"], datetime.now(UTC))


async def connect(person: httpx2.AsyncClient) -> dict[str, Any]:
    answer = await person.post(f"{MINE}/{SESSION}/connect")
    assert answer.status_code == 200, answer.text
    opened: dict[str, Any] = answer.json()
    return opened


async def redeem(person: httpx2.AsyncClient, made: dict[str, Any]) -> httpx2.Response:
    return await person.post(REDEEM, json={"token": made["token"]})


async def revoked(context: Context) -> set[str]:
    async with context.database.work(write=False) as uow:
        found = await uow.db.execute(select(Revocation.subject).where(Revocation.kind == "connection"))
        return set(found.scalars())


async def allow_guests(context: Context) -> None:
    async with context.database.work() as uow:
        await uow.db.execute(update(Organization).values(guest_links=True))


class TestInvitation:
    async def test_somebody_invited_finds_the_session_and_nothing_else(
        self, mia: httpx2.AsyncClient, bob: httpx2.AsyncClient, share: Share, context: Context
    ) -> None:
        await add_session(context, "mia-editor-00000002")
        made = await share(username="bob")
        assert (made["kind"], made["username"], made["permission"], made["state"]) == ("user", "bob", "view", "active")
        assert {"token", "url"}.isdisjoint(made)
        found = (await bob.get(MINE)).json()
        assert [one["id"] for one in found["sessions"]] == [SESSION]
        assert "environment" not in found["sessions"][0]
        assert (await bob.get(URL)).status_code == 404
        assert (await bob.get("/api/v1/sessions")).json()["total"] == 0
        assert (await bob.post(f"{URL}/connect")).status_code == 404
        assert (await bob.get(f"{MINE}/mia-editor-00000002")).json()["error"] == "not_shared"

    @pytest.mark.parametrize(("permission", "role"), [("view", "viewer"), ("control", "controller")])
    async def test_the_ticket_carries_the_role_the_share_gives(
        self, bob: httpx2.AsyncClient, share: Share, permission: str, role: str
    ) -> None:
        await share(username="bob", permission=permission)
        opened = await connect(bob)
        ticket = ticket_of(opened)
        assert (opened["role"], ticket.role, ticket.connection_id) == (role, role, opened["connectionId"])

    async def test_of_several_the_one_counts_that_lets_do_most(self, bob: httpx2.AsyncClient, share: Share) -> None:
        await share(username="bob", permission="control")
        await share(username="bob", permission="view")
        assert (await bob.get(MINE)).json()["sessions"][0]["permission"] == "control"
        assert (await connect(bob))["role"] == "controller"

    async def test_somebody_of_another_organisation_does_not_exist(self, mia: httpx2.AsyncClient, login: Login) -> None:
        stranger = await login(name="eve", org="org-other")
        me = (await stranger.get("/api/v1/users/me")).json()
        for who in ({"username": "eve"}, {"username": "nobody"}, {"userId": me["id"]}):
            refused = await mia.post(f"{URL}/shares", json=who)
            assert (refused.status_code, refused.json()["error"]) == (404, "invitee_not_found")

    async def test_lasts_a_day_unless_said_otherwise(self, share: Share) -> None:
        def left(made: dict[str, Any]) -> timedelta:
            return datetime.fromisoformat(made["expiresAt"]) - datetime.now(UTC)

        assert timedelta(hours=23, minutes=59) < left(await share(kind="link")) <= timedelta(hours=24)
        assert left(await share(kind="link", expiresIn="30d")) > timedelta(days=29)

    @pytest.mark.parametrize(
        ("wanted", "error"),
        [
            ({"kind": "link", "expiresIn": "31d"}, "bad_share_life"),
            ({"kind": "link", "expiresIn": "1s"}, "bad_share_life"),
            ({"kind": "link", "expiresAt": "2001-01-01T00:00:00Z"}, "bad_share_life"),
            ({"kind": "link", "expiresIn": "soon"}, "bad_duration"),
            ({"kind": "link", "username": "bob"}, "bad_share"),
            ({"kind": "user"}, "bad_share"),
            ({"kind": "user", "username": "mia"}, "bad_share"),
            ({"kind": "user", "username": "bob", "userId": "x"}, "bad_share"),
            ({"kind": "link", "permission": "own"}, "bad_request"),
            ({"kind": "link", "maxUses": 0}, "bad_request"),
            ({"kind": "link", "maxUses": 1001}, "bad_request"),
            ({"kind": "letter"}, "bad_request"),
        ],
    )
    async def test_what_makes_no_sense_is_refused(
        self, mia: httpx2.AsyncClient, bob: httpx2.AsyncClient, wanted: dict[str, Any], error: str
    ) -> None:
        refused = await mia.post(f"{URL}/shares", json=wanted)
        assert (refused.status_code, refused.json()["error"]) == (400, error)

    async def test_names_cannot_be_tried_one_after_the_other(self, mia: httpx2.AsyncClient) -> None:
        statuses = [(await mia.post(f"{URL}/shares", json={"username": f"n{n}"})).status_code for n in range(12)]
        assert statuses == [404] * 10 + [429] * 2

    async def test_a_session_that_ended_is_shared_no_more(
        self, mia: httpx2.AsyncClient, bob: httpx2.AsyncClient, share: Share, context: Context
    ) -> None:
        await share(username="bob")
        async with context.database.work() as uow:
            await uow.db.execute(update(Session).values(state="terminated"))
        assert (await bob.get(MINE)).json()["total"] == 0
        assert (await mia.post(f"{URL}/shares", json={"kind": "link"})).json()["error"] == "wrong_state"

    async def test_somebody_invited_wakes_nothing(
        self, bob: httpx2.AsyncClient, share: Share, context: Context
    ) -> None:
        await share(username="bob", permission="control")
        async with context.database.work() as uow:
            await uow.db.execute(update(Session).values(state="hibernated"))
        opened = await connect(bob)
        assert (opened["ready"], opened["state"], opened["sessionUrl"]) == (False, "hibernated", None)


class TestLink:
    async def test_the_token_is_shown_once_and_not_kept(
        self, mia: httpx2.AsyncClient, share: Share, context: Context
    ) -> None:
        made = await share(kind="link")
        assert made["url"].endswith(f"/invite#{made['token']}")
        listed = (await mia.get(f"{URL}/shares")).json()["shares"]
        assert [one["id"] for one in listed] == [made["id"]]
        assert {"token", "url", "hashed"}.isdisjoint(listed[0])
        async with context.database.work(write=False) as uow:
            row = await uow.db.get_one(ShareRow, made["id"])
            notes = (await uow.db.execute(select(PendingEntry.entry))).scalars().all()
        assert made["token"] not in str([vars(row), *notes])

    async def test_whoever_opens_it_may_come_back_without_it(self, bob: httpx2.AsyncClient, share: Share) -> None:
        opened = await redeem(bob, await share(kind="link", permission="control"))
        assert opened.status_code == 200, opened.text
        assert opened.json()["session"]["permission"] == "control"
        assert (await connect(bob))["role"] == "controller"

    async def test_its_uses_are_people_not_clicks(
        self, bob: httpx2.AsyncClient, mia: httpx2.AsyncClient, login: Login, share: Share
    ) -> None:
        made = await share(kind="link", maxUses=1)
        assert [(await redeem(bob, made)).status_code for _ in range(3)] == [200] * 3
        assert (await redeem(mia, made)).status_code == 200
        late = await login(name="late")
        assert (await redeem(late, made)).json()["error"] == "share_not_found"
        (listed,) = (await mia.get(f"{URL}/shares")).json()["shares"]
        assert (listed["uses"], listed["state"]) == (1, "used_up")
        assert (await connect(bob))["ready"]

    async def test_is_worth_nothing_in_another_organisation(self, login: Login, share: Share) -> None:
        made = await share(kind="link")
        stranger = await login(name="eve", org="org-other")
        assert (await redeem(stranger, made)).json()["error"] == "share_not_found"
        assert (await stranger.get(MINE)).json()["total"] == 0
        assert (await stranger.post(f"{MINE}/{SESSION}/connect")).status_code == 404

    async def test_guessing_is_slowed_down(self, bob: httpx2.AsyncClient) -> None:
        statuses = [(await bob.post(REDEEM, json={"token": f"ssl_{n}"})).status_code for n in range(12)]
        assert statuses == [404] * 10 + [429] * 2


class TestGuest:
    async def test_stays_outside_unless_the_organisation_lets_guests_in(
        self, http: httpx2.AsyncClient, share: Share, context: Context
    ) -> None:
        wanted = {"token": (await share(kind="link"))["token"], "name": "Kim"}
        assert (await http.post(JOIN, json=wanted)).json()["error"] == "guests_not_allowed"
        await allow_guests(context)
        joined = await http.post(JOIN, json=wanted)
        assert joined.status_code == 200, joined.text
        ticket = ticket_of(joined.json())
        assert (ticket.role, ticket.login_id, joined.json()["sessionId"]) == ("viewer", "", SESSION)

    async def test_is_seen_by_the_name_they_gave_and_counts_each_time(
        self, http: httpx2.AsyncClient, mia: httpx2.AsyncClient, share: Share, context: Context
    ) -> None:
        await allow_guests(context)
        made = await share(kind="link", maxUses=2)
        answers = [await http.post(JOIN, json={"token": made["token"], "name": "Kim"}) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 404]
        found = (await mia.get(f"{URL}/connections")).json()["connections"]
        assert [(one["username"], one["guest"]) for one in found] == [("Kim", True)] * 2

    @pytest.mark.parametrize("name", ["", "x" * 33, "<b>", "a\nb", "\x00"])
    async def test_has_a_name_that_can_be_shown(self, http: httpx2.AsyncClient, name: str) -> None:
        assert (await http.post(JOIN, json={"token": "x", "name": name})).status_code == 400

    async def test_the_organisations_administrator_decides(self, login: Login, context: Context) -> None:
        boss = await login(name="boss", org_role="org_admin")
        org = (await boss.get("/api/v1/users/me")).json()["orgId"]
        changed = await boss.patch(f"/api/v1/organizations/{org}", json={"guestLinks": True})
        assert (changed.status_code, changed.json()["guestLinks"]) == (200, True)


class TestWatermark:
    async def test_names_who_looks_whoever_they_are(
        self, http: httpx2.AsyncClient, mia: httpx2.AsyncClient, bob: httpx2.AsyncClient, share: Share, context: Context
    ) -> None:
        await allow_guests(context)
        await share(username="bob")
        guest = {"token": (await share(kind="link"))["token"], "name": "Kim"}

        async def shown() -> list[str | None]:
            answers = (await mia.post(f"{URL}/connect"), await bob.post(f"{MINE}/{SESSION}/connect"))
            joined = await http.post(JOIN, json=guest)
            return [answer.json()["watermark"] for answer in (*answers, joined)]

        assert await shown() == [None] * 3
        async with context.database.work() as uow:
            org_id = (await uow.db.execute(select(Session.org_id))).scalar_one()
            policy = StoredPolicy(kind="organization", subject_id=org_id, org_id=org_id, said={"watermark": True})
            policy.created_at = policy.updated_at = uow.now()
            uow.db.add(policy)
        assert await shown() == ["mia", "bob", "Kim"]

    async def test_is_not_told_before_there_is_a_picture(self, mia: httpx2.AsyncClient, context: Context) -> None:
        async with context.database.work() as uow:
            await uow.db.execute(update(Session).values(state="starting"))
        assert (await mia.post(f"{URL}/connect")).json()["watermark"] is None


class TestEnd:
    async def test_a_revoked_share_ends_its_connections_and_lets_nobody_in(
        self, mia: httpx2.AsyncClient, bob: httpx2.AsyncClient, share: Share, context: Context
    ) -> None:
        made = await share(username="bob")
        opened = await connect(bob)
        gone = await mia.delete(f"{URL}/shares/{made['id']}")
        assert gone.status_code == 204, gone.text
        assert opened["connectionId"] in await revoked(context)
        assert (await mia.get(f"{URL}/connections")).json()["total"] == 0
        assert (await bob.post(f"{MINE}/{SESSION}/connect")).status_code == 404
        assert (await mia.delete(f"{URL}/shares/{made['id']}")).status_code == 204
        assert (await mia.get(f"{URL}/shares")).json()["shares"][0]["state"] == "revoked"

    async def test_the_owners_own_connection_stays(
        self, mia: httpx2.AsyncClient, bob: httpx2.AsyncClient, share: Share, context: Context
    ) -> None:
        own = (await mia.post(f"{URL}/connect")).json()["connectionId"]
        made = await share(username="bob")
        await connect(bob)
        await mia.delete(f"{URL}/shares/{made['id']}")
        assert [one["id"] for one in (await mia.get(f"{URL}/connections")).json()["connections"]] == [own]
        assert own not in await revoked(context)

    async def test_an_expired_share_ends_its_connections(
        self, bob: httpx2.AsyncClient, mia: httpx2.AsyncClient, share: Share, context: Context
    ) -> None:
        made = await share(username="bob")
        opened = await connect(bob)
        async with context.database.work() as uow:
            await uow.db.execute(update(ShareRow).values(expires_at=uow.now() - timedelta(seconds=1)))
        assert (await bob.get(MINE)).json()["total"] == 0
        await jobs.close_expired(context.database)
        assert opened["connectionId"] in await revoked(context)
        (listed,) = (await mia.get(f"{URL}/shares")).json()["shares"]
        assert (listed["id"], listed["state"]) == (made["id"], "expired")

    async def test_a_viewer_who_fell_silent_cannot_come_back_by_an_old_cookie(
        self, bob: httpx2.AsyncClient, share: Share, context: Context
    ) -> None:
        await share(username="bob")
        opened = await connect(bob)
        async with context.database.work() as uow:
            await uow.db.execute(update(Connection).values(last_heartbeat=uow.now() - timedelta(hours=1)))
        async with context.database.work() as uow:
            await connections.drop_silent(uow)
        assert opened["connectionId"] in await revoked(context)

    async def test_a_share_of_another_session_is_not_found(
        self, mia: httpx2.AsyncClient, share: Share, context: Context
    ) -> None:
        made = await share(kind="link")
        await add_session(context, "mia-editor-00000002")
        refused = await mia.delete(f"/api/v1/sessions/mia-editor-00000002/shares/{made['id']}")
        assert refused.json()["error"] == "share_not_found"


class TestPresence:
    async def test_those_who_take_part_see_names_and_no_addresses(
        self, mia: httpx2.AsyncClient, bob: httpx2.AsyncClient, share: Share
    ) -> None:
        await mia.post(f"{URL}/connect", headers={"User-Agent": "mias-browser"})
        await share(username="bob")
        await connect(bob)
        seen = (await bob.get(f"{URL}/connections")).json()["connections"]
        assert [(one["username"], one["role"], one["hasControl"]) for one in seen] == [
            ("mia", "controller", True),
            ("bob", "viewer", False),
        ]
        assert {(one["clientIp"], one["userAgent"]) for one in seen} == {("", "")}
        assert all(one["clientIp"] for one in (await mia.get(f"{URL}/connections")).json()["connections"])

    async def test_who_does_not_take_part_sees_nobody(self, bob: httpx2.AsyncClient, share: Share) -> None:
        await share(username="bob")
        assert (await bob.get(f"{URL}/connections")).status_code == 404

    async def test_somebody_who_takes_part_keeps_and_ends_their_own_connection_only(
        self, mia: httpx2.AsyncClient, bob: httpx2.AsyncClient, share: Share
    ) -> None:
        own = (await mia.post(f"{URL}/connect")).json()["connectionId"]
        await share(username="bob")
        theirs = (await connect(bob))["connectionId"]
        assert (await bob.post(f"{URL}/heartbeat?connectionId={theirs}")).status_code == 200
        for verb in ("heartbeat", "disconnect"):
            assert (await bob.post(f"{URL}/{verb}?connectionId={own}")).status_code == 404
        assert (await bob.post(f"{URL}/disconnect?connectionId={theirs}")).json()["activeConnections"] == 1

    async def test_one_person_does_not_take_all_the_places(
        self, mia: httpx2.AsyncClient, bob: httpx2.AsyncClient, share: Share, context: Context
    ) -> None:
        await share(username="bob")
        opened = [(await connect(bob))["connectionId"] for _ in range(7)]
        found = (await mia.get(f"{URL}/connections")).json()["connections"]
        assert [one["id"] for one in found] == opened[2:]
        assert set(opened[:2]) <= await revoked(context)

    async def test_a_full_session_takes_nobody_else(
        self, bob: httpx2.AsyncClient, share: Share, monkeypatch: pytest.MonkeyPatch, mia: httpx2.AsyncClient
    ) -> None:
        monkeypatch.setattr(connections, "MOST_SHARED", 1)
        await mia.post(f"{URL}/connect")
        await share(username="bob")
        refused = await bob.post(f"{MINE}/{SESSION}/connect")
        assert (refused.status_code, refused.json()["error"]) == (409, "session_crowded")
        assert (await mia.post(f"{URL}/connect")).json()["ready"]


class TestAudit:
    async def test_the_log_tells_who_let_in_whom(
        self, mia: httpx2.AsyncClient, bob: httpx2.AsyncClient, share: Share, context: Context, login: Login
    ) -> None:
        made = await share(kind="link")
        await redeem(bob, made)
        await connect(bob)
        await mia.delete(f"{URL}/shares/{made['id']}")
        admin = await login("admin")
        await context.part(Sealer).run()
        found = (await admin.get(f"/api/v1/admin/audit?resource_id={SESSION}&limit=50")).json()["logs"]
        said = {entry["action"] for entry in found}
        assert {"session.shared", "share.redeemed", "session.connected", "session.unshared"} <= said
