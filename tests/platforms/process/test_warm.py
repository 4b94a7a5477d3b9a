"""Sessions that were started ahead: nothing of the waiting survives, and all of their person is there."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx2
import pytest

from streamspace.platforms.base import PlatformError, SessionSpec, State, WarmSpec
from streamspace.platforms.local.records import Folder
from streamspace.platforms.process import engine as engines
from streamspace.platforms.process.platform import ProcessPlatform
from streamspace.protocol.policies import Policy
from tests.platforms.contract import Phases
from tests.platforms.process.inside import STAYS, eventually, home, ignore, script_spec

pytestmark = [
    pytest.mark.sandbox,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root brings homes into running sandboxes"),
]
WARM = "warm-0123456789abcdef"


def ahead(spec: SessionSpec, warm_id: str = WARM) -> WarmSpec:
    return WarmSpec(
        warm_id=warm_id, manifest=spec.manifest, cpu_millicores=spec.cpu_millicores, memory_bytes=spec.memory_bytes
    )


async def claimed(platform: ProcessPlatform, spec: SessionSpec) -> SessionSpec:
    """Start a session from one that waited."""
    await platform.warm(ahead(spec))
    spec = dataclasses.replace(spec, warm_id=WARM)
    await platform.start(spec, ignore)
    assert key_of(platform, spec) == Folder(platform._root, WARM).key, "it was started as usual"
    return spec


def key_of(platform: ProcessPlatform, spec: SessionSpec) -> str:
    return platform._sessions[spec.session_id].folder.key


def asking(script: str) -> str:
    """Return a script that answers into the home and stays."""
    return f"({script}) > ~/answer 2>&1; touch ~/done; {STAYS}"


async def answer(platform: ProcessPlatform, root: Path, script: str, **options: Any) -> str:
    """Return what a script prints inside a session that waited."""
    spec = await claimed(platform, script_spec("ann-term-00000001", asking(script), user_id="ann", **options))
    await eventually((home(root, spec) / "done").exists)
    return (home(root, spec) / "answer").read_text()


async def health(platform: ProcessPlatform, session_id: str, name: str) -> int:
    endpoint = await platform.endpoint(session_id, "controller")
    transport = httpx2.AsyncHTTPTransport(uds=endpoint.path)
    async with httpx2.AsyncClient(transport=transport, base_url="http://localhost") as client:
        return (await client.get(f"/s/{name}/api/health")).status_code


async def test_the_person_finds_their_home_environment_and_user(platform: ProcessPlatform, tmp_path: Path) -> None:
    kept = home(tmp_path, script_spec("x", user_id="ann"))
    await platform.start(script_spec("ann-term-00000000", user_id="ann"), ignore)
    await platform.stop("ann-term-00000000")
    (kept / "note").write_text("mine")
    person = kept.stat().st_uid
    os.chown(kept / "note", person, person)
    told = await answer(
        platform,
        tmp_path,
        "cat ~/note; echo; pwd; whoami; stat -c %u ~ ~/note; echo $COLOUR; echo more >> ~/note; touch ~/new",
        environment={"COLOUR": "green"},
    )
    assert told.split() == ["mine", "/home/user", "user", "1000", "1000", "green"]
    assert {(kept / name).stat().st_uid for name in ("note", "new")} == {person}
    assert (kept / "note").read_text() == "mine" + "more\n"


async def test_nothing_of_the_waiting_is_left_inside(platform: ProcessPlatform, tmp_path: Path) -> None:
    cold = script_spec("bob-term-00000001", asking("hostname; ls -A /tmp /run/user/1000 ~"), user_id="bob")
    await platform.start(cold, ignore)
    await eventually((home(tmp_path, cold) / "done").exists)
    told = await answer(platform, tmp_path, "hostname; ls -A /tmp /run/user/1000 ~")
    # What an ordinary start makes is there, as far as it has come by now, and nothing else.
    assert set(told.split()) <= set((home(tmp_path, cold) / "answer").read_text().split()) | {"pulse", "bus"}
    assert WARM not in await answer_again(platform, tmp_path)


async def answer_again(platform: ProcessPlatform, root: Path) -> str:
    """Return all that the processes and files of another session that waited tell of themselves."""
    script = (
        "env; cat /proc/[0-9]*/environ /proc/[0-9]*/cmdline /proc/self/mountinfo /proc/self/cgroup /etc/host* "
        "/etc/passwd /etc/machine-id ~/.bash_history; ls -laR ~ /tmp /run; xprop -root; true"
    )
    spec = script_spec("cia-term-00000001", asking(script), user_id="cia")
    spec = await claimed(platform, spec)
    await eventually((home(root, spec) / "done").exists)
    return (home(root, spec) / "answer").read_text(errors="replace")


async def test_the_engine_serves_the_session_by_its_own_name_and_tokens(platform: ProcessPlatform) -> None:
    spec = await claimed(platform, script_spec("ann-term-00000001"))
    assert await health(platform, spec.session_id, spec.session_id) == 200
    assert await health(platform, spec.session_id, WARM) == 404
    record = platform._sessions[spec.session_id].record
    assert record is not None
    assert sorted(record.tokens) == ["controller", "master", "viewer"]
    assert len(set(record.tokens.values())) == 3


async def test_while_it_waits_it_has_no_token_and_no_name(platform: ProcessPlatform, tmp_path: Path) -> None:
    await platform.warm(ahead(script_spec("ann-term-00000001")))
    waiting = platform._warm[WARM]
    assert waiting.record is not None
    assert (waiting.record.tokens, waiting.record.user_id, waiting.record.org_id) == ({}, "", "")
    first = waiting.folder.first_process()
    assert first is not None
    for process in await asyncio.to_thread(environments, first.pid):
        assert "MASTER_TOKEN" not in process
        assert WARM not in process
    with pytest.raises(PlatformError):
        await platform.endpoint(WARM, "controller")
    assert not (tmp_path / "homes" / "org-1").exists()


def environments(pid: int) -> list[str]:
    children = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=True).stdout.split()
    return [Path(f"/proc/{one}/environ").read_text() for one in [str(pid), *children]]


async def test_a_home_that_goes_with_its_session_goes(platform: ProcessPlatform, tmp_path: Path) -> None:
    spec = script_spec("ann-term-00000001", "touch ~/here; " + STAYS, persistent_home=False)
    spec = await claimed(platform, spec)
    once = tmp_path / "homes" / ".once" / key_of(platform, spec)
    await eventually((once / "here").exists)
    await platform.stop(spec.session_id)
    assert not once.exists()
    assert list((tmp_path / "sessions").iterdir()) == list((tmp_path / "run").iterdir()) == []


async def test_it_sleeps_and_wakes_as_its_person_and_keeps_its_log(platform: ProcessPlatform, tmp_path: Path) -> None:
    spec = await claimed(platform, script_spec("ann-term-00000001", user_id="ann"))
    session = platform._sessions[spec.session_id]
    assert session.record is not None
    before = session.record.owner
    await platform.hibernate(spec.session_id)
    await platform.wake(spec, ignore)
    assert session.record.owner == home(tmp_path, spec).stat().st_uid != before
    await platform.stop(spec.session_id)
    assert "engine" in await platform.logs(spec.session_id, 100)


async def test_nobody_was_idle_before_they_came(platform: ProcessPlatform) -> None:
    spec = script_spec("ann-term-00000001")
    await platform.warm(ahead(spec))
    await asyncio.sleep(3)
    await platform.start(dataclasses.replace(spec, warm_id=WARM), ignore)
    (view,) = await platform.inventory()
    assert view.idle_seconds is not None
    assert view.idle_seconds < 2.5


async def test_one_made_from_another_template_or_with_less_memory_is_left_and_ended(
    platform: ProcessPlatform,
) -> None:
    spec = script_spec("ann-term-00000001")
    for wrong in (ahead(script_spec("x", "exec xterm")), dataclasses.replace(ahead(spec), memory_bytes=2 * 1024**3)):
        await platform.warm(wrong)
        await platform.start(dataclasses.replace(spec, warm_id=WARM), ignore)
        assert key_of(platform, spec) != Folder(platform._root, WARM).key
        assert await platform.warm_inventory() == []
        await platform.stop(spec.session_id)


@pytest.mark.parametrize("who", ["first", "engine"])
async def test_one_that_dies_is_told_and_leaves_nothing(platform: ProcessPlatform, tmp_path: Path, who: str) -> None:
    await platform.warm(ahead(script_spec("ann-term-00000001")))
    first = platform._warm[WARM].folder.first_process()
    assert first is not None
    victim = first.pid
    if who == "engine":
        found = subprocess.run(
            ["pgrep", "-P", str(victim), "-f", "warmengine"], capture_output=True, text=True, check=True
        )
        victim = int(found.stdout.split()[0])
    heard = asyncio.create_task(anext(platform.watch()))
    await asyncio.sleep(0.1)
    os.kill(victim, signal.SIGKILL)
    change = await asyncio.wait_for(heard, 30)
    assert (change.session_id, change.state, change.warm) == (WARM, None, True)
    assert await platform.warm_inventory() == []
    assert list((tmp_path / "sessions").iterdir()) == list((tmp_path / "logs").iterdir()) == []


async def test_one_that_cannot_take_its_home_is_no_failure_of_the_start(
    platform: ProcessPlatform, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = script_spec("ann-term-00000001")
    await platform.warm(ahead(spec))

    def refuse(*_: object, **__: object) -> None:
        raise OSError(22, "not here")

    monkeypatch.setattr("streamspace.platforms.grafts.graft", refuse)
    phases = Phases()
    view = await platform.start(dataclasses.replace(spec, warm_id=WARM), phases)
    assert view.state is State.RUNNING
    assert await platform.warm_inventory() == []
    assert key_of(platform, spec) != Folder(platform._root, WARM).key


class Killed(BaseException):
    """What no cleaning up follows."""


async def test_an_agent_that_died_in_the_middle_of_a_handover_leaves_no_half_session(
    platform: ProcessPlatform, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = script_spec("ann-term-00000001")
    await platform.warm(ahead(spec))

    async def die(*_: object) -> None:
        raise Killed

    monkeypatch.setattr("streamspace.platforms.process.warm.tell", die)
    monkeypatch.setattr(platform, "_undo", die)  # nobody cleans up after a killed agent
    with pytest.raises(Killed):
        await platform.start(dataclasses.replace(spec, warm_id=WARM), ignore)
    monkeypatch.undo()
    following = ProcessPlatform(tmp_path)
    assert await following.inventory() == []
    assert await following.warm_inventory() == []
    assert (await following.start(dataclasses.replace(spec, warm_id=WARM), ignore)).state is State.RUNNING
    await following.stop(spec.session_id)
    await following.close()
    platform._sessions.clear()


async def test_a_machine_that_cannot_says_why(platform: ProcessPlatform, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert "not root" in str(await platform.warm_problem())
    with pytest.raises(PlatformError, match="not root"):
        await platform.warm(ahead(script_spec("ann-term-00000001")))


COMPARED = """
import json, os, sys
from streamspace.platforms.inside import engine, warmengine
shared, own = json.loads(sys.argv[2]), json.loads(sys.argv[3])
if sys.argv[1] == "warm":
    os.environ.update(shared)
    untouched = warmengine.load()
    os.environ.update(own)
    warmengine.take_settings(untouched)
