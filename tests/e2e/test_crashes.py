"""What a killed program leaves behind: nothing lost, nothing doubled, nothing stuck."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import psutil
from playwright.async_api import Page

from tests.e2e.conftest import Fleet, until


async def open_stream(fleet: Fleet, page: Page, session_id: str) -> None:
    url = fleet.api.post(f"/sessions/{session_id}/connect").json()["sessionUrl"]
    await page.goto(url)
    await page.wait_for_function("document.querySelector('canvas') !== null")
    await asyncio.sleep(3)


async def run_in_terminal(page: Page, command: str) -> None:
    await page.mouse.click(600, 400)
    await page.keyboard.type(f"{command}\n", delay=15)


def proof_of(fleet: Fleet, name: str) -> list[Path]:
    return list((fleet.folder / "agent" / "homes").rglob(name))


def sandboxes(fleet: Fleet) -> dict[int, float]:
    """The sessions' first processes, with the times they began."""
    pids = [int(path.read_text().split()[0]) for path in (fleet.folder / "agent" / "sessions").glob("*/launcher")]
    return {pid: psutil.Process(pid).create_time() for pid in pids}


async def test_a_session_outlives_the_control_plane_and_then_the_agent(fleet: Fleet, page: Page) -> None:
    session_id = fleet.api.launch()
    fleet.api.until_state(session_id, "running")
    before = sandboxes(fleet)
    assert before
    await open_stream(fleet, page, session_id)
    await run_in_terminal(page, "echo one > one")
    until(lambda: proof_of(fleet, "one"), 10)

    fleet.programs["server"].kill()
    await run_in_terminal(page, "echo two > two")
    until(lambda: proof_of(fleet, "two"), 10)
    fleet.start("server")
    fleet.api.until_ready()
    until(lambda: fleet.api.get("/agents").json()["agents"][0]["metadata"]["connected"], 10)
    assert fleet.api.session(session_id)["state"] == "running"

    fleet.programs["agent"].kill()
    fleet.start("agent")
    until(lambda: fleet.api.get("/agents").json()["agents"][0]["metadata"]["connected"], 20)
    assert fleet.api.session(session_id)["state"] == "running"
    assert sandboxes(fleet) == before
    # The dialled-back stream broke with the agent; the engine's page comes back by itself.
    await asyncio.sleep(6)
    await run_in_terminal(page, "echo three > three")
    until(lambda: proof_of(fleet, "three"), 20)


def test_a_start_in_flight_survives_the_control_plane(fleet: Fleet) -> None:
    session_id = fleet.api.launch()
    until(lambda: fleet.api.session(session_id)["state"] == "starting", 10)
    fleet.programs["server"].kill()
    fleet.start("server")
    fleet.api.until_ready()
    fleet.api.until_state(session_id, "running", "failed")


def test_a_start_in_flight_survives_the_agent(fleet: Fleet) -> None:
    session_id = fleet.api.launch()
    until(lambda: fleet.api.session(session_id)["state"] == "starting", 10)
    fleet.programs["agent"].kill()
    fleet.start("agent")
    ended = fleet.api.until_state(session_id, "running", "failed")
    assert ended["state"] == "running" or ended["reason"]["message"]


def test_both_reconnect_within_a_second_of_a_restart(fleet: Fleet) -> None:
    fleet.programs["server"].kill()
    fleet.start("server")
    fleet.api.until_ready()
    ready = time.monotonic()
    until(lambda: fleet.api.get("/agents").json()["agents"][0]["metadata"]["connected"], 10)
    assert time.monotonic() - ready < 1.5  # a second, and the polling of this test
