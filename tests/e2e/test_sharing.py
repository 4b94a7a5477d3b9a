"""A session that is shared, as its owner, a colleague and a guest see it in three browsers."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e.conftest import PASSWORD, Installation, show_error
from tests.e2e.screens import drawn, run_in_terminal, until
from tests.e2e.test_first_session import screen_is_shown, sign_in, use_toolbar

AT_ONCE_SECONDS = 1.0


@asynccontextmanager
async def somebody(browser: Browser) -> AsyncIterator[Page]:
    """A browser of somebody else."""
    context = await browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-US")
    page = await context.new_page()
    page.on("console", show_error)
    try:
        yield page
    finally:
        await context.close()


@pytest.fixture
async def session_id(installation: Installation, page: Page) -> str:
    """A terminal that its owner looks at, and a colleague to share it with."""
    bob = {"username": "bob", "email": "bob@test.example", "fullName": "Bob Baker", "password": PASSWORD}
    assert (await asyncio.to_thread(installation.api.post, "/users", json=bob)).status_code == 201
    found = await asyncio.to_thread(installation.api.launch)
    await asyncio.to_thread(installation.api.until_state, found, "running")
    await sign_in(page, installation)
    await page.goto(f"{installation.url}/sessions/{found}")
    await screen_is_shown(page)
    return found


def written(installation: Installation, name: str) -> str | None:
    """Return what a file in the session's home has in it."""
    found: list[Path] = list((installation.folder / "data" / "agent" / "homes").rglob(name))
    return found[0].read_text() if found else None


async def invite_bob(page: Page) -> None:
    await use_toolbar(page, "Share")
    await page.get_by_placeholder("Type at least two letters").fill("bake")
    await page.get_by_role("option", name="Bob Baker").click()
    await page.get_by_role("button", name="Invite").click()
    await expect(page.get_by_text("Bob Baker is invited.")).to_be_visible()


async def make_link(page: Page, *, permission: str) -> str:
    await use_toolbar(page, "Share")
    await page.get_by_text("By a link").click()
    await page.get_by_role("combobox", name="They").click()
    await page.get_by_role("option", name=permission).click()
    await page.get_by_role("button", name="Make a link").click()
    link = (await page.get_by_label("Link", exact=True).inner_text()).strip()
    await page.get_by_role("button", name="Done").click()
    return link


async def sign_in_as_bob(page: Page) -> None:
    await page.get_by_label("User name").fill("bob")
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.keyboard.press("Enter")


async def end_share(page: Page, name: str, installation: Installation, session_id: str, watching: Page) -> None:
    """End a share as its owner: no look that begins more than a second later finds who watches let in."""
    status = f"http://localhost:{installation.gateway_port}/s/{session_id}/.streamspace/status"
    asked = f"() => fetch('{status}', {{credentials: 'include'}}).then((answer) => answer.status)"
    assert await watching.evaluate(asked) == 200
    async with page.expect_response(lambda answer: "/shares/" in answer.url and answer.status == 204):
        await page.get_by_role("button", name=f"End the share: {name}").click()
    ended = time.monotonic()
    while True:
        began = time.monotonic()
        if await watching.evaluate(asked) == 401:
            return
        assert began < ended + AT_ONCE_SECONDS


async def test_who_may_only_watch_sees_the_picture_and_types_nothing(
    installation: Installation, browser: Browser, page: Page, session_id: str
) -> None:
    await invite_bob(page)
    async with somebody(browser) as bob:
        await bob.goto(installation.url)
        await sign_in_as_bob(bob)
        shared = bob.get_by_role("region", name="Shared with me")
        await expect(shared).to_contain_text("Terminal of admin")
        await shared.get_by_role("link", name="Open").click()
        await drawn(bob.frame_locator("iframe").locator("body"))
        await expect(bob.get_by_text("View only")).to_be_visible()
        await expect(page.get_by_role("region", name="Here now")).to_contain_text("bob")

        # What the engine drops would otherwise be in the shell's line before what the owner types.
        await bob.mouse.click(500, 350)
        await bob.keyboard.type("touch by-bob; echo not-only-mine >> by-owner; ", delay=15)
        await bob.keyboard.press("Enter")
        await page.keyboard.press("Escape")
        await run_in_terminal(page, "echo mine >> by-owner", lambda: written(installation, "by-owner"))
        assert written(installation, "by-owner") == "mine\n"
        assert written(installation, "by-bob") is None

        await use_toolbar(page, "Share")
        await end_share(page, "bob", installation, session_id, bob)
        await expect(bob.get_by_text("This session is no longer shared with you")).to_be_visible()
        await expect(bob.locator("iframe")).to_have_count(0)


