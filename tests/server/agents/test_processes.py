"""Two real agent processes for one agent: exactly one acts, and the other takes over."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.server.conftest import Login, Served
from tests.server.scripted import join_token

ROBOT = "/api/v1/agents/robot"
STREAMSPACE = Path(sys.executable).with_name("streamspace")
BOOT_SECONDS = 60.0
Start = Callable[[Path], subprocess.Popen[bytes]]


@pytest.fixture
async def admin(enter: Login) -> httpx2.AsyncClient:
    return await enter("admin")


@pytest.fixture
async def start(served: Served, admin: httpx2.AsyncClient, tmp_path: Path) -> Any:
    """Start an agent's process with a data directory; all are killed at the end."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("STREAMSPACE_")}
    env |= {"STREAMSPACE_AGENT_JOIN_TOKEN": await join_token(admin), "STREAMSPACE_AGENT_HEARTBEAT": "PT1S"}
    running: list[subprocess.Popen[bytes]] = []

    def begin(data_dir: Path) -> subprocess.Popen[bytes]:
        with (tmp_path / f"{len(running)}.log").open("wb") as out:
            process = subprocess.Popen(
                [STREAMSPACE, "agent", "--server", served.url, "--agent-id", "robot", "--data-dir", data_dir],
                env=env,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        running.append(process)
        return process

    yield begin
    for process in running:
        process.kill()
        process.wait()


async def acting(admin: httpx2.AsyncClient) -> int | None:
    """Return the id of the process that answers a ping, if one does."""
    given = await admin.post(f"{ROBOT}/command", json={"action": "ping"})
    if given.status_code != 201:
        return None
    async with asyncio.timeout(BOOT_SECONDS):
        while True:
            command = (await admin.get(f"{ROBOT}/commands/{given.json()['commandId']}")).json()
            if command["status"] == "completed":
                process: int = command["result"]["process"]
                return process
            await asyncio.sleep(0.05)


async def until_acts(admin: httpx2.AsyncClient, process: subprocess.Popen[bytes], seconds: float) -> float:
    began = time.monotonic()
    async with asyncio.timeout(seconds):
        while await acting(admin) != process.pid:
            await asyncio.sleep(0.1)
    return time.monotonic() - began


async def until_waits(log: Path) -> None:
    async with asyncio.timeout(BOOT_SECONDS):
        while "standing_by" not in log.read_text():
            await asyncio.sleep(0.1)


async def test_on_one_machine_the_second_takes_over_from_a_killed_one_within_five_seconds(
    admin: httpx2.AsyncClient, start: Start, tmp_path: Path
) -> None:
    first = start(tmp_path / "agent")
    await until_acts(admin, first, BOOT_SECONDS)
    second = start(tmp_path / "agent")
    await until_waits(tmp_path / "1.log")
    assert {await acting(admin) for _ in range(5)} == {first.pid}
    before = (await admin.get(ROBOT)).json()["epoch"]
    first.kill()
    assert await until_acts(admin, second, 30) < 5
    assert (await admin.get(ROBOT)).json()["epoch"] == before + 1
    assert {await acting(admin) for _ in range(5)} == {second.pid}


async def test_on_two_machines_the_second_takes_over_from_one_that_is_stopped(
    admin: httpx2.AsyncClient, start: Start, tmp_path: Path
) -> None:
    first = start(tmp_path / "one")
    await until_acts(admin, first, BOOT_SECONDS)
    (tmp_path / "two").mkdir()
    shutil.copy(tmp_path / "one" / "agent.key", tmp_path / "two")
    second = start(tmp_path / "two")
    await until_waits(tmp_path / "1.log")
    assert {await acting(admin) for _ in range(5)} == {first.pid}
    first.terminate()
    assert await until_acts(admin, second, 30) < 5
    assert first.wait(10) == 0


async def test_an_agent_changes_its_key_and_begins_anew_when_it_is_told_to(
    admin: httpx2.AsyncClient, start: Start, tmp_path: Path
) -> None:
    process = start(tmp_path / "agent")
    await until_acts(admin, process, BOOT_SECONDS)
    key = tmp_path / "agent" / "agent.key"
    before = key.read_text()
    rotated = await admin.post(f"{ROBOT}/rotate-key")
    assert rotated.status_code == 200, rotated.text
    assert key.read_text() != before
    assert key.stat().st_mode & 0o777 == 0o600
    epoch = rotated.json()["epoch"]
    assert (await admin.post(f"{ROBOT}/command", json={"action": "restart"})).status_code == 201
    async with asyncio.timeout(BOOT_SECONDS):
        while (await admin.get(ROBOT)).json()["epoch"] == epoch:
            await asyncio.sleep(0.1)
    await until_acts(admin, process, BOOT_SECONDS)
    async with asyncio.timeout(30):
        while not {"cpuPercent", "memoryUsedBytes", "diskFreeBytes", "load"} <= set(
            (await admin.get(ROBOT)).json().get("usage") or {}
        ):
            await asyncio.sleep(0.2)
    assert (await admin.post(f"{ROBOT}/command", json={"action": "shutdown"})).status_code == 201
    assert await asyncio.to_thread(process.wait, 30) == 0
