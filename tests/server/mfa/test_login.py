"""Signing in with second factors, over HTTP."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest
from sqlalchemy import update

from streamspace.server.core.http import Context
from streamspace.server.core.settings import Settings
from streamspace.server.mfa.models import CodeGuesses
from streamspace.server.organizations.models import Organization
from streamspace.server.users.models import User
from tests.server import people
from tests.server.mfa.authenticator import Authenticator
from tests.server.mfa.test_routes import MFA, code_of

AUTH = "/api/v1/auth"
Login = Callable[..., Awaitable[httpx2.AsyncClient]]


@dataclass
class Enrolled:
    """Somebody with an authenticator app."""

    id: str
    name: str
    client: httpx2.AsyncClient
    secret: str
    backup_codes: list[str]


async def enrol(client: httpx2.AsyncClient, name: str) -> Enrolled:
    made = (await client.post(f"{MFA}/setup", json={"type": "totp"})).json()
    # With the code of the step before this one, so that this one's is left for a sign-in.
    done = await client.post(f"{MFA}/{made['id']}/verify-setup", json={"code": code_of(made["secret"], -1)})
    assert done.status_code == 200, done.text
    me = (await client.get("/api/v1/users/me")).json()
    return Enrolled(me["id"], name, client, made["secret"], done.json()["backupCodes"])


async def add_passkey(client: httpx2.AsyncClient, key: Authenticator) -> None:
    offer = (await client.post(f"{MFA}/passkeys/options", json={})).json()
    added = await client.post(
        f"{MFA}/passkeys", json={"token": offer["token"], "credential": key.create(offer["options"])}
    )
    assert added.status_code == 201, added.text


@pytest.fixture
async def mia(login: Login) -> Enrolled:
    return await enrol(await login("user", name="mia"), "mia")


@pytest.fixture
def key(settings: Settings) -> Authenticator:
    return Authenticator(settings.resolved_public_url)


async def begin(http: httpx2.AsyncClient, name: str = "mia") -> dict[str, Any]:
    answer = await http.post(f"{AUTH}/login", json={"username": name, "password": people.PASSWORD})
    assert (answer.status_code, answer.json()["error"]) == (401, "mfa_required"), answer.text
    assert not answer.cookies
    found: dict[str, Any] = answer.json()["details"]
    return found


async def give(http: httpx2.AsyncClient, token: str, code: str) -> httpx2.Response:
    return await http.post(f"{AUTH}/mfa", json={"mfaToken": token, "code": code})


def refusal(answer: httpx2.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]


async def who_is(http: httpx2.AsyncClient, answer: httpx2.Response) -> str:
    assert answer.status_code == 200, answer.text
    me = await http.get("/api/v1/users/me", headers={"Authorization": f"Bearer {answer.json()['token']}"})
    return str(me.json()["username"])


class TestCode:
    async def test_after_the_password_comes_the_code(self, http: httpx2.AsyncClient, mia: Enrolled) -> None:
        half = await begin(http)
        assert set(half) == {"mfaToken", "methods"}
        assert half["methods"] == ["totp", "backup"]
        answer = await give(http, half["mfaToken"], code_of(mia.secret))
        assert await who_is(http, answer) == "mia"
        assert answer.json()["mfaEnrolmentRequired"] is False
        http.headers["Authorization"] = f"Bearer {answer.json()['token']}"
        (current,) = [one for one in (await http.get(f"{AUTH}/logins")).json()["logins"] if one["current"]]
        assert current["method"] == "password+mfa"

    async def test_what_half_a_sign_in_got_opens_nothing(self, http: httpx2.AsyncClient, mia: Enrolled) -> None:
        token = (await begin(http))["mfaToken"]
        http.headers["Authorization"] = f"Bearer {token}"
        assert (await http.get("/api/v1/users/me")).status_code == 401
        assert (await http.post(f"{AUTH}/refresh", json={"refreshToken": token})).status_code == 401

    async def test_a_code_signs_in_once(self, http: httpx2.AsyncClient, mia: Enrolled) -> None:
        code = code_of(mia.secret)
        assert (await give(http, (await begin(http))["mfaToken"], code)).status_code == 200
        assert refusal(await give(http, (await begin(http))["mfaToken"], code)) == (401, "wrong_code")

    async def test_half_a_sign_in_is_finished_once(self, http: httpx2.AsyncClient, mia: Enrolled) -> None:
        token = (await begin(http))["mfaToken"]
        assert (await give(http, token, mia.backup_codes[0])).status_code == 200
        assert refusal(await give(http, token, mia.backup_codes[1])) == (401, "mfa_expired")
        assert refusal(await give(http, "0" * 64, mia.backup_codes[1])) == (401, "mfa_expired")

    async def test_a_backup_code_signs_in_once(self, http: httpx2.AsyncClient, mia: Enrolled) -> None:
        code = mia.backup_codes[0]
        assert (await give(http, (await begin(http))["mfaToken"], code)).status_code == 200
        assert refusal(await give(http, (await begin(http))["mfaToken"], code)) == (401, "wrong_code")

    async def test_somebody_elses_code_does_not(self, http: httpx2.AsyncClient, login: Login, mia: Enrolled) -> None:
        bob = await enrol(await login("user", name="bob"), "bob")
        token = (await begin(http, "mia"))["mfaToken"]
        for code in (code_of(bob.secret), bob.backup_codes[0]):
            assert refusal(await give(http, token, code)) == (401, "wrong_code")

    async def test_codes_cannot_be_guessed(self, http: httpx2.AsyncClient, context: Context, mia: Enrolled) -> None:
        token = (await begin(http))["mfaToken"]
        for _ in range(5):
            assert refusal(await give(http, token, "0000")) == (401, "wrong_code")
        # Neither a new half sign-in nor another replica helps: the database counts.
        fresh = (await begin(http))["mfaToken"]
        refused = await give(http, fresh, code_of(mia.secret))
        assert refusal(refused) == (429, "too_many_attempts")
        assert 1 <= int(refused.headers["Retry-After"]) <= 30
        async with context.database.work() as uow:
            await uow.db.execute(update(CodeGuesses).values(wait_until=uow.now()))
        assert (await give(http, fresh, code_of(mia.secret))).status_code == 200

    async def test_a_wrong_password_looks_like_anybodys(self, http: httpx2.AsyncClient, mia: Enrolled) -> None:
        answers = [
            await http.post(f"{AUTH}/login", json={"username": name, "password": "wrong password"})
            for name in ("mia", "nobody")
        ]
        assert refusal(answers[0]) == refusal(answers[1]) == (401, "invalid_credentials")

    async def test_who_was_switched_off_meanwhile_stays_out(
        self, http: httpx2.AsyncClient, context: Context, mia: Enrolled
    ) -> None:
        token = (await begin(http))["mfaToken"]
        async with context.database.work() as uow:
            await uow.db.execute(update(User).where(User.id == mia.id).values(active=False))
        assert refusal(await give(http, token, code_of(mia.secret))) == (403, "account_inactive")

    async def test_a_browser_gets_cookies_only_after_the_code(self, http: httpx2.AsyncClient, mia: Enrolled) -> None:
        body = {"username": "mia", "password": people.PASSWORD, "cookie": True}
        half = await http.post(f"{AUTH}/login", json=body)
        assert not half.cookies
        token = half.json()["details"]["mfaToken"]
        foreign = await http.post(
            f"{AUTH}/mfa",
            json={"mfaToken": token, "code": mia.backup_codes[0], "cookie": True},
            headers={"Origin": "https://evil.example"},
        )
        assert refusal(foreign) == (403, "foreign_origin")
        whole = await http.post(f"{AUTH}/mfa", json={"mfaToken": token, "code": mia.backup_codes[0], "cookie": True})
        assert whole.json().get("token") is None
        assert {name.removeprefix("__Host-") for name in whole.cookies} == {"streamspace_login", "streamspace_refresh"}

    @pytest.mark.parametrize("body", [{}, {"code": ""}, {"token": "x"}, {"credential": {}}, {"code": "\x00"}])
    async def test_junk_does_not_break_it(self, http: httpx2.AsyncClient, mia: Enrolled, body: dict[str, Any]) -> None:
        token = (await begin(http))["mfaToken"]
        answer = await http.post(f"{AUTH}/mfa", json={"mfaToken": token, **body})
        assert answer.status_code in {400, 401}


class TestPasskey:
    async def options(self, http: httpx2.AsyncClient, path: str, **body: Any) -> dict[str, Any]:
        answer = await http.post(f"{AUTH}{path}/options" if path == "/passkey" else f"{AUTH}{path}", json=body)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def alone(self, http: httpx2.AsyncClient, key: Authenticator, **lies: Any) -> httpx2.Response:
        asked = await self.options(http, "/passkey")
        answer = key.get(asked["options"], **lies)
        return await http.post(f"{AUTH}/passkey", json={"token": asked["token"], "credential": answer})

    async def second(self, http: httpx2.AsyncClient, key: Authenticator, **lies: Any) -> httpx2.Response:
        half = await begin(http)
        assert "webauthn" in half["methods"]
        asked = await self.options(http, "/mfa/passkey-options", mfaToken=half["mfaToken"])
        answer = key.get(asked["options"], **lies)
        return await http.post(
            f"{AUTH}/mfa", json={"mfaToken": half["mfaToken"], "token": asked["token"], "credential": answer}
        )

    async def test_is_a_second_factor_and_a_sole_login(
        self, http: httpx2.AsyncClient, login: Login, key: Authenticator
    ) -> None:
        await add_passkey(await login("user", name="mia"), key)
        assert await who_is(http, await self.second(http, key)) == "mia"
        assert await who_is(http, await self.alone(http, key)) == "mia"

    async def test_an_unverified_one_is_a_second_factor_only(
        self, http: httpx2.AsyncClient, login: Login, key: Authenticator
    ) -> None:
        key.verifies = False
        await add_passkey(await login("user", name="mia"), key)
        assert (await self.second(http, key)).status_code == 200
        assert refusal(await self.alone(http, key)) == (401, "wrong_code")

    async def test_an_answer_to_the_other_question_is_none(
        self, http: httpx2.AsyncClient, login: Login, key: Authenticator
    ) -> None:
        await add_passkey(await login("user", name="mia"), key)
        half = await begin(http)
        asked = await self.options(http, "/mfa/passkey-options", mfaToken=half["mfaToken"])
        answer = key.get(asked["options"])
        alone = await http.post(f"{AUTH}/passkey", json={"token": asked["token"], "credential": answer})
        assert refusal(alone) == (401, "wrong_code")

    async def test_a_copied_one_is_refused(self, http: httpx2.AsyncClient, login: Login, key: Authenticator) -> None:
        await add_passkey(await login("user", name="mia"), key)
        assert (await self.alone(http, key)).status_code == 200
        key.passkeys[0].count = 0
        assert refusal(await self.alone(http, key)) == (401, "wrong_code")

    async def test_another_sites_page_gets_nothing(
        self, http: httpx2.AsyncClient, login: Login, key: Authenticator
    ) -> None:
        await add_passkey(await login("user", name="mia"), key)
        assert refusal(await self.alone(http, key, origin="https://evil.example")) == (401, "wrong_code")

    async def test_who_signs_in_elsewhere_does_so_first(
        self, http: httpx2.AsyncClient, login: Login, context: Context, key: Authenticator
    ) -> None:
        await add_passkey(await login("user", name="mia"), key)
        async with context.database.work() as uow:
            await uow.db.execute(update(User).where(User.username == "mia").values(provider="oidc"))
        assert refusal(await self.alone(http, key)) == (403, "single_sign_on_required")

    async def test_who_was_switched_off_stays_out(
        self, http: httpx2.AsyncClient, login: Login, context: Context, key: Authenticator
    ) -> None:
        await add_passkey(await login("user", name="mia"), key)
        async with context.database.work() as uow:
            await uow.db.execute(update(User).where(User.username == "mia").values(active=False))
        assert refusal(await self.alone(http, key)) == (403, "account_inactive")

    @pytest.mark.parametrize("junk", [{}, {"id": 1}, {"id": "\x00"}, {"id": "A", "response": 7}])
    async def test_junk_is_refused(self, http: httpx2.AsyncClient, junk: dict[str, Any]) -> None:
        asked = await self.options(http, "/passkey")
        answer = await http.post(f"{AUTH}/passkey", json={"token": asked["token"], "credential": junk})
        assert refusal(answer) == (401, "wrong_code")


class TestRequired:
    @pytest.fixture(autouse=True)
    async def _required(self, context: Context) -> None:
        async with context.database.work() as uow:
            await uow.db.execute(update(Organization).values(require_mfa=True))

    async def sign_in(self, http: httpx2.AsyncClient, name: str) -> dict[str, Any]:
        answer = await http.post(f"{AUTH}/login", json={"username": name, "password": people.PASSWORD})
        assert answer.status_code == 200, answer.text
        http.headers["Authorization"] = f"Bearer {answer.json()['token']}"
        found: dict[str, Any] = answer.json()
        return found

    async def test_who_has_none_can_only_set_one_up_and_then_do_all(
        self, http: httpx2.AsyncClient, login: Login
    ) -> None:
        await login("user", name="mia")
        issued = await self.sign_in(http, "mia")
        assert issued["mfaEnrolmentRequired"] is True
        assert (await http.get("/api/v1/users/me")).status_code == 200
        assert (await http.get(f"{MFA}/methods")).json()["required"] is True
        for path in ("sessions", "templates", "users", "api-keys", "organizations", "groups"):
            assert refusal(await http.get(f"/api/v1/{path}")) == (403, "mfa_enrolment_required"), path
        assert (await http.post("/api/v1/api-keys", json={"name": "x", "scopes": ["*"]})).status_code == 403

        await enrol(http, "mia")
        again = await http.post(f"{AUTH}/refresh", json={"refreshToken": issued["refreshToken"]})
        assert again.json()["mfaEnrolmentRequired"] is False
        http.headers["Authorization"] = f"Bearer {again.json()['token']}"
        assert (await http.get("/api/v1/sessions")).status_code == 200

    async def test_a_sign_in_that_never_showed_the_factor_stays_shut(
        self, http: httpx2.AsyncClient, login: Login
    ) -> None:
        other = await login("user", name="mia")
        issued = await self.sign_in(http, "mia")
        await enrol(other, "mia")
        again = await http.post(f"{AUTH}/refresh", json={"refreshToken": issued["refreshToken"]})
        assert again.json()["mfaEnrolmentRequired"] is True
        http.headers["Authorization"] = f"Bearer {again.json()['token']}"
        assert (await http.get("/api/v1/sessions")).status_code == 403
        # Nor does it make itself one beside the one there is.
        body = {"type": "totp", "password": people.PASSWORD}
        assert refusal(await http.post(f"{MFA}/setup", json=body)) == (403, "reauthentication_required")

    async def test_the_last_one_stays(self, http: httpx2.AsyncClient, login: Login) -> None:
        mia = await enrol(await login("user", name="mia"), "mia")
        again = await give(http, (await begin(http))["mfaToken"], code_of(mia.secret))
        http.headers["Authorization"] = f"Bearer {again.json()['token']}"
        (method,) = (await http.get(f"{MFA}/methods")).json()["methods"]
        refused = await http.request("DELETE", f"{MFA}/{method['id']}", json={"password": people.PASSWORD})
        assert refusal(refused) == (409, "last_mfa_method")


class TestReset:
    async def test_an_administrator_lets_somebody_in_who_lost_everything(
        self, http: httpx2.AsyncClient, login: Login, mia: Enrolled
    ) -> None:
        boss = await login("admin", name="boss")
        assert (await boss.delete(f"/api/v1/users/{mia.id}/mfa")).status_code == 204
        answer = await http.post(f"{AUTH}/login", json={"username": "mia", "password": people.PASSWORD})
        assert answer.status_code == 200

    async def test_nobody_else_does(self, login: Login, mia: Enrolled) -> None:
        for who in ({"name": "bob"}, {"name": "eve", "org": "other", "org_role": "org_admin"}):
            bob = await login("user", **who)
            assert (await bob.delete(f"/api/v1/users/{mia.id}/mfa")).status_code in {403, 404}
        await begin(await login("user", name="carl"), "mia")
