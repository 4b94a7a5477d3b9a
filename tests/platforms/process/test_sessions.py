from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from streamspace.platforms.base import NotRunning, PlatformError, StartFailed, State, ToolMissing
from streamspace.platforms.local import processes
from streamspace.platforms.process import launching, lifecycle
from streamspace.platforms.process.limits import Limits
from streamspace.platforms.process.platform import ProcessPlatform
from tests.platforms.contract import Phases, states
from tests.platforms.process.inside import STAYS, eventually, home, ignore, script_spec

pytestmark = pytest.mark.sandbox

AGENT = """
import asyncio, sys
from pathlib import Path
from streamspace.platforms.process.platform import ProcessPlatform
from tests.platforms.process.inside import script_spec

async def main():
    platform = ProcessPlatform(Path(sys.argv[1]))
    async def report(phase, message=""):
        print(phase, flush=True)
    await platform.start(script_spec("kept", capabilities=["Network"]), report)
    print("running", flush=True)
    await asyncio.sleep(600)

asyncio.run(main())
"""


def agent_killed_after(word: str, root: Path) -> None:
    """Run an agent in a process of its own and kill it once it has said a word."""
    with subprocess.Popen([sys.executable, "-c", AGENT, str(root)], stdout=subprocess.PIPE, text=True) as agent:
        assert agent.stdout is not None
        for line in agent.stdout:
            if line.strip() == word:
                break
        agent.send_signal(signal.SIGKILL)


async def ask(platform: ProcessPlatform, session_id: str, path: str, **query: str) -> tuple[int, str]:
    """Send a GET to a session's engine."""
    at = (await platform.endpoint(session_id, "controller")).path
    reader, writer = await asyncio.open_unix_connection(at)
    words = "&".join(f"{name}={value}" for name, value in query.items())
    writer.write(f"GET /s/{session_id}{path}?{words} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    answer = (await asyncio.wait_for(reader.read(), 60)).decode(errors="replace")
    writer.close()
    await writer.wait_closed()
    return int(answer.split()[1]), answer


async def test_the_engine_answers_on_the_sessions_socket(platform: ProcessPlatform) -> None:
    await platform.start(script_spec("kept"), ignore)
    endpoint = await platform.endpoint("kept", "controller")
    assert endpoint.kind == "unix"
    assert endpoint.path is not None
    assert (await ask(platform, "kept", "/api/health"))[0] == 200
    assert (await ask(platform, "kept", "/", **endpoint.query))[0] == 200
    assert "frame-ancestors" in (await ask(platform, "kept", "/", **endpoint.query))[1].casefold()


async def test_tokens_are_on_disk_for_the_owner_only(platform: ProcessPlatform, tmp_path: Path) -> None:
    await platform.start(script_spec("kept"), ignore)
    (record,) = (tmp_path / "sessions").glob("*/record.json")
    assert record.stat().st_mode & 0o077 == 0
    assert set(json.loads(record.read_text())["tokens"]) == {"master", "controller", "viewer"}


async def test_a_killed_agents_session_is_taken_over(platform: ProcessPlatform, tmp_path: Path) -> None:
    await asyncio.to_thread(agent_killed_after, "running", tmp_path)
    assert await states(platform) == {"kept": State.RUNNING}
    assert (await ask(platform, "kept", "/api/health"))[0] == 200
    (home(tmp_path, script_spec("kept")) / "crash").touch()
    change = await asyncio.wait_for(anext(platform.watch()), 60)
    assert change.state is State.FAILED
    assert "last words" in change.log_tail
    await platform.stop("kept")
    assert await states(platform) == {}


@pytest.mark.parametrize("phase", ["sandbox", "display", "engine", "application"])
async def test_a_start_survives_or_leaves_with_its_killed_agent(
    platform: ProcessPlatform, tmp_path: Path, phase: str
) -> None:
    await asyncio.to_thread(agent_killed_after, phase, tmp_path)
    until = time.monotonic() + 60
    while (now := await states(platform)) and now["kept"] is State.STARTING:
        assert time.monotonic() < until, "a start is stuck"
        await asyncio.sleep(0.1)
    assert now in ({}, {"kept": State.RUNNING})
    await platform.start(script_spec("kept"), ignore)
    assert await states(platform) == {"kept": State.RUNNING}


async def test_a_start_that_ended_with_its_agent_is_no_failure(platform: ProcessPlatform, tmp_path: Path) -> None:
    await asyncio.to_thread(agent_killed_after, "running", tmp_path)
    (first,) = (tmp_path / "sessions").glob("*/first")
    pid = json.loads(first.read_text())["pid"]
    os.kill(pid, signal.SIGKILL)
    await eventually(lambda: processes.of(pid) is None)
    (path,) = (tmp_path / "sessions").glob("*/record.json")
    path.write_text(json.dumps(json.loads(path.read_text()) | {"state": "starting"}))
    assert await states(platform) == {}
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.5):
            await anext(platform.watch())
    await platform.start(script_spec("kept"), ignore)
    assert await states(platform) == {"kept": State.RUNNING}


