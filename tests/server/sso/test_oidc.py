"""Signing in through a real OpenID provider, npm's oidc-provider."""

from datetime import timedelta
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import select

from streamspace.server.core.http import Context
from streamspace.server.logins.models import Login
from streamspace.server.sso import jobs
from streamspace.server.sso.arrivals import Desk
from streamspace.server.sso.models import Identity
from tests.server.conftest import Login as SignIn
from tests.server.conftest import Served, client_of
from tests.server.sso.conftest import Browser, OpenIdProvider, error_of, form, oidc, openid_provider


@pytest.fixture
async def admin(login: SignIn) -> httpx2.AsyncClient:
    return await login("admin")


async def add(admin: httpx2.AsyncClient, body: dict[str, Any]) -> dict[str, Any]:
    answer = await admin.post("/api/v1/identity-providers", json=body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


class TestSigningIn:
    async def test_makes_the_person_and_signs_them_in(
        self, admin: httpx2.AsyncClient, provider: OpenIdProvider, browser: Browser
    ) -> None:
        await add(admin, oidc(provider))

        answer = await browser.sign_in(to="/sessions?view=list")

        assert answer.status_code == 303
        assert answer.headers["location"] == "/sessions?view=list"
        me = await browser.me()
        assert (me["username"], me["email"], me["fullName"]) == ("alice", "alice@acme.example", "Alice Example")
        assert (me["provider"], me["role"], me["orgRole"]) == ("oidc", "user", "user")

    async def test_again_is_the_same_person(
        self, admin: httpx2.AsyncClient, provider: OpenIdProvider, browser: Browser
    ) -> None:
        await add(admin, oidc(provider))
        await browser.sign_in()
        first = await browser.me()
        provider.change("alice", name="Alice Married", email="alice.married@acme.example")
        await browser.sign_in()
        assert (await browser.me())["id"] == first["id"]

    async def test_shows_the_provider_on_the_sign_in_page_until_it_is_switched_off(
        self, admin: httpx2.AsyncClient, provider: OpenIdProvider, http: httpx2.AsyncClient
    ) -> None:
        made = await add(admin, oidc(provider))
        shown = (await http.get("/api/v1/auth/providers")).json()
        assert shown["providers"] == [
            {
                "id": made["id"],
                "name": "acme",
                "displayName": "Acme",
                "kind": "oidc",
                "preset": "generic",
                "loginUrl": "/api/v1/auth/oidc/acme/login",
            }
        ]
        await admin.patch(f"/api/v1/identity-providers/{made['id']}", json={"enabled": False})
        assert (await http.get("/api/v1/auth/providers")).json()["providers"] == []
        assert (await http.get("/api/v1/auth/oidc/acme/login")).status_code == 404

    async def test_groups_become_groups_and_roles_and_follow_the_provider(
        self, admin: httpx2.AsyncClient, provider: OpenIdProvider, browser: Browser
    ) -> None:
        rules = [{"claim": "engineers", "groupName": "engineering"}, {"claim": "leads", "orgRole": "maintainer"}]
        await add(admin, oidc(provider, groupRules=rules))
        provider.change("alice", groups=["engineers", "leads"])
        await browser.sign_in()
        assert (await browser.me())["orgRole"] == "maintainer"
        groups = (await admin.get("/api/v1/groups")).json()["groups"]
        assert [(group["name"], group["memberCount"]) for group in groups] == [("engineering", 1)]

        provider.change("alice", groups=["leavers"])
        await browser.sign_in()

        assert (await browser.me())["orgRole"] == "user"
        assert (await admin.get("/api/v1/groups")).json()["groups"][0]["memberCount"] == 0

    async def test_only_allowed_domains_come_in(
        self, admin: httpx2.AsyncClient, provider: OpenIdProvider, browser: Browser
    ) -> None:
        await add(admin, oidc(provider, allowedDomains=["acme.example"]))
        assert error_of(await browser.sign_in(login="bob")) == "sso_not_admitted"

    async def test_an_unverified_address_does_not_count_as_of_its_domain(
        self, admin: httpx2.AsyncClient, provider: OpenIdProvider, browser: Browser
    ) -> None:
        await add(admin, oidc(provider, allowedDomains=["acme.example"]))
        assert error_of(await browser.sign_in(login="uma")) == "sso_email_not_verified"

    async def test_an_unverified_address_is_not_written_down(
        self, admin: httpx2.AsyncClient, provider: OpenIdProvider, browser: Browser
    ) -> None:
        await add(admin, oidc(provider))
        await browser.sign_in(login="uma")
        assert (await browser.me())["email"] != "uma@acme.example"

    async def test_nobody_is_made_where_that_is_off(
        self, admin: httpx2.AsyncClient, provider: OpenIdProvider, browser: Browser
    ) -> None:
        await add(admin, oidc(provider, jit=False))
        assert error_of(await browser.sign_in()) == "sso_not_admitted"

    async def test_a_local_account_is_not_taken_over_by_its_address(
        self, admin: httpx2.AsyncClient, provider: OpenIdProvider, browser: Browser
    ) -> None:
        made = await admin.post(
            "/api/v1/users",
            json={
                "username": "alice",
                "email": "alice@acme.example",
                "fullName": "Alice",
                "password": "correct horse battery",
            },
        )
        assert made.status_code == 201, made.text
        await add(admin, oidc(provider))
        assert error_of(await browser.sign_in()) == "sso_account_elsewhere"

    async def test_a_refusal_is_in_the_audit_log_with_its_reason(
        self, admin: httpx2.AsyncClient, provider: OpenIdProvider, browser: Browser
    ) -> None:
        await add(admin, oidc(provider, allowedDomains=["acme.example"]))
        await browser.sign_in(login="bob")
        logs = (await admin.get("/api/v1/admin/audit?action=login.refused")).json()["logs"]
        assert [(entry["outcome"], entry["code"]) for entry in logs] == [("denied", "sso_not_admitted")]

    async def test_who_declines_at_the_provider_is_told_so(
        self, admin: httpx2.AsyncClient, provider: OpenIdProvider, browser: Browser
    ) -> None:
        await add(admin, oidc(provider))
        begun = await browser.get("/api/v1/auth/oidc/acme/login")
        back = await browser.until_callback(begun.headers["location"])
        base, _, query = back.partition("?")
        declined = "&".join([*(p for p in query.split("&") if not p.startswith("code=")), "error=access_denied"])
        assert error_of(await browser.get(f"{base}?{declined}")) == "sso_denied"


class TestCookies:
    async def test_are_http_only_and_strict_and_the_one_for_the_way_is_lax(
        self, admin: httpx2.AsyncClient, provider: OpenIdProvider, browser: Browser
    ) -> None:
        await add(admin, oidc(provider))
        begun = await browser.get("/api/v1/auth/oidc/acme/login")
        away = begun.headers["set-cookie"]
        assert "HttpOnly" in away
        assert "SameSite=lax" in away
        back = await browser.get(await browser.until_callback(begun.headers["location"]))
        for cookie in back.headers.get_list("set-cookie"):
            assert "HttpOnly" in cookie
            assert "SameSite=strict" in cookie


class TestTheWayBack:
    """What comes back must be the answer to what this browser asked, once."""

    async def _callback(self, browser: Browser) -> str:
        begun = await browser.get("/api/v1/auth/oidc/acme/login?next=/sessions")
        return await browser.until_callback(begun.headers["location"])

    async def test_refuses_another_browser(
        self, admin: httpx2.AsyncClient, provider: OpenIdProvider, browser: Browser, app: FastAPI
    ) -> None:
        await add(admin, oidc(provider))
        back = await self._callback(browser)
        async with client_of(app) as stranger:
            assert error_of(await stranger.get(back)) == "sso_expired"

    async def test_refuses_a_second_time(
        self, admin: httpx2.AsyncClient, provider: OpenIdProvider, browser: Browser
    ) -> None:
        await add(admin, oidc(provider))
        back = await self._callback(browser)
        assert (await browser.get(back)).headers["location"] == "/sessions"
        assert error_of(await browser.get(back)) == "sso_expired"

    async def test_refuses_a_state_that_was_changed_or_is_missing(
        self, admin: httpx2.AsyncClient, provider: OpenIdProvider, browser: Browser
    ) -> None:
        await add(admin, oidc(provider))
        back = await self._callback(browser)
        for other in (back.replace("state=g", "state=h"), back.replace("state=", "stat=")):
            assert error_of(await browser.get(other)) == "sso_expired"

    async def test_refuses_an_answer_at_another_providers_address(
        self, admin: httpx2.AsyncClient, provider: OpenIdProvider, browser: Browser
    ) -> None:
        await add(admin, oidc(provider))
        await add(admin, oidc(provider, name="other"))
        back = (await self._callback(browser)).replace("/acme/", "/other/")
        assert error_of(await browser.get(back)) == "sso_expired"

    async def test_refuses_another_issuers_answer(
        self, admin: httpx2.AsyncClient, provider: OpenIdProvider, browser: Browser
    ) -> None:
        await add(admin, oidc(provider))
        base, _, query = (await self._callback(browser)).partition("?")
        kept = [pair for pair in query.split("&") if not pair.startswith("iss=")]
        assert len(kept) == len(query.split("&")) - 1
        for pairs in (kept, [*kept, "iss=https://evil.example"]):
            begun = await self._callback(browser)
            fresh = [pair for pair in begun.partition("?")[2].split("&") if not pair.startswith("iss=")]
            added = [pair for pair in pairs if pair.startswith("iss=")]
            assert error_of(await browser.get(f"{base}?{'&'.join([*fresh, *added])}")) == "sso_refused"

    async def test_refuses_another_code(
        self, admin: httpx2.AsyncClient, provider: OpenIdProvider, browser: Browser
    ) -> None:
        await add(admin, oidc(provider))
        base, _, query = (await self._callback(browser)).partition("?")
        other = "&".join("code=stolen" if pair.startswith("code=") else pair for pair in query.split("&"))
        assert error_of(await browser.get(f"{base}?{other}")) == "sso_denied"

    async def test_refuses_a_wrong_client_secret_without_saying_so_to_the_person(
        self, admin: httpx2.AsyncClient, provider: OpenIdProvider, browser: Browser
    ) -> None:
        await add(admin, oidc(provider, clientSecret="not the one that was agreed upon"))
        assert error_of(await browser.sign_in()) == "sso_unreachable"

    async def test_goes_nowhere_else(
        self, admin: httpx2.AsyncClient, provider: OpenIdProvider, browser: Browser
    ) -> None:
        await add(admin, oidc(provider))
        for to in ("https://evil.example", "//evil.example", "/%5Cevil.example", "/api/v1/auth/logout"):
            answer = await browser.sign_in(to=to)
            assert answer.headers["location"] == "/", to


async def _open_logins(context: Context) -> list[Login]:
    async with context.database.work(write=False) as uow:
        found = await uow.db.execute(select(Login).where(Login.revoked_at.is_(None), Login.method == "oidc"))
        return list(found.scalars())


class TestAskingAgain:
    async def _later(self, context: Context) -> None:
        async with context.database.work() as uow:
            for identity in (await uow.db.execute(select(Identity))).scalars():
                identity.last_checked_at = uow.now() - timedelta(days=100)
        await jobs.Rechecks(context.settings, context.database, context.part(Desk)).run()

    async def test_keeps_who_may_still_come_in_and_takes_over_new_groups(
        self, admin: httpx2.AsyncClient, provider: OpenIdProvider, browser: Browser, context: Context
    ) -> None:
        await add(admin, oidc(provider, groupRules=[{"claim": "leads", "orgRole": "maintainer"}]))
        await browser.sign_in()
        assert (await browser.me())["orgRole"] == "user"
        provider.change("alice", groups=["leads"])
        await self._later(context)
        assert (await browser.me())["orgRole"] == "maintainer"
        await self._later(context)
        assert len(await _open_logins(context)) == 1

    async def test_ends_the_logins_of_who_may_not(
        self, admin: httpx2.AsyncClient, provider: OpenIdProvider, browser: Browser, context: Context
    ) -> None:
        await add(admin, oidc(provider))
        await browser.sign_in()
        provider.change("alice", disabled=True)
        await self._later(context)
        assert await _open_logins(context) == []
        assert (await browser.ours.get("/api/v1/users/me")).status_code == 401

    async def test_ends_the_logins_of_who_no_longer_fits_the_rules(
        self, admin: httpx2.AsyncClient, provider: OpenIdProvider, browser: Browser, context: Context
    ) -> None:
        made = await add(admin, oidc(provider))
        await browser.sign_in()
        place = f"/api/v1/identity-providers/{made['id']}"
        assert (await admin.patch(place, json={"allowedDomains": ["elsewhere.example"]})).status_code == 200
        await self._later(context)
        assert await _open_logins(context) == []

    async def test_a_provider_that_is_away_ends_nothing_at_first(
        self, admin: httpx2.AsyncClient, provider: OpenIdProvider, browser: Browser, context: Context
    ) -> None:
        made = await add(admin, oidc(provider))
        await browser.sign_in()
        context.part(Desk).directory._places.clear()
        async with context.database.work() as uow:
            (identity,) = (await uow.db.execute(select(Identity))).scalars()
            identity.last_checked_at = uow.now() - timedelta(hours=1)
        place = f"/api/v1/identity-providers/{made['id']}"
        patch = {"clientSecret": "no longer the one that was agreed"}
        assert (await admin.patch(place, json=patch)).status_code == 200
        await jobs.Rechecks(context.settings, context.database, context.part(Desk)).run()
        assert len(await _open_logins(context)) == 1
        await self._later(context)
        assert await _open_logins(context) == []


class TestTheEnd:
    @pytest.mark.parametrize("how", ["off", "deleted", "another issuer"])
    async def test_of_a_provider_ends_its_logins(
        self, how: str, admin: httpx2.AsyncClient, provider: OpenIdProvider, browser: Browser, context: Context
    ) -> None:
        made = await add(admin, oidc(provider))
        await browser.sign_in()
        place = f"/api/v1/identity-providers/{made['id']}"
        patch = {"issuer": "http://localhost:1", "clientSecret": "x"}
        if how == "deleted":
            answer = await admin.delete(place)
        else:
            answer = await admin.patch(place, json={"enabled": False} if how == "off" else patch)
        assert answer.status_code in {200, 204}, answer.text
        assert await _open_logins(context) == []

    async def test_says_where_to_sign_out_at_the_provider(
        self, admin: httpx2.AsyncClient, provider: OpenIdProvider, browser: Browser
    ) -> None:
        await add(admin, oidc(provider))
        await browser.sign_in()
        url = (await browser.ours.get("/api/v1/auth/logout-url")).json()["url"]
        assert url.startswith(f"{provider.issuer}/session/end?")
        page = await browser.get(url)
        assert page.status_code == 200
        assert (await admin.get("/api/v1/auth/logout-url")).json()["url"] is None

    async def test_the_provider_ends_logins_through_the_back_channel(self, served: Served, enter: SignIn) -> None:
        back = f"{served.url}/api/v1/auth/oidc/acme/backchannel-logout"
        async with (
            httpx2.AsyncClient(base_url=served.url, timeout=20) as ours,
            httpx2.AsyncClient(timeout=20) as theirs,
        ):
            with openid_provider(backchannel_logout_uri=back) as running:
                await add(await enter("admin"), oidc(running))
                browser = Browser(ours, theirs)
                await browser.sign_in()
                assert len(await _open_logins(served.context)) == 1

                place, fields = form(await browser.get(f"{running.issuer}/session/end?client_id=streamspace"))
                await browser.post(place, fields | {"logout": "yes"})

                assert await _open_logins(served.context) == []
                assert (await ours.get("/api/v1/users/me")).status_code == 401

    async def test_somebody_elses_logout_token_ends_nothing(
        self, admin: httpx2.AsyncClient, provider: OpenIdProvider, browser: Browser
    ) -> None:
        await add(admin, oidc(provider))
        for body in ("logout_token=eyJhbGciOiJub25lIn0.e30.", "logout_token=", "", "logout_token=a&logout_token=b"):
            answer = await browser.ours.post(
                "/api/v1/auth/oidc/acme/backchannel-logout",
                content=body,
                headers={"content-type": "application/x-www-form-urlencoded"},
            )
            assert answer.status_code == 400, body
