"""An administrator looks after the machines in a browser, with a real agent behind them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import Fleet, until
from tests.e2e.screens import settled
from tests.e2e.test_first_session import sign_in
from tests.e2e.test_pages import problems, sideways

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.async_api import Browser, Page


@pytest.fixture
def portal(folder: Path) -> Iterator[Fleet]:
    """A control plane and an agent; nothing is streamed here."""
    made = Fleet(folder)
    try:
        made.start("server")
        made.api.until_ready()
        made.api.sign_in()
        made.start("agent")
        until(lambda: agent(made, "host-1").get("status") == "online")
        yield made
    finally:
        for program in made.programs.values():
            program.stop()
            print(f"--- {program.name}\n{program.log.read_text()[-2000:]}")  # noqa: T201 - pytest shows it on failure


def agent(portal: Fleet, name: str) -> dict[str, Any]:
    found: dict[str, Any] = portal.api.get(f"/agents/{name}").json()
    return found


async def test_a_machine_is_cordoned_described_emptied_and_asked(portal: Fleet, page: Page) -> None:
    await sign_in(page, portal)
    await page.goto(f"{portal.url}/admin/agents")
    row = page.get_by_role("row").filter(has_text="host-1")
    await expect(row.get_by_text("Online").filter(visible=True)).to_be_visible()
    await row.get_by_role("button", name="Actions for host-1").click()
    await page.get_by_role("menuitem", name="Cordon").click()
    await expect(row.get_by_text("Cordoned").filter(visible=True)).to_be_visible()
    await page.get_by_role("button", name="Undo").click()
    await expect(row.get_by_text("Online").filter(visible=True)).to_be_visible()
    await row.get_by_role("link", name="host-1").click()
    await expect(page.get_by_text("It takes new sessions.")).to_be_visible()

    await page.get_by_role("button", name="Edit", exact=True).click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Region").fill("eu-north")
    await dialog.get_by_label("Most sessions").fill("3")
    await dialog.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("eu-north").first).to_be_visible()
    assert (agent(portal, "host-1")["region"], agent(portal, "host-1")["maxSessions"]) == ("eu-north", 3)

    await page.get_by_role("button", name="Give an order").click()
    await page.get_by_role("menuitem", name="Ping").click()
    await expect(page.get_by_text("Done").first).to_be_visible()

    await page.get_by_role("button", name="Drain …").click()
    await page.get_by_role("dialog").get_by_role("button", name="Drain", exact=True).click()
    await expect(page.get_by_text("It is empty: nothing runs there any more.")).to_be_visible()
    await expect(page.get_by_text("It takes no new sessions now")).to_be_visible()
    assert portal.api.post("/sessions", json={"template": "terminal"}).status_code == 503
    await page.get_by_role("button", name="Accept sessions again").click()
    await expect(page.get_by_text("It takes new sessions.")).to_be_visible()


async def test_a_join_token_is_shown_once_and_taken_back(portal: Fleet, page: Page) -> None:
    await sign_in(page, portal)
    await page.goto(f"{portal.url}/admin/agents?tab=tokens")
    await page.get_by_role("button", name="Add a machine").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Region").fill("eu-north")
    await dialog.get_by_role("button", name="Make a token").click()
    command = await dialog.get_by_label("Command to run").inner_text()
    assert f"--server {portal.url}" in command
    token = command.split("STREAMSPACE_AGENT_JOIN_TOKEN=")[1].split()[0]
    await dialog.get_by_role("button", name="Done").click()
    await expect(dialog).to_be_hidden()
    assert token not in await page.content()
    row = page.get_by_role("row").filter(has_text="eu-north")
    await row.get_by_role("button", name="Revoke").click()
    await page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
    await expect(row).to_be_hidden()
    headers = {"X-Agent-API-Key": "a" * 64, "X-Agent-Join-Token": token}
    refused = portal.api.post("/agents/register", json={"agentId": "late", "platform": "process"}, headers=headers)
    assert refused.json()["error"] == "bad_join_token"


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_pages_are_accessible_at_every_size(portal: Fleet, browser: Browser, scheme: str) -> None:
    context = await browser.new_context(color_scheme=scheme, locale="en-US", bypass_csp=True)  # type: ignore[arg-type]
    page = await context.new_page()
    await sign_in(page, portal)
    portal.api.post("/agents/join-tokens", json={"region": "eu"})
    portal.api.post("/agents/host-1/cordon")
    for path in ("/admin/agents", "/admin/agents?tab=tokens", "/admin/agents/host-1"):
        await page.goto(f"{portal.url}{path}")
        for width in (1280, 390):
            await page.set_viewport_size({"width": width, "height": 900})
            await settled(page)
            assert await problems(page) == [], f"{path} at {width}"
            assert await sideways(page) <= 0, f"{path} at {width}"
    await context.close()
