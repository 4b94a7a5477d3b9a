import httpx2
import pytest

from streamspace.kit import ids
from streamspace.server.core.http import Context
from tests.server.conftest import Login
from tests.server.scripted import join_token, register

KEY, OTHER_KEY = "a" * 64, "b" * 64


@pytest.fixture
async def admin(login: Login) -> httpx2.AsyncClient:
    return await login("admin")


class TestRegister:
    async def test_a_new_agent_waits_until_an_administrator_approves(self, admin: httpx2.AsyncClient) -> None:
        token = await join_token(admin, approve=False)
        waiting = await register(admin, "robot", KEY, token)
        assert (waiting.status_code, waiting.json()["approvalStatus"]) == (202, "pending")
        assert (await register(admin, "robot", KEY, None)).status_code == 202
        approved = await admin.post("/api/v1/agents/robot/approve")
        assert approved.json()["approvalStatus"] == "approved"
        assert (await register(admin, "robot", KEY, None)).status_code == 200

    async def test_a_token_that_approves_lets_it_work_at_once(self, admin: httpx2.AsyncClient) -> None:
        answer = await register(admin, "robot", KEY, await join_token(admin))
        assert (answer.status_code, answer.json()["approvalStatus"]) == (201, "approved")

    async def test_the_key_never_travels_back(self, admin: httpx2.AsyncClient) -> None:
        answer = await register(admin, "robot", KEY, await join_token(admin))
        listed = await admin.get("/api/v1/agents")
        assert KEY not in answer.text + listed.text
        assert "hash" not in (answer.text + listed.text).lower()

    @pytest.mark.parametrize("token", [None, "", "join-unknown"])
    async def test_without_a_good_token_it_is_refused(self, admin: httpx2.AsyncClient, token: str | None) -> None:
        refused = await register(admin, "robot", KEY, token)
        assert (refused.status_code, refused.json()["error"]) == (403, "bad_join_token")

    async def test_a_token_is_good_for_so_many_agents(self, admin: httpx2.AsyncClient) -> None:
        token = await join_token(admin, uses=2)
        answers = [(await register(admin, f"robot-{n}", ids.secret(), token)).status_code for n in range(3)]
        assert answers == [201, 201, 403]

    async def test_a_token_is_for_its_platform(self, admin: httpx2.AsyncClient) -> None:
        token = await join_token(admin, platform="docker")
        assert (await register(admin, "robot", KEY, token)).status_code == 403
        assert (await register(admin, "robot", KEY, token, platform="docker")).status_code == 201

    async def test_a_token_expires(self, admin: httpx2.AsyncClient) -> None:
        assert (await register(admin, "robot", KEY, await join_token(admin, expiresIn="0s"))).status_code == 403

    async def test_a_known_agent_with_another_key_is_refused_whatever_its_token(
        self, admin: httpx2.AsyncClient
    ) -> None:
        await register(admin, "robot", KEY, await join_token(admin))
        refused = await register(admin, "robot", OTHER_KEY, await join_token(admin))
        assert (refused.status_code, refused.json()["error"]) == (403, "wrong_agent_key")

    @pytest.mark.parametrize("key", ["", "short", "A" * 64, "g" * 64, "a" * 65])
    async def test_a_key_has_a_form(self, admin: httpx2.AsyncClient, key: str) -> None:
        refused = await register(admin, "robot", key, await join_token(admin))
        assert (refused.status_code, refused.json()["error"]) == (401, "bad_agent_key")

    async def test_a_rejected_agent_stays_out(self, admin: httpx2.AsyncClient) -> None:
        await register(admin, "robot", KEY, await join_token(admin))
        await admin.post("/api/v1/agents/robot/reject")
        refused = await register(admin, "robot", KEY, await join_token(admin))
        assert (refused.status_code, refused.json()["error"]) == (403, "agent_rejected")

    @pytest.mark.parametrize("agent_id", ["", "ab", "a/b", "-ab", "a b", "x" * 101])
    async def test_a_name_that_is_no_name_is_a_bad_request(self, admin: httpx2.AsyncClient, agent_id: str) -> None:
        assert (await register(admin, agent_id, KEY, "join-x")).status_code == 400


