"""An administrator restricts what may cross; the open screen follows by itself, and says so."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.async_api import Browser, Page, expect

from tests.e2e.conftest import Installation, until
from tests.e2e.test_first_session import proofs, screen_is_shown, sign_in, use_toolbar

PICTURES = os.environ.get("STREAMSPACE_TEST_PICTURES")


async def picture(page: Page, name: str) -> None:
    """Keep a picture for a person to look at, where they asked for it."""
    if PICTURES:
        await page.screenshot(path=Path(PICTURES) / f"{name}.png")


async def test_an_open_screen_follows_a_policy(installation: Installation, browser: Browser, page: Page) -> None:
    await sign_in(page, installation)
    session_id = installation.api.launch()
    installation.api.until_state(session_id, "running")
    organization = installation.api.get("/users/me").json()["orgId"]
    signed_in = await browser.new_context(
        viewport={"width": 1280, "height": 800}, locale="en-US", storage_state=await page.context.storage_state()
    )
    viewer = await signed_in.new_page()
    for tab in (page, viewer):
        tab.set_default_timeout(90_000)
    await viewer.goto(f"{installation.url}/sessions/{session_id}")
    await screen_is_shown(viewer)
    before = [one["id"] for one in installation.api.get(f"/sessions/{session_id}/connections").json()["connections"]]

    await page.goto(f"{installation.url}/admin/organizations/{organization}")
    section = page.get_by_role("region", name="What may cross the border")
    await section.get_by_role("button", name="Change").click()
    dialog = page.get_by_role("dialog")
    for field, choice in (("Clipboard", "Only into the session"), ("Download", "Not allowed"), ("Watermark", "Shown")):
        await dialog.get_by_role("combobox", name=field).click()
        await page.get_by_role("option", name=choice, exact=True).click()
    await picture(page, "policy-dialog")
    await dialog.get_by_role("button", name="Save").click()
    await expect(section.get_by_text("Only into the session")).to_be_visible()
    await page.wait_for_timeout(500)
    await picture(page, "policy-section")

    def another() -> bool:
        there = installation.api.get(f"/sessions/{session_id}/connections").json()["connections"]
        return bool(there) and not {one["id"] for one in there} & set(before)

    until(another)
    await expect(viewer.get_by_text("Connection lost")).to_be_hidden(timeout=60_000)
    await screen_is_shown(viewer)
    await viewer.keyboard.type("echo hello > proof\n", delay=20)
    until(lambda: [p.read_text() for p in proofs(installation)] == ["hello\n"])

    await use_toolbar(viewer, "What may cross the border")
    panel = viewer.get_by_role("dialog", name="What may cross the border")
    await expect(panel.get_by_text("Only into the session")).to_be_visible()
    await expect(panel.get_by_text("By the organisation").first).to_be_visible()
    await viewer.wait_for_timeout(500)
    await picture(viewer, "policy-viewer")

    # What is woken under the policy has the engine's own watermark too.
    installation.api.post(f"/sessions/{session_id}/hibernate")
    installation.api.until_state(session_id, "hibernated")
    installation.api.post(f"/sessions/{session_id}/wake")
    installation.api.until_state(session_id, "running")
    await viewer.reload()
    await screen_is_shown(viewer)
    await viewer.keyboard.type("cp /run/user/1000/watermark.png proof.png\n", delay=20)
    until(lambda: len(proofs(installation)) == 2)
    if PICTURES:
        await viewer.wait_for_timeout(1500)
        await picture(viewer, "policy-watermark")
        await page.set_viewport_size({"width": 390, "height": 844})
        await page.emulate_media(color_scheme="dark")
        await page.goto(f"{installation.url}/admin/organizations/{organization}")
        await expect(section).to_be_visible()
        await section.scroll_into_view_if_needed()
        await picture(page, "policy-phone")
        await page.goto(f"{installation.url}/sessions/{session_id}/details")
        await section.scroll_into_view_if_needed()
        await picture(page, "policy-session")