async def test_control_is_asked_for_given_and_taken_back(
    installation: Installation, browser: Browser, page: Page, session_id: str
) -> None:
    await invite_bob(page)
    async with somebody(browser) as bob:
        await bob.goto(installation.url)
        await sign_in_as_bob(bob)
        await expect(bob.get_by_role("heading", name="Applications")).to_be_visible()
        await bob.goto(f"{installation.url}/shared/{session_id}")
        await drawn(bob.frame_locator("iframe").locator("body"))
        await use_toolbar(bob, "Ask for keyboard and mouse")
        await expect(page.get_by_text("bob asks for control")).to_be_visible()
        await page.get_by_role("alert").get_by_role("button", name="Give control").click()
        await expect(bob.get_by_text("Keyboard and mouse are yours now.")).to_be_visible()
        await expect(bob.get_by_text("View only")).to_be_hidden()
        await run_in_terminal(bob, "echo bob > by-bob", lambda: written(installation, "by-bob"))

        await page.get_by_role("button", name="Take control back").click()
        await expect(bob.get_by_text("View only")).to_be_visible()
        await page.keyboard.press("Escape")
        await run_in_terminal(page, "echo mine > by-owner", lambda: written(installation, "by-owner"))


async def test_a_link_lets_somebody_in_who_signs_in_first(
    installation: Installation, browser: Browser, page: Page, session_id: str
) -> None:
    link = await make_link(page, permission="Can control")
    async with somebody(browser) as bob:
        await bob.goto(link)
        await expect(bob.get_by_text("You will see the screen and use keyboard and mouse.")).to_be_visible()
        assert "ssl_" not in bob.url, "what opens the session does not stay in the address"
        await bob.get_by_role("button", name="Sign in to open it").click()
        await sign_in_as_bob(bob)
        await bob.get_by_role("button", name="Open the session").click()
        await drawn(bob.frame_locator("iframe").locator("body"))
        await run_in_terminal(bob, "echo bob > by-bob", lambda: written(installation, "by-bob"))

        await page.keyboard.press("Escape")
        await page.goto(f"{installation.url}/sessions/{session_id}/details")
        await end_share(page, "Link", installation, session_id, bob)
        await expect(bob.get_by_text("This session is no longer shared with you")).to_be_visible()
        await bob.goto(link)
        await expect(bob.get_by_text("This link was taken back")).to_be_visible()


async def test_a_guest_gets_in_by_name_where_the_organisation_allows_it(
    installation: Installation, browser: Browser, page: Page, session_id: str
) -> None:
    link = await make_link(page, permission="Can watch")
    async with somebody(browser) as guest:
        await guest.goto(link)
        await expect(guest.get_by_role("button", name="Sign in to open it")).to_be_visible()
        await expect(guest.get_by_label("Your name")).to_be_hidden()

        org_id = installation.api.get("/users/me").json()["orgId"]
        allowed = await asyncio.to_thread(installation.api.patch, f"/organizations/{org_id}", json={"guestLinks": True})
        assert allowed.status_code == 200
        await guest.reload()
        await guest.get_by_label("Your name").fill("Kim")
        await guest.get_by_role("button", name="Join as a guest").click()
        await drawn(guest.frame_locator("iframe").locator("body"))
        await expect(guest.get_by_text("View only")).to_be_visible()
        await expect(page.get_by_role("region", name="Here now")).to_contain_text("Kim (guest)")

        await end_share(page, "Link", installation, session_id, guest)
        await expect(guest.get_by_text("This session is no longer shared with you")).to_be_visible()


async def test_ending_a_connection_leaves_the_share(
    installation: Installation, browser: Browser, page: Page, session_id: str
) -> None:
    await invite_bob(page)
    async with somebody(browser) as bob:
        await bob.goto(installation.url)
        await sign_in_as_bob(bob)
        await expect(bob.get_by_role("heading", name="Applications")).to_be_visible()
        await bob.goto(f"{installation.url}/shared/{session_id}")
        await drawn(bob.frame_locator("iframe").locator("body"))
        await page.get_by_role("button", name="Actions for bob").click()
        await page.get_by_role("menuitem", name="End the connection").click()
        await (
            page.get_by_role("dialog", name="End the connection of bob?")
            .get_by_role("button", name="End the connection")
            .click()
        )
        await expect(bob.get_by_text("admin has ended your connection")).to_be_visible()
        await bob.get_by_role("button", name="Reconnect now").click()
        await drawn(bob.frame_locator("iframe").locator("body"))

        async def came_twice() -> bool:
            events = (await asyncio.to_thread(installation.api.get, f"/sessions/{session_id}/events")).json()["events"]
            return [event["kind"] for event in events if event.get("actor") == "bob"] == [
                "connected",
                "disconnected",
                "connected",
            ]

        await until(came_twice)