class TestAdministration:
    @pytest.mark.parametrize("role", ["user", "operator"])
    @pytest.mark.parametrize("verb", ["approve", "reject", "drain", "undrain"])
    async def test_is_for_administrators(self, admin: httpx2.AsyncClient, login: Login, role: str, verb: str) -> None:
        await register(admin, "robot", KEY, await join_token(admin, approve=False))
        assert (await (await login(role)).post(f"/api/v1/agents/robot/{verb}")).status_code == 403

    async def test_operators_see_the_fleet_and_people_do_not(self, admin: httpx2.AsyncClient, login: Login) -> None:
        await register(admin, "robot", KEY, await join_token(admin))
        assert (await (await login("operator")).get("/api/v1/agents")).json()["total"] == 1
        assert (await (await login()).get("/api/v1/agents")).status_code == 403
        assert (await (await login()).get("/api/v1/agents/robot")).status_code == 403

    async def test_who_is_unknown_is_not_found(self, admin: httpx2.AsyncClient) -> None:
        assert (await admin.get("/api/v1/agents/nobody")).json()["error"] == "agent_not_found"
        assert (await admin.delete("/api/v1/agents/nobody")).status_code == 404

    async def test_the_fleet_comes_in_pages_by_name(self, admin: httpx2.AsyncClient) -> None:
        token = await join_token(admin, uses=5)
        for name in ("delta", "alpha", "Bravo", "echo", "charlie"):
            await register(admin, name, ids.secret(), token, labels={"wing": "left"} if name != "echo" else {})
        whole = (await admin.get("/api/v1/agents")).json()
        names = [agent["agentId"] for agent in whole["agents"]]
        assert (names, whole["total"], whole["nextCursor"]) == (sorted(names), 5, None)
        seen: list[str] = []
        cursor: dict[str, str] = {}
        for _ in range(2):
            page = (await admin.get("/api/v1/agents", params={"limit": 2, "label": "wing", **cursor})).json()
            assert page["total"] == 4
            assert all("standing" in agent for agent in page["agents"])
            seen += [agent["agentId"] for agent in page["agents"]]
            cursor = {"cursor": page["nextCursor"]} if page["nextCursor"] else {}
        assert (seen, cursor) == (["Bravo", "alpha", "charlie", "delta"], {})

    @pytest.mark.parametrize("wrong", [{"limit": 0}, {"limit": 10_001}, {"cursor": "x"}, {"cursor": "WzFd"}])
    async def test_a_page_that_cannot_be_is_refused(self, admin: httpx2.AsyncClient, wrong: dict[str, object]) -> None:
        assert (await admin.get("/api/v1/agents", params=wrong)).status_code == 400

    async def test_a_removed_agent_must_enrol_again(self, admin: httpx2.AsyncClient) -> None:
        await register(admin, "robot", KEY, await join_token(admin))
        assert (await admin.delete("/api/v1/agents/robot")).status_code == 204
        assert (await register(admin, "robot", KEY, None)).status_code == 403

    async def test_draining_shows_and_can_be_taken_back(self, admin: httpx2.AsyncClient) -> None:
        await register(admin, "robot", KEY, await join_token(admin))
        assert (await admin.post("/api/v1/agents/robot/drain")).json()["status"] == "draining"
        assert (await admin.post("/api/v1/agents/robot/undrain")).json()["status"] == "offline"

    @pytest.mark.parametrize("body", [{"uses": 0}, {"uses": 1001}, {"expiresIn": "soon"}, {"platform": "toaster"}])
    async def test_a_join_token_has_bounds(self, admin: httpx2.AsyncClient, body: dict[str, object]) -> None:
        assert (await admin.post("/api/v1/agents/join-tokens", json=body)).status_code == 400

    async def test_installing_packages_needs_the_permission_of_the_settings(
        self, admin: httpx2.AsyncClient, context: Context
    ) -> None:
        await register(admin, "robot", KEY, await join_token(admin))
        assert not context.settings.allow_package_install
        refused = await admin.post("/api/v1/agents/robot/packages", json={"template": "editor"})
        assert (refused.status_code, refused.json()["error"]) == (409, "cannot_install")
