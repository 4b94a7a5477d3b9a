"""What every platform must do. Subclass `PlatformContract` and give it a `world` fixture."""

from __future__ import annotations

import asyncio
import json
from abc import ABC, abstractmethod
from dataclasses import replace
from typing import Any
from unittest.mock import ANY

import pytest

from streamspace.platforms.base import (
    AdmitsConnections,
    AdmitsFiles,
    NoSuchSession,
    NotRunning,
    PackagesMissing,
    Platform,
    SessionSpec,
    State,
    Warms,
    WarmSpec,
)

PHASES = ["sandbox", "display", "engine", "application"]
LEFT_OF_THEM = ["sandbox", "application"]
"""For one that was started ahead."""


class World(ABC):
    """A platform under test, and the things that happen to its sessions without its doing."""

    platform: Platform

    @abstractmethod
    def spec(self, session_id: str, *, packages: list[str] | None = None) -> SessionSpec:
        """Describe a session that starts and stays."""

    @abstractmethod
    async def crash(self, session_id: str) -> None:
        """Let the application die."""

    @abstractmethod
    async def quit(self, session_id: str) -> None:
        """Let the user close the application."""

    @abstractmethod
    async def restart_agent(self) -> None:
        """Close the platform and open another on the same machine."""


class Phases(list[str]):
    """Records the phases of a start; how far one is does not make it another."""

    async def __call__(self, phase: str, message: str = "") -> None:
        if self[-1:] != [phase]:
            self.append(phase)


async def states(platform: Platform) -> dict[str, State]:
    return {view.session_id: view.state for view in await platform.inventory()}


async def ask_files(platform: AdmitsFiles, session_id: str, method: str, target: str, body: bytes = b"") -> Any:
    """Ask a session's file server, as the gateway does."""
    endpoint = await platform.files(session_id)
    reader, writer = await asyncio.open_unix_connection(endpoint.path)
    head = f"{method} {target} HTTP/1.1\r\nHost: session\r\nUpload-Offset: 0\r\nContent-Length: {len(body)}\r\n\r\n"
    writer.write(head.encode() + body)
    answer = await reader.read()
    writer.close()
    head_end = answer.index(b"\r\n\r\n")
    assert answer.split(b" ", 2)[1] in {b"200", b"201"}, answer
    return json.loads(answer[head_end:])


async def warms(world: World, *warm_ids: str) -> Warms | None:
    """Start sessions ahead, where the platform can."""
    platform = world.platform
    if not isinstance(platform, Warms) or await platform.warm_problem() is not None:
        return None
    like = world.spec("any")
    for warm_id in warm_ids:
        ahead = WarmSpec(
            warm_id=warm_id,
            manifest=like.manifest,
            cpu_millicores=like.cpu_millicores,
            memory_bytes=like.memory_bytes,
        )
        view = await platform.warm(ahead)
        assert (view.warm_id, view.ready) == (warm_id, True)
        assert await platform.warm(ahead) == replace(view, memory_bytes=ANY)
    return platform


async def waiting(platform: Warms) -> set[str]:
    return {view.warm_id for view in await platform.warm_inventory() if view.ready}


