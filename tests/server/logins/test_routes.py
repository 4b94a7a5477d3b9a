from datetime import timedelta

import httpx2
import pytest
from sqlalchemy import select

from streamspace.kit.clock import FakeClock
from streamspace.server.core.http import Context
from streamspace.server.gateways.models import Revocation
from streamspace.server.logins.models import Login as LoginRow
from streamspace.server.users.models import User
from tests.server import people
from tests.server.conftest import Login

PORTAL = "http://desk.test"
MIA = select(User).where(User.username == "mia")


@pytest.fixture(autouse=True)
async def _mia(context: Context) -> None:
    async with context.database.work() as uow:
        await people.add(uow, "mia")


async def sign_in(
    http: httpx2.AsyncClient, name: str = "mia", password: str = people.PASSWORD, **more: object
) -> httpx2.Response:
    return await http.post("/api/v1/auth/login", json={"username": name, "password": password, **more})


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def me(http: httpx2.AsyncClient, token: str) -> int:
    return (await http.get("/api/v1/users/me", headers=bearer(token))).status_code


class TestLogin:
    async def test_answers_with_tokens_that_work_and_the_person(self, http: httpx2.AsyncClient) -> None:
        answer = (await sign_in(http)).json()
        assert answer["user"]["username"] == "mia"
        assert answer["refreshToken"]
        assert await me(http, answer["token"]) == 200

    async def test_remembers_when_the_person_last_came(self, http: httpx2.AsyncClient) -> None:
        await sign_in(http)
        assert (await sign_in(http)).json()["user"]["lastLogin"]

    async def test_an_unknown_name_is_answered_as_a_wrong_password(self, http: httpx2.AsyncClient) -> None:
        wrong, unknown = await sign_in(http, password="wrong"), await sign_in(http, name="nobody")
        assert wrong.status_code == unknown.status_code == 401
        assert {**wrong.json(), "requestId": 0} == {**unknown.json(), "requestId": 0}
        assert wrong.json()["error"] == "invalid_credentials"

    async def test_too_many_wrong_passwords_must_wait(self, http: httpx2.AsyncClient, context: Context) -> None:
        for _ in range(context.settings.login_attempts):
            assert (await sign_in(http, password="wrong")).status_code == 401
        refused = await sign_in(http)
        assert (refused.status_code, refused.json()["error"]) == (429, "too_many_attempts")
        assert 0 < int(refused.headers["retry-after"]) <= 60

    async def test_one_names_failures_do_not_lock_out_another(self, http: httpx2.AsyncClient, context: Context) -> None:
        for _ in range(context.settings.login_attempts):
            await sign_in(http, name="nobody", password="wrong")
        assert (await sign_in(http)).status_code == 200

    async def test_case_does_not_buy_another_try(self, http: httpx2.AsyncClient, context: Context) -> None:
        for n in range(context.settings.login_attempts):
            await sign_in(http, name="mia" if n % 2 else "MIA", password="wrong")
        assert (await sign_in(http)).status_code == 429

    async def test_who_is_switched_off_does_not_get_in(self, http: httpx2.AsyncClient, context: Context) -> None:
        async with context.database.work() as uow:
            (await uow.db.execute(MIA)).scalar_one().active = False
        refused = await sign_in(http)
        assert (refused.status_code, refused.json()["error"]) == (403, "account_inactive")
        assert (await sign_in(http, password="wrong")).status_code == 401

    @pytest.mark.parametrize(
        "body",
        [{}, {"username": "mia"}, {"username": "", "password": "x"}, {"username": "mia", "password": "x" * 2000}],
    )
    async def test_malformed_input_is_a_bad_request(self, http: httpx2.AsyncClient, body: dict[str, str]) -> None:
        assert (await http.post("/api/v1/auth/login", json=body)).status_code == 400

    async def test_a_name_with_a_nul_is_a_bad_request_or_unknown(self, http: httpx2.AsyncClient) -> None:
        assert (await sign_in(http, name="mi\0a")).status_code in {400, 401}


