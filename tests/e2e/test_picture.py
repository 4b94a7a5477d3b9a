"""What a person sees of a session: its picture at the size of their window, and its controls in the portal."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import shutil
import subprocess
from typing import Any

import pytest
from playwright.async_api import Frame, Page, expect

from tests.e2e.conftest import Fleet
from tests.e2e.screens import COLOURS, until

PORTAL = """
([url, origin]) => {
  window.said = [];
  addEventListener('message', (event) => event.origin === origin && window.said.push(event.data.streamspace));
  const frame = document.createElement('iframe');
  frame.src = url;
  frame.name = 'stream';
  frame.style = 'position: fixed; inset: 0; width: 100%; height: 100%; border: 0; z-index: 1000';
  document.body.append(frame);
}
"""


async def session_url(fleet: Fleet, session_id: str) -> str:
    await asyncio.to_thread(fleet.api.until_state, session_id, "running")
    answer = await asyncio.to_thread(fleet.api.post, f"/sessions/{session_id}/connect")
    return str(answer.json()["sessionUrl"])


def inside(fleet: Fleet, *command: str) -> str:
    """Run a program on the display of the only session."""
    (first,) = (fleet.folder / "agent" / "sessions").glob("*/first")
    pid = str(json.loads(first.read_text())["pid"])
    enter = ["nsenter", "-t", pid, "-U", "-m", "-p", "-n", "-i", "-S", "1000", "-G", "1000", "--", "env", "DISPLAY=:0"]
    return subprocess.run([*enter, *command], check=True, capture_output=True, text=True).stdout


def sizes(fleet: Fleet) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the display's size and that of the application's window."""
    tree = inside(fleet, "xwininfo", "-root", "-tree")
    root = re.search(r"Root window id:.*", tree)
    assert root is not None
    display = inside(fleet, "xwininfo", "-root", "-stats")
    width, height = (int(re.search(rf"{name}: (\d+)", display)[1]) for name in ("Width", "Height"))  # type: ignore[index]
    windows = re.findall(r'\("xfce4-terminal" .*?\)\s+(\d+)x(\d+)\+', tree)
    largest = max(((int(w), int(h)) for w, h in windows), default=(0, 0))
    return (width, height), largest


async def test_the_terminal_fills_the_window_in_its_colours_and_follows_its_size(fleet: Fleet, page: Page) -> None:
    if shutil.which("xwininfo") is None:
        pytest.skip("needs xwininfo")
    session_id = await asyncio.to_thread(fleet.api.launch)
    await page.goto(await session_url(fleet, session_id))
    for size in ((1280, 800), (1000, 640)):
        await page.set_viewport_size({"width": size[0], "height": size[1]})

        pictures: list[Any] = []

        async def shown(size: tuple[int, int] = size, pictures: list[Any] = pictures) -> bool:
            pictures.append(await page.evaluate(COLOURS))
            return is_terminal(pictures[-1], size)

        await until(shown, seen=lambda pictures=pictures: pictures[-3:])

        async def fits(size: tuple[int, int] = size) -> bool:
            # A window that goes while xwininfo asks about it makes it fail (BadWindow); it is asked again.
            with contextlib.suppress(subprocess.CalledProcessError):
                return await asyncio.to_thread(sizes, fleet) == (size, size)
            return False

        await until(fits)


def is_terminal(picture: Any, size: tuple[int, int]) -> bool:
    """Say whether the picture has that size and is text on the template's background, as far as a codec keeps it."""
    if picture is None or tuple(picture["size"]) != size or picture["number"] <= 8 or picture["share"] <= 0.8:
        return False
    return all(abs(is_ - wanted) <= 6 for is_, wanted in zip(picture["most"], (0x15, 0x17, 0x1C), strict=True))


async def test_the_portals_toolbar_drives_the_engine(fleet: Fleet, page: Page) -> None:
    session_id = await asyncio.to_thread(fleet.api.launch)
    url = await session_url(fleet, session_id)
    origin = "/".join(url.split("/")[:3])
    await page.goto(f"{fleet.url}/login")
    await page.evaluate(PORTAL, [url, origin])

    async def frame() -> Frame | None:
        return page.frame(name="stream")

    stream = await until(frame)
    await stream.wait_for_selector(".sidebar", state="attached")
    handle = stream.locator(".toggle-handle")
    await expect(handle).to_be_visible()

    async def say(message: str) -> None:
        script = f"([origin]) => frames.stream.postMessage({{streamspace: {message}}}, origin)"
        await page.evaluate(script, [origin])

    async def heard(kind: str) -> Any:
        return await until(lambda: page.evaluate("kind => said.findLast(one => one.type === kind)", kind))

    await say("{type: 'toggleDashboard'}")
    await say("{type: 'hello'}")
    await heard("hello")
    await heard("serverSettings")
    await expect(handle).to_be_hidden()
    assert "is-open" not in (await stream.locator(".sidebar").get_attribute("class") or "")
    await say("{type: 'toggleDashboard'}")
    await stream.wait_for_selector(".sidebar.is-open")
