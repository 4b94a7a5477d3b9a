from __future__ import annotations

import asyncio
import dataclasses
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from streamspace.platforms.base import NotRunning, Pauses, SessionSpec, StartFailed, State, ToolMissing
from streamspace.platforms.docker import DockerPlatform
from streamspace.platforms.docker import platform as platforms
from streamspace.platforms.docker.engine import Engine, EngineAway
from streamspace.platforms.docker.images import ImageUnavailable
from streamspace.protocol.manifest import TemplateManifest
from tests.platforms.contract import Phases, states
from tests.platforms.docker.inside import home, script_spec
from tests.platforms.process.inside import STAYS, eventually, ignore
from tests.platforms.process.test_sessions import ask
from tools import docker

pytestmark = [pytest.mark.docker, pytest.mark.timeout(400)]


async def left(engine: Engine) -> tuple[int, int, int]:
    """Return how many containers, networks and homes for once the engine has of ours."""
    networks = await engine.client.networks.list(filters={"label": ["streamspace.agent"]})
    return (
        len(await engine.containers("streamspace.agent")),
        len(networks),
        len(await engine.volumes("streamspace.home=once")),
    )


async def test_the_engine_answers_on_the_sessions_socket(platform: DockerPlatform) -> None:
    await platform.start(script_spec("kept"), ignore)
    endpoint = await platform.endpoint("kept", "controller")
    assert endpoint.kind == "unix"
    status, page = await ask(platform, "kept", "/", **endpoint.query)  # type: ignore[arg-type]
    assert status == 200
    assert "toggleDashboard" in page


async def test_each_connection_can_have_a_token_of_its_own(platform: DockerPlatform) -> None:
    await platform.start(script_spec("kept"), ignore)
    first = await platform.admit("kept", "connection-1", "controller")
    second = await platform.admit("kept", "connection-2", "viewer")
    assert first.path == second.path
    assert first.query["token"] != second.query["token"]
    await platform.dismiss("kept", "connection-1")


async def test_the_images_health_check_asks_the_engine(platform: DockerPlatform, engine: Engine) -> None:
    await platform.start(script_spec("kept"), ignore)
    container = engine.client.containers.container(platform._sessions["kept"].name)
    shown = await engine.container(platform._sessions["kept"].name)
    assert shown is not None
    check = await container.exec(shown["Config"]["Healthcheck"]["Test"][1:])
    async with check.start(detach=False) as stream:
        await stream.read_out()
    assert (await check.inspect())["ExitCode"] == 0


async def test_hibernation_keeps_the_container_and_the_home(platform: DockerPlatform, engine: Engine) -> None:
    spec = script_spec("kept", f"cat ~/note >> ~/seen; echo written > ~/note; {STAYS}", capabilities=["Network"])
    await platform.start(spec, ignore)
    folder = await home(platform, spec)
    await eventually((folder / "note").exists)
    first = await engine.container(platform._sessions["kept"].name)
    await platform.hibernate("kept")
    stopped = await engine.container(platform._sessions["kept"].name)
    assert stopped is not None
    assert stopped["State"]["Status"] == "exited"
    await platform.wake(spec, ignore)
    again = await engine.container(platform._sessions["kept"].name)
    assert first is not None
    assert again is not None
    assert first["Id"] == again["Id"]
    await eventually(lambda: (folder / "seen").read_text() == "written\n")


async def test_a_stop_leaves_nothing_but_the_persons_home(platform: DockerPlatform, engine: Engine) -> None:
    spec = script_spec("kept", capabilities=["Network"])
    await platform.start(spec, ignore)
    await platform.start(script_spec("once", persistent_home=False), ignore)
    assert await left(engine) == (2, 1, 1)
    folder = await home(platform, spec)
    await platform.stop("kept")
    await platform.stop("once")
    assert await left(engine) == (0, 0, 0)
    assert folder.is_dir()
    assert not list((platform._root / "run").iterdir())
    assert not list((platform._root / "sessions").iterdir())


