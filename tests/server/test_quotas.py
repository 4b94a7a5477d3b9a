"""Limits hold when fifty ask at once, on both databases, and say which limit, whose, and how much is used."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from fractions import Fraction
from typing import Any

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from sqlalchemy import update

from streamspace.kit import quantities
from streamspace.server.core.http import Context
from streamspace.server.limits.errors import BadLimit
from streamspace.server.limits.rules import Allowance, Amount, Limits, excess
from streamspace.server.quotas.schemas import QuotaIn
from streamspace.server.sessions.models import Session
from tests.server import people
from tests.server.conftest import Login
from tests.server.matrix.world import AGENT, agent_row
from tests.server.sessions import rows

MANY = 50
PLENTY = {"maxSessions": 1000, "maxCpu": "999", "maxMemory": "999Gi"}
pytestmark = pytest.mark.timeout(300)


@pytest.fixture
async def fleet(context: Context) -> None:
    async with context.database.work() as uow:
        uow.db.add(agent_row(uow, AGENT))


@pytest.fixture
async def admin(login: Login) -> httpx2.AsyncClient:
    return await login("admin")


Limited = Callable[..., Awaitable[None]]


@pytest.fixture
def limit(admin: httpx2.AsyncClient) -> Limited:
    """Set limits: `await limit("users", mia, maxSessions=5)`; whatever else is plenty."""

    async def put(kind: str, name: str, **limits: Any) -> None:
        answer = await admin.put(f"/api/v1/{kind}/{name}/quota", json=PLENTY | limits)
        assert answer.status_code == 200, answer.text

    return put


async def id_of(client: httpx2.AsyncClient) -> str:
    return str((await client.get("/api/v1/users/me")).json()["id"])


async def create(client: httpx2.AsyncClient, **headers: str) -> httpx2.Response:
    return await client.post("/api/v1/sessions", json={"template": "editor"}, headers=headers, timeout=120)


def passed(answers: list[httpx2.Response], *, allowed: int, ok: int = 201, **details: str) -> None:
    """Fail unless exactly so many passed, and all others were told why not."""
    counted = Counter(answer.status_code for answer in answers)
    assert counted == {ok: allowed, 403: len(answers) - allowed}, counted
    for answer in answers:
        if answer.status_code == 403:
            body = answer.json()
            assert body["error"] == "quota_exceeded"
            assert body["details"] | details == body["details"], body
            assert set(body["details"]) == {"limit", "scope", "name", "max", "used", "requested"}
            assert body["details"]["max"] in body["message"]
            assert body["details"]["name"] in body["message"]


async def make_group(admin: httpx2.AsyncClient, name: str, *members: str, parent: str | None = None) -> str:
    made = await admin.post("/api/v1/groups", json={"name": name, "displayName": name, "parentId": parent})
    group: str = made.json()["id"]
    for member in members:
        joined = await admin.post(f"/api/v1/groups/{group}/members", json={"userId": member})
        assert joined.status_code == 204, joined.text
    return group


@pytest.mark.usefixtures("fleet")
class TestFiftyAtOnce:
    async def test_a_persons_own_limit(self, login: Login, limit: Limited) -> None:
        mia = await login(name="mia")
        await limit("users", await id_of(mia), maxSessions=5)
        answers = await asyncio.gather(*(create(mia) for _ in range(MANY)))
        passed(answers, allowed=5, limit="sessions", scope="user", name="mia", max="5", used="5", requested="1")
        assert (await mia.get("/api/v1/users/me/quota")).json()["usedSessions"] == 5
        assert (await mia.get("/api/v1/sessions")).json()["total"] == 5

    async def test_the_platforms_default(self, login: Login) -> None:
        mia = await login(name="mia")
        answers = await asyncio.gather(*(create(mia) for _ in range(20)))
        passed(answers, allowed=5, scope="platform", name="mia", used="5")

    @pytest.mark.parametrize(
        ("limits", "details"),
        [
            ({"maxCpu": "2.5"}, {"limit": "cpu", "max": "2500m", "used": "2500m", "requested": "500m"}),
            ({"maxMemory": "2.9Gi"}, {"limit": "memory", "used": "2560Mi", "requested": "512Mi"}),
        ],
        ids=["cpu", "memory"],
    )
    async def test_processor_and_memory(
        self, login: Login, limit: Limited, limits: dict[str, str], details: dict[str, str]
    ) -> None:
        mia = await login(name="mia")
        await limit("users", await id_of(mia), **limits)
        answers = await asyncio.gather(*(create(mia) for _ in range(20)))
        passed(answers, allowed=5, scope="user", **details)

    async def test_a_groups_sum_over_its_members(self, login: Login, admin: httpx2.AsyncClient, limit: Limited) -> None:
        members = [await login(name=f"member-{n}") for n in range(5)]
        group = await make_group(admin, "team", *[await id_of(member) for member in members])
        await limit("groups", group, maxSessions=5)
        answers = await asyncio.gather(*(create(member) for _ in range(MANY // 5) for member in members))
        passed(answers, allowed=5, limit="sessions", scope="group", name="team", max="5", used="5")
        shown = (await admin.get(f"/api/v1/groups/{group}/quota")).json()
        assert (shown["usedSessions"], shown["maxSessions"]) == (5, 5)

    async def test_a_group_counts_who_is_in_a_group_inside_it(
        self, login: Login, admin: httpx2.AsyncClient, limit: Limited
    ) -> None:
        above, below, beside = [await login(name=f"member-{n}") for n in range(3)]
        department = await make_group(admin, "department", await id_of(above))
        await make_group(admin, "team", await id_of(below), parent=department)
        await limit("groups", department, maxSessions=3)
        answers = await asyncio.gather(*(create(member) for member in (above, below) for _ in range(10)))
        passed(answers, allowed=3, scope="group", name="department")
        assert (await create(beside)).status_code == 201

    async def test_an_organisations_limit(self, login: Login, admin: httpx2.AsyncClient, limit: Limited) -> None:
        members = [await login(name=f"member-{n}", org="acme") for n in range(5)]
        await limit("organizations", "acme", maxSessions=5)
        answers = await asyncio.gather(*(create(member) for _ in range(MANY // 5) for member in members))
        passed(answers, allowed=5, limit="sessions", scope="organization", name="Acme", max="5", used="5")
        assert (await create(await login(name="otto", org="other"))).status_code == 201

    async def test_the_most_restrictive_of_all_limits_wins_and_nobody_waits_for_good(
        self, login: Login, admin: httpx2.AsyncClient, limit: Limited
    ) -> None:
        members = [await login(name=f"member-{n}") for n in range(5)]
        ids = [await id_of(member) for member in members]
        for name in ids:
            await limit("users", name, maxSessions=3)
        # Two groups that overlap in turn, so that creates hold what others wait for.
        for name, inside, most in (("left", ids[:4], 4), ("right", ids[1:], 7), ("all", ids, 6)):
            await limit("groups", await make_group(admin, name, *inside), maxSessions=most)
        await limit("organizations", "org-default", maxSessions=8)
        answers = await asyncio.gather(*(create(member) for _ in range(MANY // 5) for member in members))
        counted = Counter(answer.status_code for answer in answers)
        assert set(counted) == {201, 403}
        owners = Counter(answer.json()["userId"] for answer in answers if answer.status_code == 201)
        assert max(owners.values()) <= 3
        assert sum(owners[name] for name in ids[:4]) <= 4
        # Four of "left" at most, three of the last person at most, six of all: never fewer than fit.
        assert 4 <= counted[201] <= 6
        assert {a.json()["details"]["scope"] for a in answers if a.status_code == 403} <= {"user", "group"}

    async def test_one_key_for_one_session(self, login: Login) -> None:
        mia = await login(name="mia")
        answers = await asyncio.gather(*(create(mia, **{"Idempotency-Key": "same"}) for _ in range(20)))
        assert {(a.status_code, a.json()["name"]) for a in answers} == {(201, answers[0].json()["name"])}

    async def test_administrators_of_the_installation_have_no_limits_unless_they_are_given_some(
        self, admin: httpx2.AsyncClient, limit: Limited
    ) -> None:
        assert {(await create(admin)).status_code for _ in range(8)} == {201}
        await limit("users", await id_of(admin), maxSessions=9)
        answers = await asyncio.gather(*(create(admin) for _ in range(5)))
        passed(answers, allowed=1, scope="user")


@pytest.mark.usefixtures("fleet")
class TestWaking:
    async def asleep(self, context: Context, name: str, many: int) -> list[str]:
        async with context.database.work() as uow:
            names = [f"asleep-{n}" for n in range(many)]
            await rows.add(uow, await people.add(uow, name), *names, state="hibernated", agent_id=AGENT)
        return names

    async def test_takes_its_share_like_a_start(self, login: Login, context: Context, limit: Limited) -> None:
        mia = await login(name="mia")
        await limit("users", await id_of(mia), maxSessions=5)
        names = await self.asleep(context, "mia", MANY)
        answers = await asyncio.gather(*(mia.put(f"/api/v1/sessions/{n}/wake", timeout=120) for n in names))
        passed(answers, allowed=5, ok=202, limit="sessions", scope="user", name="mia", max="5", used="5")

    @pytest.mark.parametrize("how", ["POST connect", "PATCH running"])
    async def test_whichever_way(self, login: Login, context: Context, limit: Limited, how: str) -> None:
        mia = await login(name="mia")
        await limit("users", await id_of(mia), maxSessions=2)
        names = await self.asleep(context, "mia", 10)

        async def wake(name: str) -> httpx2.Response:
            if how == "POST connect":
                return await mia.post(f"/api/v1/sessions/{name}/connect", timeout=120)
            return await mia.patch(f"/api/v1/sessions/{name}", json={"state": "running"}, timeout=120)

        passed(await asyncio.gather(*(wake(name) for name in names)), allowed=2, ok=200, scope="user")

    async def test_and_starting_share_one_limit(self, login: Login, context: Context, limit: Limited) -> None:
        mia = await login(name="mia")
        await limit("users", await id_of(mia), maxSessions=5)
        names = await self.asleep(context, "mia", 20)
        waking = (mia.put(f"/api/v1/sessions/{n}/wake", timeout=120) for n in names)
        answers = await asyncio.gather(*waking, *(create(mia) for _ in range(20)))
        counted = Counter(answer.status_code for answer in answers)
        assert counted[201] + counted[202] == 5
        assert counted[403] == 35

    async def test_hibernating_gives_it_back(self, login: Login, context: Context, limit: Limited) -> None:
        mia = await login(name="mia")
        await limit("users", await id_of(mia), maxSessions=1)
        (name,) = await self.asleep(context, "mia", 1)
        assert (await create(mia)).status_code == 201
        assert (await mia.put(f"/api/v1/sessions/{name}/wake")).status_code == 403
        running = next(s for s in (await mia.get("/api/v1/sessions")).json()["sessions"] if s["state"] == "pending")
        async with context.database.work() as uow:
            await uow.db.execute(update(Session).where(Session.id == running["id"]).values(state="running"))
        assert (await mia.delete(f"/api/v1/sessions/{running['name']}")).status_code == 202
        assert (await mia.put(f"/api/v1/sessions/{name}/wake")).status_code == 403  # it is still ending


amounts = st.builds(Amount, st.integers(0, 20), st.integers(0, 20_000), st.integers(0, 2**40))
some_limit = st.none() | st.integers(0, 20_000)
allowances = st.builds(
    Allowance,
    kind=st.sampled_from(["user", "platform", "group", "organization"]),
    name=st.just("x"),
    limits=st.builds(
        Limits, max_sessions=st.none() | st.integers(0, 20), max_cpu_millicores=some_limit, max_memory_bytes=some_limit
    ),
    user_ids=st.none(),
)


class TestMostRestrictive:
    @given(st.lists(st.tuples(allowances, amounts), max_size=6), amounts)
    def test_what_passes_fits_everywhere_and_what_does_not_names_a_limit_that_it_passes(
        self, counted: list[tuple[Allowance, Amount]], wanted: Amount
    ) -> None:
        def over(limits: Limits, used: Amount) -> set[str]:
            checks = {
                "sessions": (limits.max_sessions, used.sessions + wanted.sessions),
                "cpu": (limits.max_cpu_millicores, used.cpu_millicores + wanted.cpu_millicores),
                "memory": (limits.max_memory_bytes, used.memory_bytes + wanted.memory_bytes),
            }
            return {name for name, (most, then) in checks.items() if most is not None and then > most}

        passing = [(allowance, over(allowance.limits, used)) for allowance, used in counted]
        found = excess(counted, wanted)
        if all(not names for _, names in passing):
            assert found is None
        else:
            assert found is not None
            assert any(a.kind == found.kind and found.limit in names for a, names in passing)
            assert found.most in found.sentence

    @given(st.lists(st.tuples(allowances, amounts), min_size=1, max_size=6), amounts)
    def test_no_further_limit_lets_more_pass(self, counted: list[tuple[Allowance, Amount]], wanted: Amount) -> None:
        if excess(counted[1:], wanted) is not None:
            assert excess(counted, wanted) is not None


# Kubernetes' suffixes, with exact values: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity
SCALES = {
    "": Fraction(1),
    "n": Fraction(1, 10**9),
    "u": Fraction(1, 10**6),
    "m": Fraction(1, 1000),
    **{letter: Fraction(1000 ** (power + 1)) for power, letter in enumerate("kMGTPE")},
    **{f"{letter}i": Fraction(1024 ** (power + 1)) for power, letter in enumerate("KMGTPE")},
    **{f"e{n}": Fraction(10**n) for n in range(19)},
    **{f"E{n}": Fraction(10**n) for n in range(19)},
}
LARGEST = 2**63 - 1
BAD = (
    *("", " ", "-1", "-500m", "+1", " 1", "1 ", "1 Gi", "1gi", "1GI", "1KI", "1ki", "1K", "1kk", "1Mb", "1e", "1e+3"),
    *(
        "1e-3",
        "1e100",
        "1e99",
        ".",
        "1..5",
        "1.5.2",
        "0x10",
        "1_000",
        "1,5",
        "NaN",
        "inf",
        "Infinity",
        "\u0661",
        "1\n",
        "1m5",
    ),
    *("9" * 30, "9" * 19, "16E", "8Ei", "9223372036854775808", "1\0", "\u00bd", "1e3Gi", "--1", "1-", "null", "true"),
)


class TestQuantities:
    @given(st.integers(0, 10**15 - 1), st.sampled_from(sorted(SCALES)))
    def test_a_whole_number_with_any_suffix(self, number: int, suffix: str) -> None:
        expected = number * SCALES[suffix]
        if expected > LARGEST:
            with pytest.raises(quantities.BadQuantity):
                quantities.parse(f"{number}{suffix}")
        else:
            assert Fraction(quantities.parse(f"{number}{suffix}")) == expected

    @given(st.integers(0, 999_999), st.from_regex(r"[0-9]{0,9}", fullmatch=True), st.sampled_from(sorted(SCALES)))
    def test_a_decimal_number(self, whole: int, part: str, suffix: str) -> None:
        expected = (whole + (Fraction(int(part), 10 ** len(part)) if part else 0)) * SCALES[suffix]
        if expected <= LARGEST:
            assert Fraction(quantities.parse(f"{whole}.{part}{suffix}")) == expected

    @pytest.mark.parametrize(
        ("text", "millicores"),
        [
            ("500m", 500),
            ("1.5", 1500),
            ("1e3", 1_000_000),
            ("0", 0),
            (".5", 500),
            ("100u", 1),
            ("1n", 1),
            ("2k", 2_000_000),
        ],
    )
    def test_processors_are_rounded_up(self, text: str, millicores: int) -> None:
        assert quantities.millicores(text) == millicores

    @pytest.mark.parametrize(
        ("text", "size"),
        [("2Gi", 2 * 1024**3), ("2G", 2 * 10**9), ("1e3", 1000), ("1.5Ki", 1536), ("500m", 1), ("1E", 10**18)],
    )
    def test_sizes_are_rounded_up(self, text: str, size: int) -> None:
        assert quantities.size_bytes(text) == size

    @pytest.mark.parametrize("text", BAD, ids=ascii)
    def test_anything_else_is_refused(self, text: str) -> None:
        for read in (quantities.parse, quantities.millicores, quantities.size_bytes):
            with pytest.raises(quantities.BadQuantity):
                read(text)

    @given(st.text(max_size=60) | st.from_regex(r"[-+0-9.eEKMGTPinumk]{1,40}"))
    def test_no_text_does_more_than_be_refused(self, text: str) -> None:
        try:
            value = quantities.parse(text)
        except quantities.BadQuantity:
            return
        assert 0 <= value <= LARGEST

    @given(st.integers(0, 10**15 - 1))
    def test_what_is_shown_can_be_read(self, number: int) -> None:
        assert quantities.size_bytes(quantities.format_bytes(number)) == number
        assert quantities.millicores(quantities.format_millicores(number)) == number


class TestWhatMayBeSet:
    def test_what_is_left_out_stays_and_null_removes(self) -> None:
        assert QuotaIn().changes() == {}
        assert QuotaIn.model_validate({"maxCpu": None, "maxSessions": None}).changes() == {
            "max_cpu_millicores": None,
            "max_sessions": None,
        }
        assert QuotaIn.model_validate({"maxCpu": "1.5", "maxMemory": "2Gi", "maxStorage": "1e3"}).changes() == {
            "max_cpu_millicores": 1500,
            "max_memory_bytes": 2 * 1024**3,
            "max_storage_bytes": 1000,
        }

    @pytest.mark.parametrize("text", BAD, ids=ascii)
    @pytest.mark.parametrize("name", ["maxCpu", "maxMemory", "maxStorage"])
    def test_what_is_no_quantity_is_refused(self, name: str, text: str) -> None:
        with pytest.raises(BadLimit):
            QuotaIn.model_validate({name: text}).changes()

    @given(
        st.sampled_from(["maxCpu", "maxMemory", "maxStorage"]),
        st.text(max_size=45) | st.from_regex(r"[0-9.]{1,20}[kMGTPE]?i?"),
    )
    def test_whatever_is_taken_fits_the_database(self, name: str, text: str) -> None:
        try:
            changes = QuotaIn.model_validate({name: text}).changes()
        except (BadLimit, ValidationError):
            return
        assert all(value is not None and 0 <= value < 2**63 for value in changes.values())

    @pytest.mark.parametrize(
        "body",
        [
            *({"maxSessions": bad} for bad in (-1, 1_000_001, 10**30, 1.5, "many", [], {})),
            *({"maxCpu": bad} for bad in ("-1", "absurd", "9" * 50, 5, ["1"], "1\0")),
            {"maxMemory": "-2Gi"},
            {"maxStorage": "1e99"},
        ],
        ids=str,
    )
    async def test_the_api_says_so(self, admin: httpx2.AsyncClient, body: dict[str, Any]) -> None:
        answer = await admin.put("/api/v1/quotas/defaults", json=body)
        assert (answer.status_code, answer.json()["error"]) in {(400, "bad_limit"), (400, "bad_request")}, answer.text
