"""The real engine with everything open, as somebody inside could have it, and a browser that a policy holds back."""

from __future__ import annotations

import base64
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from streamspace.protocol.policies import Policy
from streamspace.protocol.streams import Endpoint
from tests.gateway.conftest import MakeWorld, World, until
from tests.gateway.test_selkies import SESSION, engine

__all__ = ["engine"]
pytestmark = [
    pytest.mark.sandbox,
    pytest.mark.may_skip,
    pytest.mark.timeout(240),
    pytest.mark.skipif(
        shutil.which("Xvfb") is None or shutil.which("chromium") is None, reason="needs Xvfb and Chromium"
    ),
]
LISTEN = """
window.heard = {};
let transport;
Object.defineProperty(window, 'selkiesTransport', {
  get: () => transport,
  set(made) {
    transport = made;
    made.addEventListener('message', ({data}) => {
      if (typeof data !== 'string') return;
      const word = data[0] === '{' ? '{' + JSON.parse(data).type : data.split(/[, ]/)[0];
      (heard[word] ??= []).push(data.slice(0, 2000));
    });
  },
});
"""
"""The engine's page keeps its stream in a worker, and what speaks to that under this name."""


def b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        yield launched
        await launched.close()


class Tab:
    """A session's page in a browser, with its ear at the stream."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @classmethod
    async def open(cls, browser: Browser, world: World, connection: str, policy: Policy | None) -> Tab:
        context: BrowserContext = await browser.new_context()
        page = await context.new_page()
        await page.add_init_script(LISTEN)
        ticket = world.ticket(connection_id=connection, policy=policy)
        await page.goto(f"{world.base}/s/{SESSION}/?ticket={ticket}")
        tab = cls(page)
        await page.wait_for_function("heard['{server_settings'] && heard['{stream_resolution']", timeout=90_000)
        return tab

    async def heard(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = await self.page.evaluate("window.heard")
        return found

    async def say(self, message: str) -> None:
        await self.page.evaluate("message => selkiesTransport.send(message)", message)

    async def hears(self, kind: str, part: str) -> None:
        await self.page.wait_for_function(
            "([kind, part]) => (heard[kind] ?? []).some(one => one.includes(part))", arg=[kind, part], timeout=30_000
        )


async def test_what_the_engine_sends_of_the_clipboard_stays_inside(
    engine: Path,
    make_world: MakeWorld,
    browser: Browser,
) -> None:
    world = await make_world()
    world.platform.endpoints[SESSION] = Endpoint(kind="unix", path=str(engine))
    dropped = world.gateway.gate.dropped

    free = await Tab.open(browser, world, "c1", None)
    await free.say(f"cw,{b64('a secret inside')}")
    await free.say("cr")
    await free.hears("clipboard", b64("a secret inside"))
    before = await free.heard()
    assert not dropped

    held = await Tab.open(browser, world, "c2", Policy(clipboard="in"))
    # The engine itself would answer, and tells every browser what is copied.
    await held.say("cr")
    await held.say("REQUEST_CLIPBOARD")
    await held.say(f"cw,{b64('brought in')}")
    other = await Tab.open(browser, world, "c3", Policy(clipboard="out"))
    await other.say("cr")
    await other.hears("clipboard", b64("brought in"))
    await other.say(f"cw,{b64('not let in')}")
    await other.say("cr")
    await until(lambda: dropped["in"] >= 3)
    told = await held.heard()
    assert not [kind for kind in told if kind.startswith("clipboard")]
    assert not [text for texts in told.values() for text in texts if b64("a secret inside") in text]
    assert b64("not let in") not in str((await other.heard()).get("clipboard"))
    # Nothing else is missing: what the free tab heard at its start, this one heard too.
    first = {kind for kind in before if not kind.startswith("clipboard") and kind != "_gz"}
    assert first - set(told) <= {"{stream_stats", "system", "cursor"}, (first, set(told))