async def test_a_wake_with_other_resources_makes_the_container_anew(platform: DockerPlatform, engine: Engine) -> None:
    await platform.start(script_spec("kept"), ignore)
    await platform.hibernate("kept")
    await platform.wake(script_spec("kept", memory_bytes=700 * 1024**2), ignore)
    shown = await engine.container(platform._sessions["kept"].name)
    assert shown is not None
    assert shown["HostConfig"]["Memory"] == 700 * 1024**2


async def test_a_paused_session_stands_still_and_goes_on(platform: DockerPlatform) -> None:
    assert isinstance(platform, Pauses)
    spec = script_spec("kept", f"(while sleep 0.1; do date +%s%N > ~/clock; done) & {STAYS}")
    await platform.start(spec, ignore)
    clock = await home(platform, spec) / "clock"
    await eventually(clock.exists)
    await platform.pause("kept")
    await platform.pause("kept")
    assert [view.metadata["paused"] for view in await platform.inventory()] == ["true"]
    with pytest.raises(NotRunning):
        await platform.endpoint("kept", "viewer")
    stood = clock.read_text()
    await asyncio.sleep(1)
    assert clock.read_text() == stood
    await platform.resume("kept")
    await eventually(lambda: clock.read_text() not in {stood, ""})
    assert (await platform.endpoint("kept", "viewer")).query["token"]


async def test_a_paused_session_can_be_hibernated(platform: DockerPlatform) -> None:
    await platform.start(script_spec("kept"), ignore)
    await platform.pause("kept")
    await platform.hibernate("kept")
    assert await states(platform) == {"kept": State.HIBERNATED}
    assert (await platform.wake(script_spec("kept"), ignore)).state is State.RUNNING


async def test_a_killed_container_is_a_failed_session(platform: DockerPlatform, engine: Engine) -> None:
    await platform.start(script_spec("kept", capabilities=["Network"]), ignore)
    await engine.client.containers.container(platform._sessions["kept"].name).kill()
    change = await asyncio.wait_for(anext(platform.watch()), 60)
    assert (change.session_id, change.state) == ("kept", State.FAILED)
    assert await left(engine) == (0, 0, 0)
    await platform.start(script_spec("kept"), ignore)
    assert await states(platform) == {"kept": State.RUNNING}


async def test_memory_is_limited_and_its_end_is_told(platform: DockerPlatform) -> None:
    eat = "xterm & head -c 900M /dev/zero | tail > /dev/null || { echo choked; exit 9; }; sleep 1000"
    await platform.start(script_spec("eats", f"sleep 4; {eat}", memory_bytes=512 * 1024**2), ignore)
    change = await asyncio.wait_for(anext(platform.watch()), 60)
    assert change.state is State.FAILED
    assert "all the memory" in change.message


@pytest.mark.may_skip  # where the machine's own engine is used, nobody may end it
@pytest.mark.parametrize("ending", ["gently", "killed"])
async def test_sessions_can_be_woken_after_the_engine_restarted(
    platform: DockerPlatform, running: docker.Running, ending: str
) -> None:
    if not running.private:
        pytest.skip("this is the machine's own engine")
    spec = script_spec("kept", f"echo written >> ~/note; {STAYS}", capabilities=["Network"])
    await platform.start(spec, ignore)
    note = await home(platform, spec) / "note"
    await eventually(note.exists)
    await asyncio.to_thread(running.kill if ending == "killed" else running.stop)
    with pytest.raises(EngineAway):
        await platform.start(script_spec("other"), ignore)
    await asyncio.to_thread(running.start)
    change = await asyncio.wait_for(anext(platform.watch()), 60)
    assert (change.session_id, change.state, change.message) == ("kept", State.HIBERNATED, platforms.RESTARTED)
    assert await states(platform) == {"kept": State.HIBERNATED}
    await platform.wake(spec, ignore)
    await eventually(lambda: note.read_text() == "written\nwritten\n")


