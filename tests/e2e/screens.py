"""What a browser shows of a session, and typing into it: by looking until it is so, never by waiting for so long."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from playwright.async_api import Frame, Locator, Page

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
STILL = """
() => !document.querySelector('[aria-busy="true"], .mantine-Skeleton-root')
  && document.getAnimations().every((one) => one.playState !== 'running' || one.effect?.getTiming().iterations > 99)
"""


async def until(happens: Callable[[], Awaitable[Any]], seconds: float = 60, seen: Callable[[], object] = str) -> Any:
    """Wait for an asynchronous answer that is true, and return it."""
    end = time.monotonic() + seconds
    while True:
        found = await happens()
        if found:
            return found
        assert time.monotonic() < end, seen() or found
        await asyncio.sleep(0.2)


async def drawn(inside: Page | Frame | Locator) -> None:
    """Wait until the engine's page shows an application: text on a background has more colours than a blank screen."""

    async def several_colours() -> bool:
        picture = await inside.evaluate(COLOURS)
        return picture is not None and picture["number"] > 8

    await until(several_colours)


async def settled(page: Page) -> None:
    """Wait until nothing of a page loads or moves, so that what is looked at is what stays."""
    await page.wait_for_load_state("networkidle")
    await page.wait_for_function(STILL)


async def run_in_terminal(page: Page, command: str, done: Callable[[], object], *, click: bool = True) -> None:
    """Type a command until it has been run: while a stream opens again, keys go nowhere."""

    async def ran() -> bool:
        return bool(done())

    for _ in range(12):
        if click:
            await page.mouse.click(600, 400)
        await page.keyboard.type(f"{command}\n", delay=15)
        try:
            await until(ran, 5)
        except AssertionError:
            await page.keyboard.press("Control+c")
        else:
            return
    raise AssertionError(f"It was typed again and again, and not run: {command}")
