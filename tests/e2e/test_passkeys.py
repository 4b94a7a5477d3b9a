"""Passkeys with a real browser's WebAuthn and its virtual authenticator."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import CDPSession, Page

from tests.e2e.conftest import PASSWORD, Fleet

INTERNAL = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
"""A computer with a fingerprint reader, and its owner's finger on it."""
SECURITY_KEY = INTERNAL | {
    "protocol": "u2f",
    "transport": "usb",
    "hasResidentKey": False,
    "hasUserVerification": False,
    "isUserVerified": False,
}
"""An old security key that knows nobody's finger."""

ASK = """
async ({path, body}) => {
  const answer = await fetch('/api/v1' + path, {
    method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body),
  })
  return {status: answer.status, body: answer.status === 204 ? null : await answer.json()}
}
"""
CREATE = """
async (options) => {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options)
  return (await navigator.credentials.create({publicKey})).toJSON()
}
"""
GET = """
async (options) => {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options)
  return (await navigator.credentials.get({publicKey})).toJSON()
}
"""


@pytest.fixture
def portal(folder: Path) -> Iterator[Fleet]:
    """The control plane alone."""
    made = Fleet(folder)
    made.start("server")
    try:
        made.api.until_ready()
        yield made
    finally:
        made.programs["server"].stop()


class Browser:
    """A page of ours, and what it says to the API with the browser's cookies."""

    def __init__(self, page: Page, devtools: CDPSession) -> None:
        self.page = page
        self.devtools = devtools
        self.authenticator = ""

    async def plug_in(self, kind: dict[str, Any]) -> None:
        await self.devtools.send("WebAuthn.enable")
        added = await self.devtools.send("WebAuthn.addVirtualAuthenticator", {"options": kind})
        self.authenticator = added["authenticatorId"]

    async def passkeys(self) -> list[dict[str, Any]]:
        found = await self.devtools.send("WebAuthn.getCredentials", {"authenticatorId": self.authenticator})
        return list(found["credentials"])

    async def post(self, path: str, status: int = 200, **body: Any) -> Any:
        answer = await self.page.evaluate(ASK, {"path": path, "body": body})
        assert answer["status"] == status, answer
        return answer["body"]

    async def begin(self) -> Any:
        return await self.post("/auth/login", 401, username="admin", password=PASSWORD, cookie=True)

    async def sign_in(self) -> None:
        await self.post("/auth/login", username="admin", password=PASSWORD, cookie=True)

    async def add_passkey(self) -> Any:
        offer = await self.post("/security/mfa/passkeys/options", name="Laptop")
        credential = await self.page.evaluate(CREATE, offer["options"])
        return await self.post("/security/mfa/passkeys", 201, token=offer["token"], credential=credential)

    async def second_step(self, half: Any) -> Any:
        token = half["details"]["mfaToken"]
        asked = await self.post("/auth/mfa/passkey-options", mfaToken=token)
        credential = await self.page.evaluate(GET, asked["options"])
        return await self.post("/auth/mfa", mfaToken=token, token=asked["token"], credential=credential, cookie=True)

    async def passkey_alone(self, status: int = 200) -> Any:
        asked = await self.post("/auth/passkey/options")
        credential = await self.page.evaluate(GET, asked["options"])
        return await self.post("/auth/passkey", status, token=asked["token"], credential=credential, cookie=True)

    async def username(self) -> str | None:
        name: str | None = await self.page.evaluate(
            "async () => (await (await fetch('/api/v1/users/me')).json()).username"
        )
        return name


@pytest.fixture
async def here(portal: Fleet, page: Page) -> Browser:
    await page.goto(f"{portal.url}/login")
    return Browser(page, await page.context.new_cdp_session(page))


async def test_a_passkey_is_added_then_second_step_then_sole_login(here: Browser) -> None:
    await here.plug_in(INTERNAL)
    await here.sign_in()
    added = await here.add_passkey()
    assert len(added["backupCodes"]) == 10
    (kept,) = await here.passkeys()
    assert kept["isResidentCredential"] is True

    for way in ("second step", "alone"):
        await here.post("/auth/logout", 204)
        assert await here.username() is None
        if way == "alone":
            await here.passkey_alone()
        else:
            await here.second_step(await here.begin())
        assert await here.username() == "admin"


async def test_an_old_security_key_is_a_second_step_and_no_more(here: Browser) -> None:
    await here.plug_in(SECURITY_KEY)
    await here.sign_in()
    await here.add_passkey()
    await here.post("/auth/logout", 204)
    await here.second_step(await here.begin())
    assert await here.username() == "admin"


async def test_who_fails_the_fingerprint_does_not_come_in(here: Browser) -> None:
    await here.plug_in(INTERNAL)
    await here.sign_in()
    await here.add_passkey()
    await here.post("/auth/logout", 204)
    await here.devtools.send(
        "WebAuthn.setUserVerified", {"authenticatorId": here.authenticator, "isUserVerified": False}
    )
    asked = await here.post("/auth/passkey/options")
    with pytest.raises(Exception, match="NotAllowedError"):
        await here.page.evaluate(GET, asked["options"])


async def test_the_same_authenticator_is_not_added_twice(here: Browser) -> None:
    await here.plug_in(INTERNAL)
    await here.sign_in()
    await here.add_passkey()
    with pytest.raises(Exception, match="InvalidStateError"):
        await here.add_passkey()


async def test_a_page_at_another_name_gets_no_passkey(here: Browser, portal: Fleet) -> None:
    await here.plug_in(INTERNAL)
    asked = await here.post("/auth/passkey/options")
    await here.page.goto(f"http://127.0.0.1:{portal.port}/healthz")
    # Off localhost the browser refuses; at an address it knows no passkeys at all.
    with pytest.raises(Exception, match=r"SecurityError|parseRequestOptionsFromJSON|NotAllowedError"):
        await here.page.evaluate(GET, asked["options"])
