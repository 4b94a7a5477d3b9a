"""Containers that were started ahead: nothing of the waiting survives, and all of their person is there."""

from __future__ import annotations

import asyncio
import dataclasses
import os
import signal
from collections.abc import Awaitable
from pathlib import Path
from typing import Any

import pytest

from streamspace.agent.warm import ABILITY, Readiness
from streamspace.platforms.base import PlatformError, SessionSpec, State, WarmSpec
from streamspace.platforms.docker import DockerPlatform
from streamspace.platforms.docker.engine import Engine
from streamspace.platforms.local.records import Folder
from tests.platforms.docker.conftest import clean
from tests.platforms.docker.inside import home, script_spec
from tests.platforms.process.inside import STAYS, eventually, ignore
from tools import docker

pytestmark = [
    pytest.mark.docker,
    pytest.mark.timeout(400),
    pytest.mark.skipif(os.geteuid() != 0, reason="only root brings homes into running containers"),
]
WARM = "warm-0123456789abcdef"


def ahead(spec: SessionSpec) -> WarmSpec:
    return WarmSpec(
        warm_id=WARM, manifest=spec.manifest, cpu_millicores=spec.cpu_millicores, memory_bytes=spec.memory_bytes
    )


def key_of(platform: DockerPlatform, spec: SessionSpec) -> str:
    return platform._sessions[spec.session_id].folder.key


async def claimed(platform: DockerPlatform, spec: SessionSpec) -> SessionSpec:
    """Start a session from one that waited."""
    await platform.warm(ahead(spec))
    spec = dataclasses.replace(spec, warm_id=WARM)
    await platform.start(spec, ignore)
    assert key_of(platform, spec) == Folder(platform._root, WARM).key, "it was started as usual"
    return spec


def asking(script: str) -> str:
    """Return a script that answers into the home and stays."""
    return f"({script}) > ~/answer 2>&1; touch ~/done; {STAYS}"


async def answer(platform: DockerPlatform, spec: SessionSpec) -> str:
    place = await home(platform, spec)
    await eventually((place / "done").exists)
    return await asyncio.to_thread((place / "answer").read_text, errors="replace")


async def first_process(platform: DockerPlatform, session_name: str) -> int:
    shown = await platform._engine.container(session_name)
    assert shown is not None
    return int(shown["State"]["Pid"])


async def within(seconds: float, work: Awaitable[Any]) -> Any:
    async with asyncio.timeout(seconds):
        return await work


async def test_the_person_finds_their_home_environment_and_user(platform: DockerPlatform) -> None:
    cold = script_spec("ann-term-00000000", user_id="ann")
    await platform.start(cold, ignore)
    kept = await home(platform, cold)
    person = kept.stat().st_uid
    (kept / "note").write_text("mine")
    os.chown(kept / "note", person, person)
    await platform.stop(cold.session_id)
    script = "cat ~/note; echo; pwd; whoami; echo $COLOUR; echo more >> ~/note; touch ~/new"
    spec = script_spec("ann-term-00000001", asking(script), user_id="ann", environment={"COLOUR": "green"})
    spec = await claimed(platform, spec)
    assert (await answer(platform, spec)).split() == ["mine", "/home/user", "user", "green"]
    assert await home(platform, spec) == kept
    assert {(kept / name).stat().st_uid for name in ("note", "new")} == {person}
    assert (kept / "note").read_text() == "mine" + "more\n"


async def test_nothing_of_the_waiting_is_left_inside(platform: DockerPlatform) -> None:
    script = (
        "env; cat /proc/[0-9]*/environ /proc/[0-9]*/cmdline /proc/self/mountinfo /proc/self/cgroup /etc/host* "
        "/etc/passwd; ls -laR ~ /tmp /run; true"
    )
    spec = await claimed(platform, script_spec("cia-term-00000001", asking(script), user_id="cia"))
    told = await answer(platform, spec)
    assert "PATH=" in told
    assert WARM not in told
    assert platform._warm == {}


