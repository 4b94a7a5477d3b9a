"""Applications that are not streamed by the engine: a desktop over VNC, and a web application as it is."""

from __future__ import annotations

import asyncio
import shutil

import pytest
from playwright.async_api import Page, expect

from tests.e2e.conftest import Fleet
from tests.e2e.screens import drawn, until
from tests.e2e.test_picture import inside, session_url

RUN = """
async (code) => {
  const cookie = document.cookie.match(/_xsrf=([^;]+)/)[1];
  const headers = {'X-XSRFToken': cookie, 'Content-Type': 'application/json'};
  const started = await fetch('api/kernels', {method: 'POST', headers, body: '{}'});
  const {id} = await started.json();
  const address = new URL(`api/kernels/${id}/channels?session_id=e2e`, location.href);
  address.protocol = 'ws:';
  const stream = new WebSocket(address);
  const header = {msg_id: 'm1', session: 'e2e', username: '', msg_type: 'execute_request', version: '5.3', date: ''};
  const content = {code, silent: false, store_history: false, user_expressions: {}, allow_stdin: false};
  return await new Promise((resolve, reject) => {
    stream.onerror = reject;
    stream.onopen = () => stream.send(JSON.stringify(
      {header, content, parent_header: {}, metadata: {}, buffers: [], channel: 'shell'}));
    stream.onmessage = (event) => {
      const message = JSON.parse(event.data);
      if (message.header.msg_type === 'execute_reply') resolve(message.content.status);
    };
  });
}
"""
"""What the notebook's own page does: with the application's cookie and over its WebSocket."""


@pytest.mark.skipif(shutil.which("Xtigervnc") is None or shutil.which("icewm") is None, reason="needs icewm, Xtigervnc")
async def test_a_desktop_over_vnc_is_drawn_typed_into_and_takes_the_windows_size(fleet: Fleet, page: Page) -> None:
    session_id = await asyncio.to_thread(fleet.api.launch, "icewm")
    await page.goto(await session_url(fleet, session_id))
    await drawn(page)
    await page.mouse.move(500, 300)
    homes = fleet.folder / "agent" / "homes"

    async def typed() -> bool:
        await page.mouse.click(500, 300)
        await page.keyboard.press("Control+Alt+t")
        await asyncio.sleep(1)
        await page.keyboard.type("echo over vnc > ~/typed\n", delay=20)
        await asyncio.sleep(1)
        return [path.read_text() for path in homes.rglob("typed")] == ["over vnc\n"]

    await until(typed)
    await page.set_viewport_size({"width": 1000, "height": 640})

    async def fits() -> bool:
        return "1000x640" in await asyncio.to_thread(inside, fleet, "xwininfo", "-root")

    if shutil.which("xwininfo"):
        await until(fits)
    await page.get_by_role("button", name="Show controls").click()
    await expect(page.get_by_label("Clipboard")).to_be_focused()
    await page.get_by_label("Clipboard").fill("from outside")
    await page.keyboard.press("Escape")
    await expect(page.get_by_label("Clipboard")).to_be_hidden()


@pytest.mark.skipif(shutil.which("jupyter-notebook") is None, reason="needs jupyter-notebook")
async def test_a_notebook_runs_python_in_its_session(fleet: Fleet, page: Page) -> None:
    session_id = await asyncio.to_thread(fleet.api.launch, "jupyter")
    url = await session_url(fleet, session_id)
    await page.goto(url)
    await expect(page.locator("#notebook_list")).to_be_visible()
    base = url.split("?")[0]
    assert await page.evaluate(RUN, "open('made', 'w').write(str(6 * 7))") == "ok"
    homes = fleet.folder / "agent" / "homes"
    assert [path.read_text() for path in homes.rglob("made")] == ["42"]
    other = base.replace(session_id, "somebody-else-00000001")
    blocked = await page.evaluate("url => fetch(url).then(() => 'reached', (error) => error.name)", other)
    assert blocked == "TypeError"
