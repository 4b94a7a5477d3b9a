"""Those who run a group, and those who look after people, do it in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx2
import pytest
from playwright.async_api import expect

from tests.e2e.conftest import PASSWORD, Fleet
from tests.e2e.screens import settled
from tests.e2e.test_pages import problems, sideways

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.async_api import Browser, Page

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0"


@pytest.fixture
def portal(folder: Path) -> Iterator[Fleet]:
    """A control plane alone, with four people."""
    made = Fleet(folder)
    try:
        made.start("server")
        made.api.until_ready()
        made.api.sign_in()
        for name in ("ann", "bea", "cid", "dora"):
            person = {"username": name, "fullName": name.title(), "email": f"{name}@acme.example", "password": PASSWORD}
            assert made.api.post("/users", json=person).status_code == 201
        yield made
    finally:
        program = made.programs["server"]
        program.stop()
        print(program.log.read_text()[-2000:])  # noqa: T201 - pytest shows it on failure


def person(portal: Fleet, name: str) -> str:
    (found,) = portal.api.get("/users", params={"search": name}).json()["users"]
    return str(found["id"])


def group(portal: Fleet, name: str, **roles: str) -> str:
    made = portal.api.post("/groups", json={"name": name, "displayName": name.title()})
    assert made.status_code == 201, made.text
    for who, role in roles.items():
        member = {"userId": person(portal, who), "role": role}
        assert portal.api.post(f"/groups/{made.json()['id']}/members", json=member).status_code == 204
    return str(made.json()["id"])


def roles(portal: Fleet, group_id: str) -> dict[str, str]:
    members = portal.api.get(f"/groups/{group_id}/members").json()["members"]
    return {one["username"]: one["role"] for one in members}


async def sign_in(page: Page, portal: Fleet, name: str, next_page: str) -> None:
    await page.goto(f"{portal.url}/login?next={next_page}")
    await page.get_by_label("User name").fill(name)
    await page.get_by_label("Password", exact=True).fill(PASSWORD)
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"{portal.url}{next_page}")


async def test_who_administers_a_group_runs_it_without_the_administration(portal: Fleet, page: Page) -> None:
    crew = group(portal, "crew", ann="owner", bea="admin", cid="member")
    await sign_in(page, portal, "bea", "/")
    await page.get_by_role("button", name="Menu of Bea").click()
    await page.get_by_role("menuitem", name="My groups").click()
    await page.get_by_role("link", name="Crew").click()
    await expect(page.get_by_role("region", name="3 people")).to_be_visible()

    # By the keyboard alone: somebody who does not exist, then somebody who does.
    await page.get_by_role("button", name="Add somebody").press("Enter")
    field = page.get_by_role("textbox", name="User name or e-mail address")
    await expect(field).to_be_focused()
    await page.keyboard.type("nobody\n")
    await expect(page.get_by_role("dialog").get_by_role("alert")).to_contain_text("Nobody found")
    await field.fill("dora@acme.example")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("region", name="4 people")).to_be_visible()

    # Owners are not an administrator's to change.
    await expect(page.get_by_role("combobox", name="Role of Ann")).to_have_count(0)
    await page.get_by_role("combobox", name="Role of Dora").click()
    await page.get_by_role("option", name="Administrator").click()
    await page.get_by_role("button", name="Remove Cid").click()
    await expect(page.get_by_role("region", name="3 people")).to_be_visible()
    assert roles(portal, crew) == {"ann": "owner", "bea": "admin", "dora": "admin"}
    await page.get_by_role("button", name="Undo").click()
    await expect(page.get_by_role("region", name="4 people")).to_be_visible()

    await page.get_by_role("button", name="Actions for Crew").click()
    await expect(page.get_by_role("menuitem", name="Delete the group")).to_have_count(0)
    await page.get_by_role("menuitem", name="Edit the group").click()
    await page.get_by_role("dialog").get_by_label("Description").fill("Looks after the machines")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("Looks after the machines")).to_be_visible()
    await page.get_by_role("button", name="Actions for Crew").click()
    await page.get_by_role("menuitem", name="Leave the group").click()
    await page.get_by_role("dialog").get_by_role("button", name="Leave the group").click()
    await expect(page.get_by_text("You are in no group")).to_be_visible()
    assert "bea" not in roles(portal, crew)
    await page.get_by_role("button", name="Menu of Bea").click()
    await expect(page.get_by_role("menuitem", name="Sign out")).to_be_visible()
    await expect(page.get_by_role("menuitem", name="My groups")).to_have_count(0)


async def test_a_group_page_is_accessible_at_every_size_in_both_languages(portal: Fleet, browser: Browser) -> None:
    crew = group(portal, "crew", ann="owner", bea="admin", cid="member")
    for locale, title in (("en-US", "My groups"), ("de-DE", "Meine Gruppen")):
        context = await browser.new_context(locale=locale, bypass_csp=True)
        page = await context.new_page()
        await page.goto(f"{portal.url}/login?next=/account/groups")
        await page.locator("input[name=username]").fill("ann")
        await page.locator("input[name=password]").fill(PASSWORD)
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", name=title)).to_be_visible()
        for path in ("/account/groups", f"/account/groups/{crew}", "/account/groups/nowhere"):
            await page.goto(f"{portal.url}{path}")
            for width in (1440, 1024, 390):
                await page.set_viewport_size({"width": width, "height": 900})
                await settled(page)
                assert await problems(page) == [], f"{path} at {width}"
                assert await sideways(page) <= 0, f"{path} at {width}"
        await context.close()


async def test_an_administrator_ends_one_sign_in_or_all_of_somebody(portal: Fleet, page: Page) -> None:
    rival = portal.api.post("/organizations", json={"name": "rival", "displayName": "Rival"}).json()["id"]
    bea = person(portal, "bea")
    joined = {"userId": bea, "orgRole": "maintainer"}
    assert portal.api.post(f"/organizations/{rival}/members", json=joined).status_code in {200, 201, 204}
    for agent in (FIREFOX, "streamspace-cli/0.1", "streamspace-cli/0.1"):
        answer = httpx2.post(
            f"{portal.url}/api/v1/auth/login",
            json={"username": "bea", "password": PASSWORD},
            headers={"User-Agent": agent},
        )
        assert answer.status_code == 200
    await sign_in(page, portal, "admin", f"/admin/people/{bea}")
    belongs = page.get_by_role("region", name="Organisations").get_by_role("listitem")
    await expect(belongs.filter(has_text="Rival")).to_contain_text("Maintainer")

    devices = page.get_by_role("region", name="Signed in on 3 devices")
    await devices.get_by_role("button", name="End the sign-in of Firefox on Linux").click()
    question = page.get_by_role("dialog", name="Sign Bea out of Firefox on Linux?")
    await question.get_by_role("button", name="Cancel").click()
    await expect(devices).to_be_visible()
    await devices.get_by_role("button", name="End the sign-in of Firefox on Linux").click()
    await question.get_by_role("button", name="End").click()
    await expect(page.get_by_role("region", name="Signed in on 2 devices")).to_be_visible()
    left = portal.api.get(f"/users/{bea}/logins").json()["logins"]
    assert [one["userAgent"] for one in left] == ["streamspace-cli/0.1"] * 2

    await page.get_by_role("button", name="End all").click()
    await page.get_by_role("dialog").get_by_role("button", name="End all").click()
    await expect(page.get_by_text("Signed in nowhere.")).to_be_visible()
    assert portal.api.get(f"/users/{bea}/logins").json()["total"] == 0


async def test_people_sort_both_ways_by_their_headings(portal: Fleet, page: Page) -> None:
    await sign_in(page, portal, "admin", "/admin/people")
    table = page.get_by_role("table", name="People")
    names = table.get_by_role("link")
    await expect(names.first).to_have_text("Administrator")
    await page.get_by_role("button", name="Person", exact=True).click()
    await expect(names.first).to_have_text("Dora")
    await expect(table.get_by_role("columnheader", name="Person")).to_have_attribute("aria-sort", "descending")
    # The latest first, and with the next click whoever never signed in.
    await page.get_by_role("button", name="Last sign-in").click()
    await expect(names.first).to_have_text("Administrator")
    await page.get_by_role("button", name="Last sign-in").click()
    await expect(names.last).to_have_text("Administrator")
    await page.reload()
    await expect(names.last).to_have_text("Administrator")
