"""A small crowd at a control plane of its own: everything that a thousand would do."""

from datetime import timedelta

import pytest

from streamspace.client import Api
from streamspace.scaletest import agents
from streamspace.scaletest.plane import local

pytestmark = pytest.mark.timeout(240)  # two control planes start
SMALL = agents.Plan(count=5, rate=10, length=timedelta(seconds=1))


async def test_all_come_back_and_every_command_is_acknowledged() -> None:
    said: list[str] = []
    figures = {figure.name: figure for figure in await agents.on_a_local_one(SMALL, said.append)}
    assert (figures["agents"].value, figures["commands without ack"].value) == (5, 0)
    for name in (
        "command to ack, p95",
        "all back after that",
        "ready after a restart",
        "control plane's memory",
        "control plane's processor",
    ):
        assert figures[name].value > 0, name
    assert said[-1] == "Cleaning up …"


async def test_a_given_control_plane_is_left_as_it_was() -> None:
    async with local(None) as plane:
        await plane.start()
        async with Api(plane.url) as api:
            await api.auth.login("admin", plane.password)
            figures = await agents.on_a_given_one(SMALL, api, lambda _: None)
            assert {figure.name for figure in figures} >= {"enrolled in", "command to ack, p50"}
            assert (await api.agents.list()).agents == []