async def test_an_agent_hears_of_what_ended_while_it_was_away(platform: ProcessPlatform, tmp_path: Path) -> None:
    await asyncio.to_thread(agent_killed_after, "running", tmp_path)
    (record,) = (tmp_path / "sessions").glob("*/first")
    os.kill(json.loads(record.read_text())["pid"], signal.SIGKILL)
    change = await asyncio.wait_for(anext(platform.watch()), 60)
    assert (change.session_id, change.state) == ("kept", State.FAILED)
    assert not list((tmp_path / "run").iterdir())


async def test_a_reused_process_number_is_not_mistaken_for_a_session(platform: ProcessPlatform, tmp_path: Path) -> None:
    await platform.start(script_spec("kept"), ignore)
    await platform.hibernate("kept")
    folder = platform._sessions["kept"].folder
    (folder.private / "first").write_text(json.dumps({"pid": os.getpid(), "started": 1}))
    await platform.stop("kept")
    assert processes.of(os.getpid()) is not None


async def test_ten_sessions_at_once(platform: ProcessPlatform) -> None:
    names = [f"many-{number}" for number in range(10)]
    specs = [script_spec(name, user_id=name, memory_bytes=512 * 1024**2) for name in names]
    await asyncio.gather(*(platform.start(spec, ignore) for spec in specs))
    assert set((await states(platform)).values()) == {State.RUNNING}
    answers = [await ask(platform, name, "/api/health") for name in names]
    assert {status for status, _ in answers} == {200}
    await asyncio.gather(*(platform.stop(name) for name in names))
    assert await platform.inventory() == []


async def test_a_home_outlives_hibernation(platform: ProcessPlatform, tmp_path: Path) -> None:
    spec = script_spec("kept", f"cat ~/note >> ~/seen; echo written > ~/note; {STAYS}")
    # A start does not wait for more than a window, so what the script did is waited for.
    await platform.start(spec, ignore)
    await eventually(lambda: written(home(tmp_path, spec) / "note"))
    await platform.hibernate("kept")
    await platform.wake(spec, ignore)
    await eventually(lambda: written(home(tmp_path, spec) / "seen"))


def written(path: Path) -> bool:
    return path.exists() and path.read_text() == "written\n"


async def test_a_home_for_once_goes_with_its_session(platform: ProcessPlatform, tmp_path: Path) -> None:
    spec = script_spec("once", f"touch ~/note; {STAYS}", persistent_home=False)
    await platform.start(spec, ignore)
    await eventually(lambda: list((tmp_path / "homes").glob(".once/*/note")))
    await platform.stop("once")
    assert not list((tmp_path / "homes").glob(".once/*"))


async def test_nothing_is_left_after_a_stop(platform: ProcessPlatform, tmp_path: Path) -> None:
    await platform.start(script_spec("kept", f"setsid sleep 1000 & (setsid nohup sleep 1000 &) ; {STAYS}"), ignore)
    folder = platform._sessions["kept"].folder
    first = folder.first_process()
    assert first is not None
    members = processes.in_namespace_of(first)
    assert len(members) > 5
    await platform.stop("kept")
    await eventually(lambda: not any(processes.of(pid) for pid in members))
    assert folder.key not in Limits().held()
    assert not folder.run.exists()
    assert not folder.private.exists()


async def test_an_application_may_save_its_work_before_the_end(platform: ProcessPlatform, tmp_path: Path) -> None:
    spec = script_spec(
        "kept", "trap 'sleep 0.5; echo saved > ~/work; exit 0' TERM; xterm & while :; do sleep 0.1; done"
    )
    await platform.start(spec, ignore)
    await platform.hibernate("kept")
    assert (home(tmp_path, spec) / "work").read_text() == "saved\n"


async def test_an_application_that_dies_at_once_fails_the_start(platform: ProcessPlatform) -> None:
    with pytest.raises(StartFailed, match="exit code 3") as caught:
        await platform.start(script_spec("bad", "echo I cannot; exit 3"), ignore)
    assert "I cannot" in caught.value.log_tail
    assert await platform.inventory() == []
    assert "I cannot" in await platform.logs("bad", 100)


async def test_a_dead_engine_is_replaced(platform: ProcessPlatform) -> None:
    await platform.start(script_spec("kept"), ignore)
    first = platform._sessions["kept"].folder.first_process()
    assert first is not None
    engine = next(
        pid for pid in processes.in_namespace_of(first) if b"\0engine\0" in Path(f"/proc/{pid}/cmdline").read_bytes()
    )
    os.kill(engine, signal.SIGKILL)
    assert (await ask(platform, "kept", "/api/health"))[0] == 200
    assert await states(platform) == {"kept": State.RUNNING}


