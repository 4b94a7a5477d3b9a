"""A browser signs in through other people's identity providers, with their own pages."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from playwright.async_api import expect

from streamspace.server.sso import metadata
from tests.e2e.conftest import PASSWORD, Fleet
from tests.server.sso import forge
from tests.server.sso.conftest import free_port, node, oidc, openid_provider

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.async_api import Browser, Page

import pytest


@pytest.fixture
def portal(folder: Path) -> Iterator[Fleet]:
    """A control plane alone."""
    made = Fleet(folder)
    try:
        made.start("server")
        made.api.until_ready()
        made.api.sign_in()
        yield made
    finally:
        program = made.programs["server"]
        program.stop()
        print(program.log.read_text()[-2000:])  # noqa: T201 - pytest shows it on failure


def _add(portal: Fleet, body: dict[str, Any]) -> None:
    answer = portal.api.post("/identity-providers", json=body)
    assert answer.status_code == 201, answer.text


async def _me(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = await page.evaluate("async () => (await fetch('/api/v1/users/me')).json()")
    return found


async def test_signs_in_through_an_openid_provider(portal: Fleet, page: Page) -> None:
    with openid_provider(portal.url) as provider:
        _add(portal, oidc(provider))
        await page.goto(f"{portal.url}/login?next=/sessions")
        await page.get_by_role("link", name="Acme").click()
        await page.get_by_placeholder("Enter any login").fill("alice")
        await page.get_by_placeholder("and password").fill("anything")
        await page.get_by_role("button", name="Sign-in").click()
        await page.get_by_role("button", name="Continue").click()
        await page.wait_for_url(f"{portal.url}/sessions")
        assert (await _me(page))["email"] == "alice@acme.example"
        await page.reload()
        await expect(page.get_by_role("heading", level=1)).to_be_visible()


@contextlib.contextmanager
def _saml_provider(portal: Fleet) -> Iterator[str]:
    """Run npm's samlp until it is no longer needed, and say what its metadata is."""
    key, port = forge.new_key(portal.folder, "provider"), free_port()
    facts = metadata.Facts(
        entity_id=f"http://localhost:{port}/metadata",
        # Another site than `localhost`, so that cookies behave as they do between two companies.
        sso_url=f"http://127.0.0.1:{port}/sso",
        certificates=(key.certificate,),
    )
    told = {
        "port": port,
        "key": key.path.read_text(),
        "cert": f"-----BEGIN CERTIFICATE-----\n{key.certificate}\n-----END CERTIFICATE-----\n",
        "user": {"id": "a-1", "displayName": "Alice", "emails": [{"value": "alice@acme.example"}], "name": {}},
        "postUrl": f"{portal.url}/api/v1/auth/saml/acme/acs",
    }
    with node("saml.js", told):
        yield metadata.minimal(facts)


async def test_signs_in_through_a_saml_provider_that_posts_from_another_site(portal: Fleet, page: Page) -> None:
    with _saml_provider(portal) as document:
        _add(portal, {"name": "acme", "kind": "saml", "displayName": "Acme", "metadataXml": document})
        await _sign_in_at_acme(page, portal)


async def _sign_in_at_acme(page: Page, portal: Fleet) -> None:
    await page.goto(f"{portal.url}/login?next=/sessions")
    await page.get_by_role("link", name="Acme").click()
    await page.wait_for_url(f"{portal.url}/sessions")
    assert (await _me(page))["email"] == "alice@acme.example"


async def test_a_saml_provider_made_in_the_browser_lets_people_in(portal: Fleet, page: Page, browser: Browser) -> None:
    with _saml_provider(portal) as document:
        await page.goto(f"{portal.url}/login?next=/admin/identity-providers/new")
        await page.get_by_label("User name").fill("admin")
        await page.get_by_label("Password", exact=True).fill(PASSWORD)
        await page.keyboard.press("Enter")
        await page.get_by_role("button", name="Another provider").click()
        await page.get_by_text("SAML 2.0", exact=True).click()
        await page.get_by_role("textbox", name="Name", exact=True).fill("Acme")
        field = page.get_by_label("Or the metadata itself")
        create = page.get_by_role("button", name="Create and test")
        for refused in ("", "<broken"):
            await field.fill(refused)
            await create.click()
            await expect(page.get_by_role("alert")).to_be_visible()
        await field.fill(document)
        await create.click()
        await page.wait_for_url("**/identity-providers/*test=true")
        await expect(page.get_by_role("img", name="Fine")).to_have_count(2)
        await expect(page.get_by_role("img", name="Wrong")).to_have_count(0)
        await _sign_in_at_acme(await browser.new_page(locale="en-US"), portal)
