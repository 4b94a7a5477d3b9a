"""What a person sees of a session: its picture at the size of their window, and its controls in the portal."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import subprocess
import time
from typing import Any

import pytest
from playwright.async_api import Frame, Page

from tests.e2e.conftest import Fleet

COLOURS = """
() => {
  const seen = new Map();
  const probe = new OffscreenCanvas(160, 100).getContext('2d', {willReadFrequently: true});
  for (const source of document.querySelectorAll('video, canvas')) {
    const [width, height] = [source.videoWidth || source.width, source.videoHeight || source.height];
    if (!width || getComputedStyle(source).display === 'none') continue;
    probe.drawImage(source, 0, 0, 160, 100);
    const pixels = probe.getImageData(0, 0, 160, 100).data;
    for (let at = 0; at < pixels.length; at += 4) {
      const colour = [pixels[at], pixels[at + 1], pixels[at + 2]].join();
      seen.set(colour, (seen.get(colour) ?? 0) + 1);
    }
    const [most] = [...seen].sort((a, b) => b[1] - a[1]);
    return {size: [width, height], most: most[0].split(',').map(Number), share: most[1] / 16000, number: seen.size};
  }
  return null;
}
"""
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


async def until(happens: Any, seconds: float = 20) -> Any:
    """Wait for an asynchronous answer that is true, and return it."""
    end = time.monotonic() + seconds
    while True:
        found = await happens()
        if found:
            return found
        assert time.monotonic() < end, found
        await asyncio.sleep(0.2)


async def test_the_terminal_fills_the_window_in_its_colours_and_follows_its_size(fleet: Fleet, page: Page) -> None:
    if shutil.which("xwininfo") is None:
        pytest.skip("needs xwininfo")
    session_id = await asyncio.to_thread(fleet.api.launch)
    await page.goto(await session_url(fleet, session_id))
    for size in ((1280, 800), (1000, 640)):
        await page.set_viewport_size({"width": size[0], "height": size[1]})

        async def shown(size: tuple[int, int] = size) -> Any:
            picture = await page.evaluate(COLOURS)
            return picture if picture and tuple(picture["size"]) == size and picture["number"] > 8 else None

        picture = await until(shown)
        # The template's background, as far as a video codec keeps it.
        assert all(abs(is_ - wanted) <= 6 for is_, wanted in zip(picture["most"], (0x15, 0x17, 0x1C), strict=True))
        assert picture["share"] > 0.8

        async def fits(size: tuple[int, int] = size) -> bool:
            return await asyncio.to_thread(sizes, fleet) == (size, size)

        await until(fits)


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
    assert await handle.is_visible()

    async def say(message: str) -> None:
        script = f"([origin]) => frames.stream.postMessage({{streamspace: {message}}}, origin)"
        await page.evaluate(script, [origin])

    async def heard(kind: str) -> Any:
        return await until(lambda: page.evaluate("kind => said.findLast(one => one.type === kind)", kind))

    await say("{type: 'toggleDashboard'}")
    await say("{type: 'hello'}")
    await heard("hello")
    await heard("serverSettings")
    assert not await handle.is_visible()
    assert "is-open" not in (await stream.locator(".sidebar").get_attribute("class") or "")
    await say("{type: 'toggleDashboard'}")
    await stream.wait_for_selector(".sidebar.is-open")

    await until(lambda: stream.evaluate(COLOURS))
    await say("{type: 'upload', files: [new File(['from outside'], 'note.txt')]}")

    async def arrived() -> list[str]:
        return [path.read_text() for path in (fleet.folder / "agent" / "homes").rglob("note.txt")]

    assert await until(arrived) == ["from outside"]
    assert (await heard("fileUpload"))["payload"]["fileName"] == "note.txt"