class PlatformContract:
    async def test_what_was_started_ahead_becomes_a_session_and_is_warm_no_more(self, world: World) -> None:
        platform = await warms(world, "warm-1", "warm-2")
        if platform is None:
            return
        assert await states(world.platform) == {}
        assert await waiting(platform) == {"warm-1", "warm-2"}
        phases = Phases()
        spec = replace(world.spec("ann-term-00000001"), warm_id="warm-1")
        assert (await world.platform.start(spec, phases)).state is State.RUNNING
        assert phases == LEFT_OF_THEM
        assert await waiting(platform) == {"warm-2"}
        await platform.cool("warm-1")
        assert await states(world.platform) == {spec.session_id: State.RUNNING}
        await world.platform.hibernate(spec.session_id)
        assert (await world.platform.wake(spec, Phases())).state is State.RUNNING
        await world.platform.stop(spec.session_id)
        for warm_id in ("warm-2", "warm-2", "never-was"):
            await platform.cool(warm_id)
        assert await waiting(platform) == set()

    async def test_a_start_whose_warm_session_is_gone_is_an_ordinary_one(self, world: World) -> None:
        platform = await warms(world, "warm-1")
        if platform is None:
            return
        await platform.cool("warm-1")
        spec = replace(world.spec("ann-term-00000001"), warm_id="warm-1")
        assert (await world.platform.start(spec, Phases())).state is State.RUNNING

    async def test_what_waits_outlives_the_agent_and_so_does_what_became_a_session(self, world: World) -> None:
        if await warms(world, "warm-1", "warm-2") is None:
            return
        first = replace(world.spec("ann-term-00000001"), warm_id="warm-1")
        await world.platform.start(first, Phases())
        before = await world.platform.endpoint(first.session_id, "viewer")
        await world.restart_agent()
        platform = world.platform
        assert isinstance(platform, Warms)
        assert await states(platform) == {first.session_id: State.RUNNING}  # type: ignore[arg-type]
        assert await world.platform.endpoint(first.session_id, "viewer") == before
        assert await waiting(platform) == {"warm-2"}
        second = replace(world.spec("bob-term-00000001"), warm_id="warm-2")
        assert (await world.platform.start(second, Phases())).state is State.RUNNING
        assert await waiting(platform) == set()
        for spec in (first, second):
            await world.platform.stop(spec.session_id)
        assert await states(world.platform) == {}

    async def test_a_start_reports_its_phases_and_ends_running(self, world: World) -> None:
        phases = Phases()
        view = await world.platform.start(world.spec("ann-term-00000001"), phases)
        assert view.state is State.RUNNING
        assert phases == PHASES
        assert await states(world.platform) == {"ann-term-00000001": State.RUNNING}

    async def test_starting_again_changes_nothing(self, world: World) -> None:
        spec = world.spec("ann-term-00000001")
        await world.platform.start(spec, Phases())
        before = await world.platform.endpoint(spec.session_id, "controller")
        phases = Phases()
        view = await world.platform.start(spec, phases)
        assert (view.state, phases) == (State.RUNNING, [])
        assert await world.platform.endpoint(spec.session_id, "controller") == before

    async def test_connections_that_are_told_apart_have_tokens_of_their_own(self, world: World) -> None:
        platform = world.platform
        if not isinstance(platform, AdmitsConnections):
            return
        name = "ann-term-00000001"
        await platform.start(world.spec(name), Phases())
        first = await platform.admit(name, "c1", "viewer")
        assert await platform.admit(name, "c1", "viewer") == first
        others = [await platform.admit(name, "c2", "viewer"), await platform.endpoint(name, "viewer")]
        assert first.query["token"] not in [one.query["token"] for one in others]
        for holder in ("c1", None, "nobody"):
            await platform.give_control(name, holder)
        for connection in ("c1", "c1", "never-was"):
            await platform.dismiss(name, connection)
        await platform.hibernate(name)
        for asked in (platform.admit(name, "c1", "viewer"), platform.give_control(name, "c1")):
            with pytest.raises(NotRunning):
                await asked
        with pytest.raises(NoSuchSession):
            await platform.admit("never-was-00000000", "c1", "viewer")
        await platform.dismiss("never-was-00000000", "c1")

    async def test_files_go_in_and_out_and_stay(self, world: World) -> None:
        platform = world.platform
        if not isinstance(platform, AdmitsFiles):
            return
        spec = world.spec("ann-term-00000001")
        await platform.start(spec, Phases())
        begun = await ask_files(platform, spec.session_id, "POST", "/uploads?path=from-outside.txt&size=5")
        done = await ask_files(platform, spec.session_id, "PATCH", f"/uploads/{begun['id']}", b"hello")
        assert done["done"]
        await platform.hibernate(spec.session_id)
        with pytest.raises(NotRunning):
            await platform.files(spec.session_id)
        with pytest.raises(NoSuchSession):
            await platform.files("never-was-00000000")
        await platform.wake(spec, Phases())
        listed = await ask_files(platform, spec.session_id, "GET", "/list")
        assert ("from-outside.txt", 5) in [(entry["name"], entry["size"]) for entry in listed["entries"]]

    async def test_a_stopped_session_is_gone_and_stopping_again_is_fine(self, world: World) -> None:
        await world.platform.start(world.spec("ann-term-00000001"), Phases())
        await world.platform.stop("ann-term-00000001")
        await world.platform.stop("ann-term-00000001")
        await world.platform.stop("never-was-00000000")
        assert await states(world.platform) == {}
        with pytest.raises(NoSuchSession):
            await world.platform.endpoint("ann-term-00000001", "controller")

    async def test_hibernation_frees_and_waking_brings_back(self, world: World) -> None:
        spec = world.spec("ann-term-00000001")
        await world.platform.start(spec, Phases())
        await world.platform.hibernate(spec.session_id)
        await world.platform.hibernate(spec.session_id)
        assert await states(world.platform) == {spec.session_id: State.HIBERNATED}
        with pytest.raises(NotRunning):
            await world.platform.endpoint(spec.session_id, "controller")
        with pytest.raises(NotRunning):
            await world.platform.usage(spec.session_id)
        phases = Phases()
        assert (await world.platform.wake(spec, phases)).state is State.RUNNING
        assert phases == PHASES

    async def test_what_is_not_held_is_said_so(self, world: World) -> None:
        for attempt in (
            world.platform.hibernate("never-was-00000000"),
            world.platform.endpoint("never-was-00000000", "viewer"),
            world.platform.usage("never-was-00000000"),
            world.platform.logs("never-was-00000000", 10),
        ):
            with pytest.raises(NoSuchSession):
                await attempt

    async def test_roles_get_different_tokens(self, world: World) -> None:
        await world.platform.start(world.spec("ann-term-00000001"), Phases())
        controller = await world.platform.endpoint("ann-term-00000001", "controller")
        viewer = await world.platform.endpoint("ann-term-00000001", "viewer")
        assert controller.query["token"] != viewer.query["token"]

    async def test_usage_is_plausible(self, world: World) -> None:
        await world.platform.start(world.spec("ann-term-00000001"), Phases())
        usage = await world.platform.usage("ann-term-00000001")
        assert usage.cpu_cores >= 0
        assert usage.memory_bytes > 10 * 1024**2
        assert usage.processes > 2

    async def test_logs_outlive_their_session(self, world: World) -> None:
        await world.platform.start(world.spec("ann-term-00000001"), Phases())
        assert await world.platform.logs("ann-term-00000001", 100)
        await world.platform.stop("ann-term-00000001")
        assert len((await world.platform.logs("ann-term-00000001", 1)).splitlines()) == 1

    async def test_missing_packages_are_named_and_nothing_is_left(self, world: World) -> None:
        spec = world.spec("ann-term-00000001", packages=["no-such-package-anywhere"])
        with pytest.raises(PackagesMissing, match="no-such-package-anywhere"):
            await world.platform.start(spec, Phases())
        assert await states(world.platform) == {}

    async def test_a_cancelled_start_is_undone(self, world: World) -> None:
        begun = asyncio.Event()

        async def report(phase: str, message: str = "") -> None:
            if phase == PHASES[1]:
                begun.set()
                await asyncio.sleep(60)

        start = asyncio.create_task(world.platform.start(world.spec("ann-term-00000001"), report))
        await asyncio.wait_for(begun.wait(), 60)
        start.cancel()
        with pytest.raises(asyncio.CancelledError):
            await start
        assert await states(world.platform) == {}

    async def test_a_crash_is_told_with_the_end_of_the_log(self, world: World) -> None:
        await world.platform.start(world.spec("ann-term-00000001"), Phases())
        await world.crash("ann-term-00000001")
        change = await asyncio.wait_for(anext(world.platform.watch()), 60)
        assert (change.session_id, change.state) == ("ann-term-00000001", State.FAILED)
        assert change.message
        assert change.log_tail
        assert await states(world.platform) == {"ann-term-00000001": State.FAILED}
        with pytest.raises(NotRunning):
            await world.platform.endpoint("ann-term-00000001", "controller")

    async def test_a_closed_application_ends_its_session(self, world: World) -> None:
        await world.platform.start(world.spec("ann-term-00000001"), Phases())
        await world.quit("ann-term-00000001")
        change = await asyncio.wait_for(anext(world.platform.watch()), 60)
        assert (change.session_id, change.state) == ("ann-term-00000001", None)
        assert await states(world.platform) == {}

    async def test_sessions_outlive_the_agent(self, world: World) -> None:
        await world.platform.start(world.spec("ann-term-00000001"), Phases())
        await world.platform.start(world.spec("ann-term-00000002"), Phases())
        await world.platform.hibernate("ann-term-00000002")
        before = await world.platform.endpoint("ann-term-00000001", "viewer")
        await world.restart_agent()
        assert await states(world.platform) == {
            "ann-term-00000001": State.RUNNING,
            "ann-term-00000002": State.HIBERNATED,
        }
        assert await world.platform.endpoint("ann-term-00000001", "viewer") == before
        await world.platform.stop("ann-term-00000001")
        await world.platform.stop("ann-term-00000002")
        assert await states(world.platform) == {}
