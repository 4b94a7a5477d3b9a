"""Where a session goes that names a place, and one whose template does."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, update

from streamspace.protocol.manifest import TemplateManifest
from streamspace.protocol.places import Place
from streamspace.server.agents.models import Agent
from streamspace.server.core.db import Database
from streamspace.server.core.permissions import Actor
from streamspace.server.core.settings import Settings
from streamspace.server.sessions import placing, service, starting
from streamspace.server.sessions.errors import BadPlacement, NoCapacity
from streamspace.server.sessions.models import Session
from streamspace.server.sessions.schemas import PreviewOut, SessionIn
from streamspace.server.templates import reader
from streamspace.server.templates import service as templates
from streamspace.server.templates.models import Template
from tests.server import people
from tests.server.sessions.fleet import Fleet


@pytest.fixture
async def fleet(settings: Settings, database: Database) -> Fleet:
    """An agent in Europe and one in America, which has a graphics card."""
    assert settings.catalog_dir is not None
    entries, _ = reader.read(settings.catalog_dir)
    async with database.work() as uow:
        await templates.take_in(uow, entries)
    made = Fleet(settings, database)
    await made.add("europe", region="eu", labels={"disk": "fast"})
    await made.add("america", region="us", labels={"gpu": "yes", "disk": "fast"})
    return made


async def create(fleet: Fleet, actor: Actor, **place: Any) -> Session:
    async with fleet.database.work() as uow:
        wanted = SessionIn(template="editor", placement=Place(**place) if place else None)
        return await starting.create(uow, actor, fleet.settings, wanted)


async def preview(fleet: Fleet, actor: Actor, **place: Any) -> PreviewOut:
    async with fleet.database.work() as uow:
        return await starting.preview(
            uow, actor, fleet.settings, SessionIn(template="editor", placement=Place(**place))
        )


async def template_runs(fleet: Fleet, **place: Any) -> None:
    async with fleet.database.work() as uow:
        template = (await uow.db.execute(select(Template).where(Template.name == "editor"))).scalar_one()
        manifest = TemplateManifest.model_validate(template.manifest)
        manifest.spec.placement = Place(**place)
        template.manifest = manifest.model_dump(mode="json", by_alias=True, exclude_none=True)


class TestRequest:
    @pytest.mark.parametrize(
        ("place", "agent"),
        [
            ({"region": "us"}, "america"),
            ({"region": "eu"}, "europe"),
            ({"labels": {"gpu": "yes"}}, "america"),
            ({"region": "eu", "labels": {"disk": "fast"}}, "europe"),
            ({"region": "asia", "region_required": False, "labels": {"gpu": "yes"}}, "america"),
        ],
    )
    async def test_goes_where_it_asks_to(self, fleet: Fleet, member: Actor, place: dict[str, Any], agent: str) -> None:
        assert (await create(fleet, member, **place)).agent_id == agent

    async def test_is_refused_with_the_reason_where_nothing_fits(self, fleet: Fleet, member: Actor) -> None:
        with pytest.raises(NoCapacity) as refused:
            await create(fleet, member, region="eu", labels={"gpu": "yes"})
        assert isinstance(refused.value.details, dict)
        found = {one["agentId"]: [r["code"] for r in one["reasons"]] for one in refused.value.details["agents"]}
        assert found == {"america": ["region"], "europe": ["labels"]}

    async def test_a_dry_run_shows_what_is_asked_for_and_what_fits(self, fleet: Fleet, member: Actor) -> None:
        seen = await preview(fleet, member, region="us", labels={"gpu": "yes"})
        assert (seen.agent_id, seen.wanted) == ("america", Place(region="us", labels={"gpu": "yes"}))
        assert {one.agent_id: one.ok for one in seen.agents} == {"america": True, "europe": False}

    async def test_a_dry_run_offers_the_places_of_agents_that_come_into_question(
        self, fleet: Fleet, member: Actor
    ) -> None:
        await fleet.add("asia", region="asia", labels={"disk": "slow"})
        async with fleet.database.work() as uow:
            await people.add(uow, "stranger", org_id="org-other")
            foreign = update(Agent).where(Agent.agent_id == "america").values(org_id="org-other")
            await uow.db.execute(foreign)
        seen = (await preview(fleet, member, region="eu")).places
        assert (seen.regions, seen.labels) == (["asia", "eu"], {"disk": ["fast", "slow"]})

    async def test_says_what_its_reasons_speak_of(self, fleet: Fleet, member: Actor) -> None:
        seen = await preview(fleet, member, region="eu", labels={"gpu": "yes"})
        assert {one.agent_id: [r.params for r in one.reasons] for one in seen.agents} == {
            "america": [{"region": "eu", "there": "us"}],
            "europe": [{"labels": "gpu=yes"}],
        }

    async def test_is_kept_for_the_next_attempt(self, fleet: Fleet, member: Actor) -> None:
        session = await create(fleet, member, region="us")
        assert session.wanted_place == {"region": "us", "regionRequired": True, "labels": {}}
        async with fleet.database.work() as uow:
            kept = await uow.db.get_one(Session, session.id)
            agent, decision = await placing.choose(
                uow, fleet.settings, kept.org_id, placing.need_of(kept), leaving_out={"america"}, moving=kept.id
            )
        assert (agent, [r.code for v in decision.verdicts for r in v.reasons]) == (None, ["region"])

    async def test_one_that_names_nothing_keeps_nothing(self, fleet: Fleet, member: Actor) -> None:
        assert (await create(fleet, member)).wanted_place is None
        async with fleet.database.work() as uow:
            made = await starting.create(uow, member, fleet.settings, SessionIn(template="editor", placement=Place()))
            assert made.wanted_place is None

    async def test_a_sleeper_wakes_where_its_files_are_whatever_became_of_the_labels(
        self, fleet: Fleet, member: Actor
    ) -> None:
        session = await create(fleet, member, labels={"gpu": "yes"})
        agent = fleet.agents["america"]
        await agent.settle()
        async with fleet.database.work() as uow:
            await service.hibernate(uow, member, fleet.settings, session.id)
        await agent.settle()
        async with fleet.database.work() as uow:
            await uow.db.execute(update(Agent).where(Agent.agent_id == "america").values(labels={}))
        async with fleet.database.work() as uow:
            assert (await service.wake(uow, member, fleet.settings, session.id)).state == "waking"


class TestTemplate:
    async def test_sends_its_sessions_there(self, fleet: Fleet, member: Actor) -> None:
        await template_runs(fleet, labels={"gpu": "yes"})
        assert (await create(fleet, member)).agent_id == "america"
        seen = await preview(fleet, member, region="us")
        assert seen.wanted == Place(region="us", labels={"gpu": "yes"})

    async def test_a_request_cannot_leave_it(self, fleet: Fleet, member: Actor) -> None:
        await template_runs(fleet, region="us", labels={"gpu": "yes"})
        for place, said in (({"region": "eu"}, "in us only"), ({"labels": {"gpu": "no"}}, "gpu=yes")):
            with pytest.raises(BadPlacement, match=said):
                await create(fleet, member, **place)

    async def test_what_it_only_prefers_a_request_may_change(self, fleet: Fleet, member: Actor) -> None:
        await template_runs(fleet, region="us", region_required=False)
        assert (await create(fleet, member)).agent_id == "america"
        assert (await create(fleet, member, region="eu")).agent_id == "europe"
