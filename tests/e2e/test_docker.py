"""The product's main job on a real Docker Engine, from the first click to nothing left."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Frame, Page, expect

from tests.e2e.conftest import Api, Installation, until
from tests.e2e.screens import COLOURS
from tests.e2e.screens import until as until_true
from tests.e2e.test_first_session import screen_is_shown, sign_in, use_toolbar
from tools import docker

FIRST_IMAGE_SECONDS = 600
"""A machine that never had the terminal's image builds it first."""
GUEST = "A quiet lighthouse 7"

pytestmark = pytest.mark.timeout(FIRST_IMAGE_SECONDS + 240)


@pytest.fixture
def engine(docker_engine: docker.Running) -> Path:
    return docker_engine.socket


@pytest.fixture
def on_docker(engine: Path, folder: Path) -> Iterator[Installation]:
    made = Installation(folder)
    made.arguments[made.arguments.index("process")] = "docker"
    made.env["DOCKER_HOST"] = f"unix://{engine}"
    try:
        made.start()
        made.api.sign_in()
        until(lambda: [agent["status"] for agent in made.api.get("/agents").json()["agents"]] == ["online"])
        yield made
    finally:
        if made.program is not None and made.program.process.poll() is None:
            made.stop()
        print(made.log.read_text()[-2000:])  # noqa: T201 - pytest shows it on failure


def held(engine: Path) -> set[str]:
    """What the engine has that carries one of our labels."""
    listed = {
        "container": ["docker", "ps", "--all", "--quiet", "--filter", "label=streamspace.agent"],
        "network": ["docker", "network", "ls", "--quiet", "--filter", "label=streamspace.agent"],
        "volume": ["docker", "volume", "ls", "--quiet", "--filter", "label=streamspace.home"],
    }
    env = os.environ | {"DOCKER_HOST": f"unix://{engine}"}
    return {
        f"{what} {name}"
        for what, command in listed.items()
        for name in subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout.split()
    }


COLOURS_OF = {"red": "200;0;0", "green": "0;160;0", "blue": "0;0;200"}


def paint(colour: str, *, when: str = "true") -> str:
    """A command that fills the terminal with a colour, if a condition holds in its shell."""
    return f"clear; {when} && printf '\\033[48;2;{COLOURS_OF[colour]}m\\033[2J'"


async def colour_of(frame: Frame) -> str | None:
    """Which colour fills the picture of a session, as its browser has decoded it."""
    picture: Any = await frame.evaluate(COLOURS)
    if picture is None or picture["share"] < 0.5:
        return None
    red, green, blue = picture["most"]
    strongest = max((red, "red"), (green, "green"), (blue, "blue"))
    return strongest[1] if strongest[0] > 1.5 * sorted((red, green, blue))[1] else None


async def see(frame: Frame, colour: str, seconds: float = 60) -> None:
    """Wait until the picture is filled with a colour."""

    async def filled() -> bool:
        return await colour_of(frame) == colour

    await until_true(filled, seconds)


async def type_until(page: Page, command: str, colour: str) -> None:
    """Type a command until its colour is seen: while a stream opens, keys may go nowhere."""
    for _ in range(6):
        await page.keyboard.type(f"{command}\n", delay=20)
        try:
            await see(await stream_of(page), colour, 10)
        except AssertionError:
            await page.keyboard.press("Control+c")
        else:
            return
    await page.screenshot(path="test-docker.png")
    raise AssertionError(f"It was typed again and again, and {colour} was not seen: {command}")


async def stream_of(page: Page) -> Frame:
    """Return the frame in which the portal shows a session."""
    frame = await (await page.wait_for_selector("iframe")).content_frame()
    assert frame is not None
    return frame


def address_for_a_watcher(installation: Installation, session_id: str) -> str:
    """Let somebody new watch a session; return the address that opens it for them."""
    person = {"username": "watcher", "email": "watcher@example.com", "fullName": "Watcher", "password": GUEST}
    made = installation.api.post("/users", json=person)
    assert made.status_code == 201, made.text
    shared = {"userId": made.json()["id"], "permission": "view"}
    answer = installation.api.post(f"/sessions/{session_id}/shares", json=shared)
    assert answer.status_code == 201, answer.text
    watcher = Api(installation.url)
    watcher.sign_in("watcher", GUEST)
    answer = watcher.post(f"/me/shared-sessions/{session_id}/connect")
    assert answer.status_code == 200, answer.text
    return str(answer.json()["sessionUrl"])


async def test_from_a_click_to_nothing_left(
    on_docker: Installation, engine: Path, page: Page, browser: Browser
) -> None:
    before = held(engine)
    await sign_in(page, on_docker)
    session_id = await asyncio.to_thread(on_docker.api.launch, persistentHome=False)
    await asyncio.to_thread(on_docker.api.until_state, session_id, "running", seconds=FIRST_IMAGE_SECONDS)
    await page.goto(f"{on_docker.url}/sessions/{session_id}")
    await screen_is_shown(page)
    await type_until(page, f"echo hello > proof; {paint('red')}", "red")

    await use_toolbar(page, "Hibernate")
    await expect(page.get_by_role("button", name="Wake up")).to_be_visible()
    await page.get_by_role("button", name="Wake up").click()
    await screen_is_shown(page)
    await type_until(page, paint("green", when="grep -q hello proof"), "green")

    watcher = await (await browser.new_context()).new_page()
    await watcher.goto(await asyncio.to_thread(address_for_a_watcher, on_docker, session_id))
    await see(watcher.main_frame, "green")
    await watcher.mouse.click(600, 400)
    await watcher.keyboard.type(paint("red") + "\n", delay=20)
    await type_until(page, paint("blue"), "blue")
    await see(watcher.main_frame, "blue")

    await use_toolbar(page, "Stop")
    await page.get_by_role("dialog").get_by_role("button", name=re.compile("Stop")).click()
    await asyncio.to_thread(on_docker.api.until_state, session_id, "terminated")
    assert held(engine) - before == set()
