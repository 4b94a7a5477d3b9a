"""What somebody learns before they open a link, and whom one can invite."""

import httpx2
import pytest
from sqlalchemy import select, update

from streamspace.server.core.http import Context
from streamspace.server.organizations.models import Organization
from streamspace.server.sessions.models import Session
from streamspace.server.shares import rules
from streamspace.server.shares.models import Share as ShareRow
from streamspace.server.users.models import User
from tests.server import people
from tests.server.conftest import Login
from tests.server.shares.conftest import URL, Share

PREVIEW, REDEEM = "/api/v1/shares/preview", "/api/v1/shares/redeem"


@pytest.fixture
async def stranger(bob: httpx2.AsyncClient) -> httpx2.AsyncClient:
    """Somebody who is not signed in."""
    bob.headers.pop("Authorization", None)
    bob.cookies.clear()
    assert (await bob.get("/api/v1/users/me")).status_code == 401
    return bob


class TestPreview:
    async def test_tells_what_one_will_get_without_opening_it(
        self, stranger: httpx2.AsyncClient, share: Share, context: Context
    ) -> None:
        made = await share(kind="link", permission="control", maxUses=1)
        for _ in range(2):
            seen = (await stranger.post(PREVIEW, json={"token": made["token"]})).json()
            assert (seen["state"], seen["owner"], seen["permission"]) == ("active", "mia", "control")
            assert (seen["sessionState"], seen["guests"]) == ("running", False)
        async with context.database.work(write=False) as uow:
            assert (await uow.db.execute(select(ShareRow.uses))).scalar_one() == 0

    async def test_says_whether_guests_get_in(
        self, stranger: httpx2.AsyncClient, share: Share, context: Context
    ) -> None:
        made = await share(kind="link")
        async with context.database.work() as uow:
            await uow.db.execute(update(Organization).values(guest_links=True))
        assert (await stranger.post(PREVIEW, json={"token": made["token"]})).json()["guests"] is True

    async def test_of_a_link_that_is_over_it_tells_only_why(
        self, mia: httpx2.AsyncClient, stranger: httpx2.AsyncClient, share: Share, context: Context
    ) -> None:
        revoked, expired, ended = [await share(kind="link") for _ in range(3)]

        async def seen(made: dict[str, object]) -> dict[str, object]:
            answer = await stranger.post(PREVIEW, json={"token": made["token"]})
            assert answer.status_code == 200, answer.text
            found: dict[str, object] = answer.json()
            return {key: value for key, value in found.items() if value not in (None, False)}

        await mia.delete(f"{URL}/shares/{revoked['id']}")
        async with context.database.work() as uow:
            await uow.db.execute(update(ShareRow).where(ShareRow.id == expired["id"]).values(expires_at=uow.now()))
        assert await seen(revoked) == {"state": "revoked"}
        assert await seen(expired) == {"state": "expired"}
        async with context.database.work() as uow:
            await uow.db.execute(update(Session).values(state="terminated"))
        assert await seen(ended) == {"state": "ended"}
        assert await seen(revoked) == {"state": "revoked"}

    async def test_one_that_is_used_up_says_so_and_still_tells_the_session(self, login: Login, share: Share) -> None:
        made = await share(kind="link", maxUses=1)
        eve, kim = await login(name="eve"), await login(name="kim")
        assert (await eve.post(REDEEM, json={"token": made["token"]})).status_code == 200
        seen = (await kim.post(PREVIEW, json={"token": made["token"]})).json()
        assert (seen["state"], seen["sessionId"]) == ("used_up", URL.rsplit("/", 1)[1])
        assert (await kim.post(REDEEM, json={"token": made["token"]})).status_code == 404
        assert (await eve.post(REDEEM, json={"token": made["token"]})).status_code == 200

    async def test_tokens_cannot_be_guessed_one_after_the_other(self, stranger: httpx2.AsyncClient) -> None:
        statuses = [(await stranger.post(PREVIEW, json={"token": f"ssl_{n}"})).status_code for n in range(12)]
        assert statuses == [404] * 10 + [429] * 2


class TestInvitees:
    async def names(self, client: httpx2.AsyncClient, text: str) -> list[str]:
        answer = await client.get(f"{URL}/invitees", params={"search": text})
        assert answer.status_code == 200, answer.text
        return [one["username"] for one in answer.json()["people"]]

    async def test_are_people_of_the_organisation_whose_name_has_the_text(
        self, mia: httpx2.AsyncClient, context: Context
    ) -> None:
        async with context.database.work() as uow:
            for name in ("robin", "roberta", "mirob"):
                await people.add(uow, name)
            await people.add(uow, "rob-elsewhere", org_id="org-other")
            gone = await people.add(uow, "robgone")
            await uow.db.execute(update(User).where(User.id == gone.id).values(active=False))
        assert await self.names(mia, "ROB") == ["mirob", "roberta", "robin"]
        assert await self.names(mia, "Mia") == [], "nobody invites themselves"
        assert await self.names(mia, "%%") == []

    async def test_no_e_mail_address_is_told(self, mia: httpx2.AsyncClient, bob: httpx2.AsyncClient) -> None:
        answer = await mia.get(f"{URL}/invitees", params={"search": "bob"})
        assert {key for one in answer.json()["people"] for key in one} == {"id", "username", "fullName"}

    async def test_are_shown_to_the_owner_only(self, mia: httpx2.AsyncClient, bob: httpx2.AsyncClient) -> None:
        assert (await bob.get(f"{URL}/invitees", params={"search": "mia"})).status_code == 404

    async def test_a_single_letter_is_no_search(self, mia: httpx2.AsyncClient) -> None:
        assert (await mia.get(f"{URL}/invitees", params={"search": "b"})).status_code == 400

    async def test_cannot_be_copied_one_search_after_the_other(
        self, mia: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(rules, "INVITEE_SEARCHES", 3)
        url, search = f"{URL}/invitees", {"search": "bob"}
        answers = [await mia.get(url, params=search) for _ in range(5)]
        assert [answer.status_code for answer in answers] == [200] * 3 + [429] * 2
        assert answers[-1].json()["error"] == "too_fast"
        assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