else:
    os.environ.update(own)
    engine.load()
import selkies.settings
found = {"settings": vars(selkies.settings.settings)}
plain = (bool, int, float, str, tuple, list, dict, type(None))
for name, module in sorted(sys.modules.items()):
    if name.startswith("selkies") and ".Xlib" not in name and module is not None:
        found[name] = {k: v for k, v in vars(module).items() if isinstance(v, plain) and not k.startswith("__")}
print(json.dumps(found, default=lambda thing: type(thing).__name__, sort_keys=True))
"""


def test_late_settings_leave_the_engine_exactly_as_early_ones_do(tmp_path: Path) -> None:
    def settings(**more: Any) -> dict[str, str]:
        return engines.settings(
            **{
                "session_id": "ann-term-00000001",
                "title": "Terminal",
                "portal_origin": "http://portal.test",
                "master_token": "m" * 43,
                "clipboard": True,
                "page": str(tmp_path),
                "policy": Policy(),
                "user": "ann",
            }
            | more
        )

    own = settings(policy=Policy(clipboard="out", microphone=False, printing=False, watermark=True))
    left_out = {"SELKIES_SUBFOLDER", "SELKIES_MASTER_TOKEN", "SELKIES_UI_TITLE"}
    shared = {name: value for name, value in settings().items() if name not in left_out}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SELKIES_")}
    seen = [
        json.loads(
            subprocess.run(
                [sys.executable, "-c", COMPARED, how, json.dumps(shared), json.dumps(own)],
                capture_output=True,
                text=True,
                check=True,
                env=environment,
            ).stdout.splitlines()[-1]
        )
        for how in ("cold", "warm")
    ]
    for module in seen[0]:
        assert seen[0][module] == seen[1][module], module
