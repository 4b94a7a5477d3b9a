"""Setting up second factors over HTTP."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import httpx2
import pyotp
import pytest
from fastapi import FastAPI

from streamspace.server.core.settings import Settings
from tests.server import people
from tests.server.mfa.authenticator import Authenticator

MFA = "/api/v1/security/mfa"
Login = Callable[..., Awaitable[httpx2.AsyncClient]]


def code_of(secret: str, steps: int = 0) -> str:
    """Return the code of so many steps from now. Each counts once; those next to now count too."""
    return pyotp.TOTP(secret).at(datetime.now(UTC) + timedelta(seconds=30 * steps))


@pytest.fixture
def key(settings: Settings) -> Authenticator:
    return Authenticator(settings.resolved_public_url)


async def test_an_app_from_beginning_to_end(login: Login) -> None:
    mia = await login("user", name="mia")
    made = (await mia.post(f"{MFA}/setup", json={"type": "totp", "name": "Phone"})).json()
    assert set(made) == {"id", "secret", "uri", "issuer"}

    wrong = await mia.post(f"{MFA}/{made['id']}/verify-setup", json={"code": "abcdef"})
    assert (wrong.status_code, wrong.json()["error"]) == (400, "wrong_setup_code")
    right = await mia.post(f"{MFA}/{made['id']}/verify-setup", json={"code": code_of(made["secret"])})
    assert len(right.json()["backupCodes"]) == 10

    shown = (await mia.get(f"{MFA}/methods")).json()
    assert shown["methods"][0] | {"createdAt": ""} == {
        "id": made["id"], "type": "totp", "name": "Phone", "createdAt": "", "lastUsedAt": None,
    }  # fmt: skip
    assert (shown["backupCodesLeft"], shown["required"], shown["canUsePasskeys"]) == (10, False, True)

    renamed = await mia.patch(f"{MFA}/{made['id']}", json={"name": "Old phone"})
    assert renamed.json()["name"] == "Old phone"
    codes = await mia.post(f"{MFA}/backup-codes", json={"password": people.PASSWORD})
    assert set(codes.json()["backupCodes"]).isdisjoint(right.json()["backupCodes"])

    refused = await mia.delete(f"{MFA}/{made['id']}")
    assert (refused.status_code, refused.json()["error"]) == (403, "reauthentication_required")
    gone = await mia.request("DELETE", f"{MFA}/{made['id']}", json={"password": people.PASSWORD})
    assert gone.status_code == 204
    assert (await mia.get(f"{MFA}/methods")).json()["methods"] == []


async def test_a_passkey_from_beginning_to_end(login: Login, key: Authenticator) -> None:
    mia = await login("user", name="mia")
    offer = (await mia.post(f"{MFA}/passkeys/options", json={"name": "Laptop"})).json()
    assert offer["options"]["rp"]["id"] == "localhost"
    answer = {"token": offer["token"], "credential": key.create(offer["options"])}
    added = await mia.post(f"{MFA}/passkeys", json=answer)
    assert added.status_code == 201
    assert (added.json()["name"], added.json()["type"]) == ("Laptop", "webauthn")
    assert len(added.json()["backupCodes"]) == 10

    again = await mia.post(f"{MFA}/passkeys", json=answer)
    assert (again.status_code, again.json()["error"]) == (400, "bad_passkey")


@pytest.mark.parametrize("kind", ["sms", "email"])
async def test_sms_and_mail_are_not_implemented(login: Login, kind: str) -> None:
    answer = await (await login("user")).post(f"{MFA}/setup", json={"type": kind})
    assert (answer.status_code, answer.json()["error"]) == (501, "not_implemented")


async def test_at_an_address_there_are_no_passkeys(app: FastAPI, login: Login) -> None:
    context = app.state.context
    context.settings = context.settings.model_copy(update={"public_url": "https://192.0.2.1"})
    mia = await login("user")
    shown = (await mia.get(f"{MFA}/methods")).json()
    assert shown["canUsePasskeys"] is False
    assert "IP address" in shown["reason"]
    for answer in (
        await mia.post(f"{MFA}/passkeys/options", json={}),
        await mia.post("/api/v1/auth/passkey/options", json={}),
    ):
        assert (answer.status_code, answer.json()["error"]) == (409, "passkeys_need_name")


@pytest.mark.parametrize(
    "junk",
    [
        {},
        {"id": "x"},
        {"id": "\x00", "rawId": "\x00", "type": "public-key", "response": {"clientDataJSON": "\x00"}},
        {"id": "A" * 2000, "rawId": "A", "type": "public-key", "response": {"clientDataJSON": "e30"}},
        {"id": "A", "rawId": "A", "type": "x", "response": {"clientDataJSON": "e30"}},
        {"id": "A", "rawId": "A", "type": "public-key", "response": {"clientDataJSON": "e30", "transports": [1]}},
        [],
        None,
        7,
    ],
)
async def test_junk_is_malformed_and_nothing_worse(login: Login, junk: object) -> None:
    mia = await login("user")
    offer = (await mia.post(f"{MFA}/passkeys/options", json={})).json()
    answer = await mia.post(f"{MFA}/passkeys", json={"token": offer["token"], "credential": junk})
    assert answer.status_code == 400


async def test_no_api_key_comes_near(login: Login) -> None:
    mia = await login("user", name="mia")
    made = await mia.post("/api/v1/api-keys", json={"name": "all", "scopes": ["*"]})
    assert made.status_code == 201, made.text
    mia.headers["Authorization"] = f"Bearer {made.json()['key']}"
    credential = {"id": "A", "rawId": "A", "type": "public-key", "response": {"clientDataJSON": "e30"}}
    body = {"type": "totp", "code": "1", "name": "x", "token": "x", "credential": credential}
    assert (await mia.get(f"{MFA}/methods")).json()["error"] == "key_scope"
    for method, path in (
        ("POST", "/setup"),
        ("POST", "/x/verify-setup"),
        ("POST", "/backup-codes"),
        ("DELETE", "/x"),
        ("PATCH", "/x"),
        ("POST", "/passkeys/options"),
        ("POST", "/passkeys"),
    ):
        answer = await mia.request(method, MFA + path, json=body)
        assert (answer.status_code, answer.json()["error"]) == (403, "key_scope"), path