async def test_a_session_says_how_long_it_was_left_alone(platform: ProcessPlatform) -> None:
    await platform.start(script_spec("kept"), ignore)
    (view,) = await platform.inventory()
    assert view.idle_seconds is not None
    assert 0 <= view.idle_seconds < 30


@pytest.mark.skipif(Limits().version == 0, reason="control groups cannot be written here")
async def test_memory_is_limited(platform: ProcessPlatform) -> None:
    for size, answer in ((100, "swallowed"), (700, "choked")):
        eat = f"head -c {size}M /dev/zero | tail > /dev/null && echo swallowed || echo choked; "
        await platform.start(script_spec(answer, eat + STAYS, memory_bytes=512 * 1024**2), ignore)
        folder = platform._sessions[answer].folder
        await eventually(lambda folder=folder, answer=answer: f"application: {answer}" in folder.log_tail(100))


@pytest.mark.skipif(Limits().version == 0, reason="control groups cannot be written here")
async def test_the_processor_is_limited(platform: ProcessPlatform) -> None:
    await platform.start(script_spec("burns", f"(while :; do :; done) & {STAYS}", cpu_millicores=300), ignore)
    # Until then it may use what there is, as a start does.
    await asyncio.sleep(lifecycle.BURST_SECONDS + 0.5)
    await platform.usage("burns")
    seen = []
    for _ in range(5):
        await asyncio.sleep(2)
        seen.append((await platform.usage("burns")).cpu_cores)
        # The kernel gives it no more, ever; on a busy machine it may get less for a while.
        assert seen[-1] < 0.45
        if seen[-1] > 0.15:
            return
    pytest.fail(f"it never got its share: {seen}")


async def test_a_log_stays_small(tmp_path: Path) -> None:
    platform = ProcessPlatform(tmp_path, log_bytes=20_000)
    await platform.start(script_spec("talks", f"seq 1 20000; {STAYS}"), ignore)
    await eventually(lambda: "20000" in platform._sessions["talks"].folder.log_tail(100))
    assert platform._sessions["talks"].folder.log.stat().st_size <= 20_000
    await platform.stop("talks")
    await platform.close()


async def test_a_stop_ends_a_start_under_way(platform: ProcessPlatform) -> None:
    phases = Phases()
    start = asyncio.create_task(platform.start(script_spec("brief"), phases))
    while "display" not in phases:
        await asyncio.sleep(0.01)
    await platform.stop("brief")
    with pytest.raises(StartFailed):
        await start
    assert await platform.inventory() == []
    assert not list((platform._root / "sessions").iterdir())


async def test_starting_and_stopping_in_turn_never_mixes_up(platform: ProcessPlatform) -> None:
    spec = script_spec("turn")
    for _ in range(3):
        await platform.start(spec, ignore)
        await platform.stop("turn")
    with pytest.raises(PlatformError):
        await platform.endpoint("turn", "viewer")


async def test_a_missing_tool_is_named_with_its_remedy(
    platform: ProcessPlatform, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(launching.shutil, "which", lambda program: None if program == "Xvfb" else program)
    with pytest.raises(ToolMissing, match="apt install xvfb"):
        await platform.start(script_spec("kept"), ignore)


async def test_a_data_folder_too_deep_for_sockets_is_refused(tmp_path: Path) -> None:
    platform = ProcessPlatform(tmp_path / ("deep" * 25))
    with pytest.raises(PlatformError, match="shorter data folder"):
        await platform.start(script_spec("kept"), ignore)
    await platform.close()


async def test_a_hibernated_session_has_no_processes(platform: ProcessPlatform) -> None:
    await platform.start(script_spec("kept"), ignore)
    folder = platform._sessions["kept"].folder
    await platform.hibernate("kept")
    first = folder.first_process()
    assert first is None or not first.alive()
    assert folder.key not in Limits().held()
    with pytest.raises(NotRunning):
        await platform.usage("kept")


async def test_a_session_that_cannot_wake_stays_hibernated(platform: ProcessPlatform, tmp_path: Path) -> None:
    spec = script_spec("kept", f"[ -e ~/broken ] && exit 5; touch ~/note; {STAYS}", persistent_home=False)
    await platform.start(spec, ignore)
    await platform.hibernate("kept")
    await eventually(lambda: list((tmp_path / "homes").glob(".once/*/note")))
    (note,) = (tmp_path / "homes").glob(".once/*/note")
    note.with_name("broken").touch()
    with pytest.raises(StartFailed, match="exit code 5"):
        await platform.wake(spec, ignore)
    assert await states(platform) == {"kept": State.HIBERNATED}
    note.with_name("broken").unlink()
    assert (await platform.wake(spec, ignore)).state is State.RUNNING