async def test_while_it_waits_it_has_no_token_no_name_and_no_home(platform: DockerPlatform, engine: Engine) -> None:
    await platform.warm(ahead(script_spec("ann-term-00000001")))
    waiting = platform._warm[WARM]
    assert waiting.record is not None
    assert (waiting.record.tokens, waiting.record.user_id, waiting.record.org_id) == ({}, "", "")
    shown = await engine.container(waiting.name)
    assert shown is not None
    assert WARM not in str(shown["Config"])
    assert [mount for mount in shown["Mounts"] if mount["Type"] == "volume"] == []
    assert await engine.volumes("streamspace.home") == []
    with pytest.raises(PlatformError):
        await platform.endpoint(WARM, "controller")


async def test_a_home_that_goes_with_its_session_goes(platform: DockerPlatform, engine: Engine) -> None:
    spec = await claimed(platform, script_spec("ann-term-00000001", "touch ~/here; " + STAYS, persistent_home=False))
    await eventually(((await home(platform, spec)) / "here").exists)
    await platform.stop(spec.session_id)
    assert await engine.volumes("streamspace.home") == []
    assert await engine.containers("streamspace.agent") == []


async def test_it_sleeps_and_wakes_as_its_person(platform: DockerPlatform) -> None:
    spec = await claimed(platform, script_spec("ann-term-00000001", user_id="ann"))
    session = platform._sessions[spec.session_id]
    assert session.record is not None
    before = session.record.owner
    await platform.hibernate(spec.session_id)
    assert (await platform.wake(spec, ignore)).state is State.RUNNING
    assert session.record.owner == (await home(platform, spec)).stat().st_uid != before


async def test_one_made_from_another_template_or_with_less_memory_is_left_and_ended(platform: DockerPlatform) -> None:
    spec = script_spec("ann-term-00000001")
    for wrong in (ahead(script_spec("x", "exec xterm")), dataclasses.replace(ahead(spec), memory_bytes=2 * 1024**3)):
        await platform.warm(wrong)
        await platform.start(dataclasses.replace(spec, warm_id=WARM), ignore)
        assert key_of(platform, spec) != Folder(platform._root, WARM).key
        assert await platform.warm_inventory() == []
        await platform.stop(spec.session_id)


async def test_one_that_dies_is_told_and_leaves_nothing(
    platform: DockerPlatform, engine: Engine, tmp_path: Path
) -> None:
    await platform.warm(ahead(script_spec("ann-term-00000001")))
    heard = asyncio.ensure_future(anext(platform.watch()))
    await asyncio.sleep(0.1)
    os.kill(await first_process(platform, platform._warm[WARM].name), signal.SIGKILL)
    change = await within(30, heard)
    assert (change.session_id, change.state, change.warm) == (WARM, None, True)
    assert await platform.warm_inventory() == []
    assert await engine.containers("streamspace.agent") == []
    assert list((tmp_path / "sessions").iterdir()) == list((tmp_path / "logs").iterdir()) == []


async def test_one_that_cannot_take_its_home_is_no_failure_of_the_start(
    platform: DockerPlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = script_spec("ann-term-00000001")
    await platform.warm(ahead(spec))

    def refuse(*_: object, **__: object) -> None:
        raise OSError(22, "not here")

    monkeypatch.setattr("streamspace.platforms.grafts.graft", refuse)
    view = await platform.start(dataclasses.replace(spec, warm_id=WARM), ignore)
    assert view.state is State.RUNNING
    assert await platform.warm_inventory() == []
    assert key_of(platform, spec) != Folder(platform._root, WARM).key


async def test_the_next_agent_finds_it_waiting_and_hands_it_over(
    platform: DockerPlatform, running: docker.Running, tmp_path: Path
) -> None:
    spec = script_spec("ann-term-00000001")
    await platform.warm(ahead(spec))
    await platform.close()
    following = DockerPlatform(tmp_path, socket=running.socket)
    assert [(view.warm_id, view.ready) for view in await following.warm_inventory()] == [(WARM, True)]
    await following.start(dataclasses.replace(spec, warm_id=WARM), ignore)
    assert key_of(following, spec) == Folder(tmp_path, WARM).key
    await clean(following)


async def test_the_ability_comes_when_the_engine_does(running: docker.Running, tmp_path: Path) -> None:
    late = tmp_path / "docker.sock"
    platform = DockerPlatform(tmp_path / "data", socket=late)
    ready = Readiness(platform)
    assert await ready.ability() == []
    late.symlink_to(running.socket)

    async def came() -> None:
        while await ready.ability() != [ABILITY]:
            await asyncio.sleep(0.2)

    await within(60, came())
    await clean(platform)
