"""Who reaches which files, under which policy, and what the audit log keeps."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import orjson
import pytest
from sqlalchemy import select, update

from streamspace.protocol import files, tokens
from streamspace.server.core.db import PendingEntry
from streamspace.server.core.http import Context
from streamspace.server.files.jobs import Transfers
from streamspace.server.gateways.models import Gateway, Revocation
from streamspace.server.sessions.models import Session
from tests.server import people
from tests.server.conftest import SECRETS, Login
from tests.server.sessions import rows

SESSION = "mia-editor-00000001"
URL = f"/api/v1/sessions/{SESSION}/files/access"


@pytest.fixture
async def mia(login: Login, context: Context) -> httpx2.AsyncClient:
    client = await login(name="mia")
    async with context.database.work() as uow:
        await rows.add(uow, await people.add(uow, "mia"), SESSION)
        address = "http://gate.test"
        uow.db.add(Gateway(id="gate", public_url=address, agent_url=address, online=True, seen_at=uow.now()))
    return client


def claims(answer: httpx2.Response) -> files.FilesToken:
    assert answer.status_code == 200, answer.text
    token = answer.json()["token"]
    return tokens.verify(files.FilesToken, token, SECRETS["gateway_secret"], datetime.now(UTC))


async def notes(context: Context) -> list[dict[str, Any]]:
    async with context.database.work(write=False) as uow:
        found = (await uow.db.execute(select(PendingEntry).order_by(PendingEntry.id))).scalars().all()
        return [one.entry for one in found if one.entry["action"].startswith("session.file")]


class TestAccess:
    async def test_the_owner_gets_an_address_and_a_token(self, mia: httpx2.AsyncClient, context: Context) -> None:
        answer = await mia.post(URL)
        told = answer.json()
        assert told["url"] == f"http://gate.test/f/{SESSION}"
        assert (told["upload"], told["download"], told["maxUploadBytes"]) == (True, True, 2 * 1024**3)
        token = claims(answer)
        assert (token.session_id, token.username, token.upload, token.download) == (SESSION, "mia", True, True)
        assert token.login_id
        assert not token.by_key
        left = datetime.fromisoformat(told["expiresAt"]) - datetime.now(UTC)
        assert timedelta(minutes=9) < left <= timedelta(minutes=15)
        assert [note["action"] for note in await notes(context)] == ["session.files_opened"]

    async def test_nobody_else_does_whatever_their_role(self, mia: httpx2.AsyncClient, login: Login) -> None:
        for name, role, expected in (("bob", "user", 404), ("root", "admin", 403), ("ops", "operator", 403)):
            other = await login(name=name, role=role)
            assert (await other.post(URL)).status_code == expected

    @pytest.mark.parametrize(
        ("state", "sentence"),
        [
            ("hibernated", "The session is hibernated. Wake it to reach its files."),
            ("starting", "The session is not running yet. Its files can be reached when it is."),
            ("terminated", "This session has ended. What was in its home is there in the next one, if it is kept."),
        ],
    )
    async def test_a_session_that_does_not_run_says_so(
        self, mia: httpx2.AsyncClient, context: Context, state: str, sentence: str
    ) -> None:
        async with context.database.work() as uow:
            await uow.db.execute(update(Session).values(state=state))
        answer = await mia.post(URL)
        assert answer.status_code == 409
        assert answer.json()["error"] == "files_not_reachable"
        assert answer.json()["message"] == sentence

    async def test_without_a_gateway_there_is_no_way(self, mia: httpx2.AsyncClient, context: Context) -> None:
        async with context.database.work() as uow:
            await uow.db.execute(update(Gateway).values(online=False))
        assert (await mia.post(URL)).status_code == 503

    async def test_the_policy_goes_into_the_token_and_a_new_one_ends_the_old(
        self, mia: httpx2.AsyncClient, login: Login, context: Context
    ) -> None:
        before = claims(await mia.post(URL))
        root = await login(name="root", role="admin")
        said = {"download": False, "maxUploadBytes": 1000}
        answer = await root.put(f"/api/v1/organizations/{before.org_id}/policy", json=said)
        assert answer.status_code == 200, answer.text
        after = claims(await mia.post(URL))
        assert (after.upload, after.download, after.max_upload_bytes) == (True, False, 1000)
        transfers = context_transfers(context)
        await transfers._on_change(published(before.org_id))
        async with context.database.work(write=False) as uow:
            revoked = await uow.db.get(Revocation, ("connection", files.audience_of(before.org_id)))
        assert revoked is not None
        assert revoked.at.timestamp() >= before.iat


def context_transfers(context: Context) -> Transfers:
    from prometheus_client import CollectorRegistry

    return Transfers(context.database, CollectorRegistry())


def published(org_id: str) -> Any:
    from streamspace.server.core.events import Published

    return Published("policy.changed", org_id, datetime.now(UTC), {})


class TestTransfers:
    @staticmethod
    def told(**changes: Any) -> files.FileMoved:
        known: dict[str, Any] = {
            "session_id": SESSION,
            "org_id": "",
            "user_id": "u1",
            "username": "mia",
            "login_id": "l1",
            "ip": "192.0.2.7",
            "direction": "uploaded",
            "path": "Documents/plan.odt",
            "size_bytes": 12,
            "at": datetime.now(UTC),
        }
        return files.FileMoved(**(known | changes))

    async def test_each_is_in_the_audit_log_as_the_persons(self, mia: httpx2.AsyncClient, context: Context) -> None:
        org_id = claims(await mia.post(URL)).org_id
        transfers = context_transfers(context)
        for changes in (
            {},
            {"direction": "downloaded", "complete": False},
            {"direction": "deleted", "login_id": "k1", "by_key": True},
        ):
            async with context.database.work() as uow:
                await transfers.moved(uow, "gate", self.told(org_id=org_id, **changes))
        _, first, second, third = await notes(context)
        assert first["action"] == "session.file_uploaded"
        assert (first["actorName"], first["actorKind"], first["ip"]) == ("mia", "user", "192.0.2.7")
        assert first["orgId"] == org_id
        assert first["changes"]["after"] == {"path": "Documents/plan.odt", "sizeBytes": 12}
        assert (second["action"], second["outcome"], second["code"]) == (
            "session.file_downloaded",
            "failed",
            "broken_off",
        )
        assert (third["action"], third["actorKind"], third["keyId"]) == ("session.file_deleted", "key", "k1")
        assert orjson.dumps(third)

    async def test_what_fits_no_session_is_left_out(self, mia: httpx2.AsyncClient, context: Context) -> None:
        transfers = context_transfers(context)
        for changes in ({"org_id": "another"}, {"session_id": "gone-editor-00000002"}):
            async with context.database.work() as uow:
                await transfers.moved(uow, "gate", self.told(**changes))
        assert await notes(context) == []