class TestCookies:
    async def test_a_cookie_login_keeps_tokens_away_from_scripts(self, http: httpx2.AsyncClient) -> None:
        answer = await sign_in(http, cookie=True)
        assert not {"token", "refreshToken"} & {key for key, value in answer.json().items() if value}
        cookies = answer.headers.get_list("set-cookie")
        assert {cookie.split("=")[0] for cookie in cookies} == {"streamspace_login", "streamspace_refresh"}
        for cookie in cookies:
            flags = {part.strip().lower() for part in cookie.split(";")[1:]}
            assert {"httponly", "samesite=strict", "path=/"} <= flags

    async def test_the_cookie_is_a_login(self, http: httpx2.AsyncClient) -> None:
        await sign_in(http, cookie=True)
        assert (await http.get("/api/v1/users/me")).json()["username"] == "mia"

    async def test_a_foreign_page_may_not_use_it_to_change_anything(self, http: httpx2.AsyncClient) -> None:
        await sign_in(http, cookie=True)
        for headers in ({"Origin": "https://evil.test"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
            refused = await http.post("/api/v1/auth/logout", headers=headers)
            assert (refused.status_code, refused.json()["error"]) == (403, "foreign_origin")
        assert (await http.post("/api/v1/auth/logout", headers={"Origin": PORTAL})).status_code == 204

    async def test_a_foreign_page_may_not_sign_in_by_cookie(self, http: httpx2.AsyncClient) -> None:
        answer = await http.post(
            "/api/v1/auth/login",
            json={"username": "mia", "password": people.PASSWORD, "cookie": True},
            headers={"Origin": "https://evil.test"},
        )
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers

    async def test_a_token_of_ones_own_is_not_bound_to_an_origin(self, http: httpx2.AsyncClient) -> None:
        token = (await sign_in(http)).json()["token"]
        headers = {**bearer(token), "Origin": "https://elsewhere.test"}
        assert (await http.post("/api/v1/auth/logout", headers=headers)).status_code == 204

    async def test_signing_out_drops_the_cookies(self, http: httpx2.AsyncClient) -> None:
        await sign_in(http, cookie=True)
        await http.post("/api/v1/auth/logout", headers={"Origin": PORTAL})
        assert not http.cookies
        assert (await http.get("/api/v1/users/me")).status_code == 401

    async def test_the_refresh_cookie_renews_without_a_body(self, http: httpx2.AsyncClient) -> None:
        await sign_in(http, cookie=True)
        before = http.cookies["streamspace_refresh"]
        renewed = await http.post("/api/v1/auth/refresh", json={}, headers={"Origin": PORTAL})
        assert renewed.status_code == 200
        assert not renewed.json().get("token")
        assert http.cookies["streamspace_refresh"] != before


class TestRefresh:
    async def test_hands_out_a_new_pair(self, http: httpx2.AsyncClient) -> None:
        first = (await sign_in(http)).json()
        second = (await http.post("/api/v1/auth/refresh", json={"refreshToken": first["refreshToken"]})).json()
        assert second["refreshToken"] != first["refreshToken"]
        assert await me(http, second["token"]) == 200

    async def test_two_tabs_may_refresh_at_once(self, http: httpx2.AsyncClient) -> None:
        first = (await sign_in(http)).json()
        one = (await http.post("/api/v1/auth/refresh", json={"refreshToken": first["refreshToken"]})).json()
        other = (await http.post("/api/v1/auth/refresh", json={"refreshToken": first["refreshToken"]})).json()
        assert await me(http, other["token"]) == 200
        # Only one of them has the next refresh token, so that it cannot later look stolen.
        assert other.get("refreshToken") is None
        again = await http.post("/api/v1/auth/refresh", json={"refreshToken": one["refreshToken"]})
        assert again.status_code == 200

    async def test_an_old_token_after_the_grace_ends_the_login_for_good(
        self, http: httpx2.AsyncClient, context: Context, clock: FakeClock
    ) -> None:
        first = (await sign_in(http)).json()
        context.database.clock = clock
        second = (await http.post("/api/v1/auth/refresh", json={"refreshToken": first["refreshToken"]})).json()
        clock.advance(timedelta(seconds=31))
        stolen = await http.post("/api/v1/auth/refresh", json={"refreshToken": first["refreshToken"]})
        assert (stolen.status_code, stolen.json()["error"]) == (401, "refresh_token_reused")
        async with context.database.work(write=False) as uow:
            assert (await uow.db.execute(select(LoginRow))).scalar_one().revoked_at is not None
            assert (await uow.db.execute(select(Revocation))).scalar_one().kind == "login"
        assert await me(http, second["token"]) == 401
        newest = await http.post("/api/v1/auth/refresh", json={"refreshToken": second["refreshToken"]})
        assert newest.status_code == 401

    @pytest.mark.parametrize("body", [{}, {"refreshToken": "x" * 64}])
    async def test_no_token_or_an_unknown_one_is_refused(self, http: httpx2.AsyncClient, body: dict[str, str]) -> None:
        assert (await http.post("/api/v1/auth/refresh", json=body)).status_code == 401

    async def test_a_login_that_was_not_used_for_its_lifetime_is_over(
        self, http: httpx2.AsyncClient, context: Context, clock: FakeClock
    ) -> None:
        first = (await sign_in(http)).json()
        clock.advance(context.settings.login_lifetime + timedelta(seconds=5))
        context.database.clock = clock
        answer = await http.post("/api/v1/auth/refresh", json={"refreshToken": first["refreshToken"]})
        assert answer.status_code == 401
        assert await me(http, first["token"]) == 401


class TestLogout:
    async def test_the_token_is_refused_from_then_on(self, login: Login) -> None:
        mia = await login(name="mia")
        assert (await mia.post("/api/v1/auth/logout")).status_code == 204
        assert (await mia.get("/api/v1/users/me")).status_code == 401

    async def test_the_refresh_token_too(self, http: httpx2.AsyncClient) -> None:
        answer = (await sign_in(http)).json()
        await http.post("/api/v1/auth/logout", headers=bearer(answer["token"]))
        again = await http.post("/api/v1/auth/refresh", json={"refreshToken": answer["refreshToken"]})
        assert again.status_code == 401

    async def test_other_logins_of_the_person_go_on(self, login: Login) -> None:
        here, there = await login(name="mia"), await login(name="mia")
        await here.post("/api/v1/auth/logout")
        assert (await there.get("/api/v1/users/me")).status_code == 200


class TestAuthenticate:
    @pytest.mark.parametrize(
        "header", ["Bearer", "Bearer ", "Bearer x.y.z", "Basic bWlhOm1pYQ==", "Bearer " + "a" * 5000, "bearer\tx"]
    )
    async def test_what_is_no_token_of_ours_is_refused(self, http: httpx2.AsyncClient, header: str) -> None:
        refused = await http.get("/api/v1/users/me", headers={"Authorization": header})
        assert (refused.status_code, refused.json()["error"]) == (401, "unauthenticated")

    async def test_a_token_signed_by_somebody_else_is_refused(self, http: httpx2.AsyncClient, context: Context) -> None:
        import jwt

        claims = jwt.decode((await sign_in(http)).json()["token"], options={"verify_signature": False})
        assert await me(http, jwt.encode(claims, "z" * 40, algorithm="HS256")) == 401
        assert await me(http, jwt.encode(claims, None, algorithm="none")) == 401
        # What gateways sign tickets with must not sign logins.
        secret = context.settings.gateway_secret.get_secret_value()
        assert await me(http, jwt.encode(claims, secret, algorithm="HS256")) == 401

    async def test_who_is_switched_off_is_refused_at_the_next_request(self, login: Login, context: Context) -> None:
        mia = await login(name="mia")
        async with context.database.work() as uow:
            (await uow.db.execute(MIA)).scalar_one().active = False
        assert (await mia.get("/api/v1/users/me")).json()["error"] == "account_inactive"

    async def test_a_role_that_changed_counts_at_the_next_request(self, login: Login, context: Context) -> None:
        mia = await login(name="mia")
        assert (await mia.get("/api/v1/agents")).status_code == 403
        async with context.database.work() as uow:
            (await uow.db.execute(MIA)).scalar_one().role = "admin"
        assert (await mia.get("/api/v1/agents")).status_code == 200