async def test_an_image_that_cannot_be_pulled_says_why(platform: DockerPlatform) -> None:
    phases = Phases()
    with pytest.raises(
        ImageUnavailable, match=r"registry\.invalid/none:1 could not be pulled: its registry cannot be reached"
    ):
        await platform.start(image_spec("registry.invalid/none:1"), phases)
    assert phases == ["image"]
    assert await platform.inventory() == []
    assert "Pulling" in await platform.logs("pulled", 10)


async def test_an_image_of_somebody_elses_is_refused(platform: DockerPlatform, engine: Engine) -> None:
    base = (await engine.client.images.list())[-1]["Id"]
    await engine.client.images.tag(base, "foreign", tag="1")
    await engine.client.containers.create({"Image": "foreign:1", "Cmd": ["true"]}, name="foreign")
    try:
        await engine.client.containers.container("foreign").commit(
            repository="foreign", tag="2", changes="LABEL streamspace.session=0"
        )
        with pytest.raises(StartFailed, match="not a StreamSpace session image"):
            await platform.start(image_spec("foreign:2"), ignore)
    finally:
        await engine.remove_container("foreign")
        for tag in ("foreign:2", "foreign:1"):
            await engine.client.images.delete(tag)


def image_spec(image: str) -> SessionSpec:
    manifest = TemplateManifest.model_validate(
        {
            "apiVersion": "stream.space/v1alpha1",
            "kind": "Template",
            "metadata": {"name": "pulled"},
            "spec": {"displayName": "Pulled", "baseImage": image},
        }
    )
    return dataclasses.replace(script_spec("pulled"), manifest=manifest)


AGENT = """
import asyncio, sys
from pathlib import Path
from streamspace.platforms.docker import DockerPlatform
from tests.platforms.docker.inside import script_spec

async def main():
    platform = DockerPlatform(Path(sys.argv[1]), socket=Path(sys.argv[2]))
    async def report(phase, message=""):
        print(phase, flush=True)
    await platform.start(script_spec("kept", capabilities=["Network"]), report)
    print("running", flush=True)
    await asyncio.sleep(600)

asyncio.run(main())
"""


@pytest.mark.parametrize("phase", ["sandbox", "running"])
async def test_a_start_survives_or_leaves_with_its_killed_agent(
    platform: DockerPlatform, running: docker.Running, engine: Engine, phase: str
) -> None:
    def killed() -> None:
        command = [sys.executable, "-c", AGENT, str(platform._root), str(running.socket)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as agent:
            assert agent.stdout is not None
            for line in agent.stdout:
                if line.strip() == phase:
                    break
            os.kill(agent.pid, signal.SIGKILL)

    await asyncio.to_thread(killed)
    async with asyncio.timeout(90):
        while (now := await states(platform)).get("kept") is State.STARTING:
            await asyncio.sleep(0.1)
    assert now in ({}, {"kept": State.RUNNING}, {"kept": State.FAILED})
    if phase == "running":
        assert now == {"kept": State.RUNNING}
    await platform.start(script_spec("kept"), ignore)
    await platform.stop("kept")
    assert await left(engine) == (0, 0, 0)


async def test_strays_are_removed_and_nothing_else(platform: DockerPlatform, engine: Engine) -> None:
    await platform.start(script_spec("kept", capabilities=["Network"], persistent_home=False), ignore)
    key = platform._sessions["kept"].folder.key
    await engine.client.containers.create({"Image": "streamspace/debian:bookworm", "Cmd": ["true"]}, name="bystander")
    try:
        await platform.close()
        for path in (platform._root / "sessions" / key).iterdir():
            if path.name == "record.json":
                path.unlink()
        other = DockerPlatform(platform._root, socket=engine.path)
        assert await other.inventory() == []
        await other.close()
        assert await left(engine) == (0, 0, 0)
        assert await engine.container("bystander") is not None
    finally:
        await engine.remove_container("bystander")


def test_an_engine_that_does_not_answer_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(ToolMissing, match="does not answer"):
        DockerPlatform(tmp_path, socket=tmp_path / "none.sock").check()


def test_an_engine_on_another_machine_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", "tcp://10.0.0.1:2375")
    with pytest.raises(ToolMissing, match="on its own machine"):
        DockerPlatform(tmp_path)
