"""The product's main job, as a person does it: sign in, click Terminal, type, come back later."""

from __future__ import annotations

import re
from pathlib import Path

import psutil
from playwright.async_api import Page, expect

from tests.e2e.conftest import PASSWORD, Installation, until
from tests.e2e.screens import drawn, run_in_terminal
from tests.e2e.screens import until as until_true


async def sign_in(page: Page, installation: Installation) -> None:
    await page.goto(installation.url)
    await page.get_by_label("User name").fill("admin")
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Applications")).to_be_visible()


async def screen_is_shown(page: Page) -> None:
    """Wait until the picture is there and keys go to the application without a click."""
    frame = page.frame_locator("iframe")
    await expect(frame.locator("#overlayInput")).to_be_focused(timeout=60_000)
    await drawn(frame.locator("body"))


async def use_toolbar(page: Page, action: str) -> None:
    await page.mouse.move(640, 4)
    await page.get_by_role("toolbar").get_by_role("button", name=action, exact=True).click()


def proofs(installation: Installation) -> list[Path]:
    return list((installation.folder / "data" / "agent" / "homes").rglob("proof*"))


async def test_from_signing_in_to_nothing_left_running(installation: Installation, page: Page) -> None:
    await sign_in(page, installation)
    await page.get_by_role("region", name="Applications").get_by_role("button", name=re.compile("^Terminal")).click()
    await page.wait_for_url("**/sessions/*")
    session_id = page.url.rsplit("/", 1)[1]
    await screen_is_shown(page)
    await page.keyboard.type("echo hello > proof\n", delay=20)
    until(lambda: [p.read_text() for p in proofs(installation)] == ["hello\n"])

    await use_toolbar(page, "Hibernate")
    await expect(page.get_by_role("button", name="Wake up")).to_be_visible()
    assert installation.api.session(session_id)["state"] == "hibernated"
    await page.get_by_role("button", name="Wake up").click()
    await screen_is_shown(page)
    await page.keyboard.type("cp proof proof2\n", delay=20)
    until(lambda: [p.read_text() for p in proofs(installation)] == ["hello\n", "hello\n"])

    # The engine's own panel is loaded after the picture, and knows all that was said before.
    await use_toolbar(page, "Clipboard, sound and quality")
    panel = page.frame_locator("iframe").locator(".sidebar")
    await expect(panel).to_have_class(re.compile("is-open"))
    await expect(panel).to_contain_text("Terminal")

    launcher = next((installation.folder / "data" / "agent" / "sessions").glob("*/launcher"))
    sandbox = psutil.Process(int(launcher.read_text().split()[0]))
    running = [sandbox, *sandbox.children(recursive=True)]
    await use_toolbar(page, "Stop")
    await page.get_by_role("dialog").get_by_role("button", name="Stop").click()
    installation.api.until_state(session_id, "terminated")
    until(lambda: not any(p.is_running() and p.status() != psutil.STATUS_ZOMBIE for p in running))
    assert list((installation.folder / "data" / "agent" / "run").iterdir()) == []
    assert [p.read_text() for p in proofs(installation)] == ["hello\n", "hello\n"]


async def test_signing_out_closes_the_stream(installation: Installation, page: Page) -> None:
    """The cookie login ends, and with it what it opened; the gateway's tests say how soon."""
    await sign_in(page, installation)
    session_id = installation.api.launch()
    installation.api.until_state(session_id, "running")
    await page.goto(f"{installation.url}/sessions/{session_id}")
    await screen_is_shown(page)
    status = f"http://localhost:{installation.gateway_port}/s/{session_id}/.streamspace/status"
    read = f"() => fetch('{status}', {{credentials: 'include'}}).then(r => r.status === 200 ? r.json() : r.status)"
    assert (await page.evaluate(read))["open"] == 1
    left = await page.evaluate("() => fetch('/api/v1/auth/logout', {method: 'POST'}).then(r => r.status)")
    assert left == 204

    async def refused() -> bool:
        return await page.evaluate(read) in (401, 403)  # a set would refuse the page's own answer, a dict

    await until_true(refused, 5)


async def test_the_viewer_comes_back_by_itself_after_everything_was_killed(
    installation: Installation, page: Page
) -> None:
    await sign_in(page, installation)
    session_id = installation.api.launch()
    installation.api.until_state(session_id, "running")
    await page.goto(f"{installation.url}/sessions/{session_id}")
    await screen_is_shown(page)
    assert installation.program is not None
    installation.program.kill()
    await expect(page.get_by_text("Connection lost")).to_be_visible()
    installation.start()
    await expect(page.get_by_text("Connection lost")).to_be_hidden(timeout=60_000)
    await screen_is_shown(page)

    def back() -> bool:
        return [p.read_text() for p in proofs(installation)] == ["back\n"]

    await run_in_terminal(page, "echo back > proof", back, click=False)
