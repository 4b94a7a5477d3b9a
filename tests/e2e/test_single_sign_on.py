"""A browser signs in through other people's identity providers, with their own pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playwright.async_api import expect

from streamspace.server.sso import metadata
from tests.e2e.conftest import Fleet
from tests.server.sso import forge
from tests.server.sso.conftest import free_port, node, oidc, openid_provider

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.async_api import Page

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
        print(program.log.read_text()[-6000:])  # noqa: T201 - pytest shows it on failure


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


async def test_signs_in_through_a_saml_provider_that_posts_from_another_site(portal: Fleet, page: Page) -> None:
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
        saml = {"name": "acme", "kind": "saml", "displayName": "Acme", "metadataXml": metadata.minimal(facts)}
        _add(portal, saml)
        await page.goto(f"{portal.url}/login?next=/sessions")
        await page.get_by_role("link", name="Acme").click()
        await page.wait_for_url(f"{portal.url}/sessions")
        assert (await _me(page))["email"] == "alice@acme.example"
