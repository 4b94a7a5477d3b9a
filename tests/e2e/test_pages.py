"""Every page at every size, light and dark: axe finds nothing, nothing scrolls sideways, no error is logged."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e.conftest import Installation
from tests.e2e.screens import settled
from tests.e2e.test_first_session import screen_is_shown, sign_in

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
PAGES = ("/", "/sessions", "/admin/agents", "/admin/sessions", "/nowhere")


async def problems(page: Page) -> list[str]:
    await page.add_script_tag(path=AXE)
    # The stream's frame is the engine's own page; what it shows is somebody else's application.
    found = await page.evaluate("() => axe.run({exclude: ['iframe']}, {resultTypes: ['violations'], iframes: false})")
    return [f"{v['id']}: {v['help']}: {v['nodes'][0]['target']}" for v in found["violations"]]


async def sideways(page: Page) -> int:
    width: int = await page.evaluate(
        "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return width


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_pages_are_accessible_at_every_size(installation: Installation, browser: Browser, scheme: str) -> None:
    context = await browser.new_context(color_scheme=scheme, locale="en-US", bypass_csp=True)  # type: ignore[arg-type]
    page = await context.new_page()
    await page.goto(f"{installation.url}/login")
    await expect(page.get_by_label("User name")).to_be_visible()
    await settled(page)
    assert await problems(page) == []
    await sign_in(page, installation)
    running = installation.api.launch(tags=["a long tag that somebody made up"])
    installation.api.until_state(running, "running")
    resting = installation.api.launch("calculator")
    installation.api.until_state(resting, "running")
    installation.api.put(f"/sessions/{resting}/hibernate")
    installation.api.until_state(resting, "hibernated")
    for path in (*PAGES, f"/sessions/{resting}"):
        await page.goto(f"{installation.url}{path}")
        for width in (1440, 1024, 390):
            await page.set_viewport_size({"width": width, "height": 900})
            await settled(page)
            assert await problems(page) == [], f"{path} at {width}"
            assert await sideways(page) <= 0, f"{path} at {width}"
    await page.goto(f"{installation.url}/sessions/{running}")
    await screen_is_shown(page)
    assert await problems(page) == []
    await context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_a_sessions_own_page_and_sharing_are_accessible(
    installation: Installation, browser: Browser, scheme: str
) -> None:
    context = await browser.new_context(color_scheme=scheme, locale="en-US", bypass_csp=True)  # type: ignore[arg-type]
    page = await context.new_page()
    await sign_in(page, installation)
    session = installation.api.launch(tags=["a long tag that somebody made up"])
    installation.api.until_state(session, "running")
    assert installation.api.post(f"/sessions/{session}/shares", json={"kind": "link"}).status_code == 201
    for path in (f"/sessions/{session}/details", "/sessions?tab=shared", "/invite"):
        await page.goto(f"{installation.url}{path}")
        for width in (1440, 390):
            await page.set_viewport_size({"width": width, "height": 900})
            await settled(page)
            assert await problems(page) == [], f"{path} at {width}"
            assert await sideways(page) <= 0, f"{path} at {width}"
    await context.close()


async def test_a_wrong_password_is_said_and_too_many_must_wait(installation: Installation, page: Page) -> None:
    await page.goto(f"{installation.url}/login")
    for _ in range(11):
        await page.get_by_label("User name").fill("somebody")
        await page.get_by_label("Password", exact=True).fill("wrong password")
        async with page.expect_response("**/auth/login"):
            await page.get_by_role("button", name="Sign in", exact=True).click()
        await expect(page.get_by_role("alert").first).to_be_visible()
    await expect(page.get_by_text("wait", exact=False).first).to_be_visible()


async def test_what_cannot_run_says_why_and_a_drained_machine_takes_nothing(
    installation: Installation, page: Page
) -> None:
    await sign_in(page, installation)
    assert installation.api.post("/agents/local/drain").status_code == 200
    refused = installation.api.post("/sessions", json={"template": "terminal"})
    assert refused.status_code == 503
    assert refused.json()["details"]["agents"][0]["reasons"][0]["code"] == "draining"
    await page.goto(installation.url)
    await expect(page.get_by_text("being drained", exact=False).first).to_be_visible()
    installation.api.post("/agents/local/undrain")
