"""Who may set up providers, and what with."""

from typing import Any

import httpx2
import pytest

from streamspace.server.core import auth
from streamspace.server.core.fetch import Fetched, fetch
from streamspace.server.core.http import Context
from streamspace.server.sso import clients
from streamspace.server.sso.models import IdentityProvider
from streamspace.server.sso.presets import PRESETS
from streamspace.server.users import service as users
from tests.server.conftest import Login as SignIn
from tests.server.sso.conftest import Browser, OpenIdProvider, error_of, oidc
from tests.server.sso.test_oidc import add

PLACE = "/api/v1/identity-providers"
PLAIN: dict[str, Any] = {"name": "acme", "kind": "oidc", "issuer": "https://idp.example.org", "clientId": "us"}


@pytest.fixture
async def admin(login: SignIn) -> httpx2.AsyncClient:
    return await login("admin")


@pytest.fixture
async def org_admin(login: SignIn) -> httpx2.AsyncClient:
    return await login("user", name="olivia", org="org-a", org_role="org_admin")


class TestWho:
    async def test_an_organisations_administrator_sets_up_its_own(self, org_admin: httpx2.AsyncClient) -> None:
        made = await add(org_admin, PLAIN)
        assert (made["orgId"], made["managedBy"]) == ("org-a", "org")
        assert made["addresses"]["redirectUri"] == "http://desk.test/api/v1/auth/oidc/acme/callback"

    @pytest.mark.parametrize("role", ["viewer", "user", "maintainer"])
    async def test_others_may_not(self, login: SignIn, role: str) -> None:
        client = await login("user", name="una", org="org-a", org_role=role)
        assert (await client.get(PLACE)).status_code == 403
        assert (await client.post(PLACE, json=PLAIN)).status_code == 403

    async def test_another_organisations_is_not_there(self, org_admin: httpx2.AsyncClient, login: SignIn) -> None:
        made = await add(org_admin, PLAIN)
        stranger = await login("user", name="sam", org="org-b", org_role="org_admin")
        place = f"{PLACE}/{made['id']}"
        assert (await stranger.get(PLACE)).json()["total"] == 0
        for answer in (
            await stranger.get(place),
            await stranger.patch(place, json={"enabled": False}),
            await stranger.post(f"{place}/test"),
            await stranger.delete(place),
            await stranger.post(PLACE, json={**PLAIN, "name": "mine", "orgId": "org-a"}),
        ):
            assert answer.status_code == 404, answer.text

    async def test_the_installations_is_seen_and_not_changed(
        self, admin: httpx2.AsyncClient, org_admin: httpx2.AsyncClient
    ) -> None:
        made = await add(admin, {**PLAIN, "orgId": "org-a"})
        place = f"{PLACE}/{made['id']}"
        assert (await org_admin.get(place)).json()["managedBy"] == "platform"
        for answer in (await org_admin.patch(place, json={"jit": False}), await org_admin.delete(place)):
            assert (answer.status_code, answer.json()["error"]) == (403, "provider_managed_by_platform")

    async def test_no_api_key_may(self, admin: httpx2.AsyncClient) -> None:
        key = (await admin.post("/api/v1/api-keys", json={"name": "all", "scopes": ["*"]})).json()["key"]
        answer = await admin.get(PLACE, headers={"Authorization": f"Bearer {key}"})
        assert answer.status_code == 403


class TestWhat:
    async def test_secrets_are_never_shown_and_not_kept_in_the_open(
        self, admin: httpx2.AsyncClient, context: Context
    ) -> None:
        made = await add(admin, {**PLAIN, "clientSecret": "s3cr3t-of-the-client"})
        assert made["hasSecret"]
        shown = (await admin.get(f"{PLACE}/{made['id']}")).text
        logged = (await admin.get("/api/v1/admin/audit")).text
        async with context.database.work(write=False) as uow:
            rows = await uow.db.connection()
            kept = str((await rows.exec_driver_sql("SELECT * FROM identity_providers")).all())
        for text in (shown, logged, kept):
            assert "s3cr3t-of-the-client" not in text

    @pytest.mark.parametrize(
        "changed",
        [
            {"name": "Acme"},
            {"name": ""},
            {"name": "a" * 51},
            {"name": "a/b"},
            {"kind": "ldap"},
            {"issuer": ""},
            {"issuer": "idp"},
            {"issuer": "http://idp.example.org"},
            {"issuer": "https://a:b@idp.example.org"},
            {"issuer": "https://idp.example.org/?x=1"},
            {"issuer": "https://idp.example.org/\u0000"},
            {"clientId": None},
            {"clientId": "a\u0000b"},
            {"scopes": ["a b"]},
            {"allowedDomains": ["not a domain"]},
            {"allowedDomains": ["a"] * 51},
            {"groupRules": [{"claim": ""}]},
            {"groupRules": [{"claim": "a", "orgRole": "king"}]},
            {"groupRules": [{"claim": "a", "role": "operator"}]},
            {"defaultOrgRole": "org_admin"},
            {"recheckMinutes": 0},
            {"recheckMinutes": 10**30},
            {"sessionHours": 721},
            {"preset": "github", "kind": "saml"},
            {"preset": "google", "issuer": "https://accounts.google.com"},
            {"kind": "saml"},
            {"kind": "saml", "metadataUrl": "https://127.0.0.1/metadata"},
        ],
        ids=str,
    )
    async def test_what_makes_no_provider_is_refused(
        self, org_admin: httpx2.AsyncClient, changed: dict[str, Any]
    ) -> None:
        answer = await org_admin.post(PLACE, json={**PLAIN, **changed})
        assert answer.status_code == 400, answer.text

    async def test_a_name_is_taken_once_in_the_whole_installation(
        self, admin: httpx2.AsyncClient, org_admin: httpx2.AsyncClient
    ) -> None:
        await add(admin, PLAIN)
        answer = await org_admin.post(PLACE, json=PLAIN)
        assert (answer.status_code, answer.json()["error"]) == (409, "provider_exists")

    async def test_a_new_issuer_gets_the_old_secret_from_nobody(self, org_admin: httpx2.AsyncClient) -> None:
        made = await add(org_admin, {**PLAIN, "clientSecret": "s"})
        place = f"{PLACE}/{made['id']}"
        assert (await org_admin.patch(place, json={"issuer": "https://evil.example.org"})).status_code == 400
        both = {"issuer": "https://new.example.org", "clientSecret": "t"}
        assert (await org_admin.patch(place, json=both)).status_code == 200

    async def test_the_world_comes_in_only_where_somebody_said_who(self, admin: httpx2.AsyncClient) -> None:
        google = {"name": "google", "kind": "oidc", "preset": "google", "clientId": "us"}
        answer = await admin.post(PLACE, json=google)
        assert (answer.status_code, answer.json()["error"]) == (400, "provider_open_to_everybody")
        made = await add(admin, {**google, "allowedDomains": ["Acme.Example"]})
        assert made["allowedDomains"] == ["acme.example"]
        assert (await admin.patch(f"{PLACE}/{made['id']}", json={"allowedDomains": []})).status_code == 400

    async def test_presets_are_listed(self, org_admin: httpx2.AsyncClient) -> None:
        shown = (await org_admin.get(f"{PLACE}/presets")).json()["presets"]
        assert {preset["name"] for preset in shown} == set(PRESETS)

    async def test_what_is_wrong_is_said(self, admin: httpx2.AsyncClient, provider: OpenIdProvider) -> None:
        good = await add(admin, oidc(provider))
        bad = await add(admin, oidc(provider, name="other", issuer=f"{provider.issuer}/"))
        found = (await admin.post(f"{PLACE}/{good['id']}/test")).json()
        assert found["ok"], found
        wrong = (await admin.post(f"{PLACE}/{bad['id']}/test")).json()
        assert not wrong["ok"]
        assert wrong["checks"][0]["message"].startswith("The discovery document is of the issuer")

    async def test_an_organisations_own_provider_cannot_be_on_this_machine(self, org_admin: httpx2.AsyncClient) -> None:
        made = await add(org_admin, {**PLAIN, "issuer": "https://localhost:1"})
        found = (await org_admin.post(f"{PLACE}/{made['id']}/test")).json()
        assert not found["ok"]
        assert "nothing may be fetched" in found["checks"][0]["message"]


class TestReach:
    """What an organisation's own provider can do to people: nothing beyond the organisation."""

    @pytest.fixture(autouse=True)
    def _may_be_on_this_machine(self, monkeypatch: pytest.MonkeyPatch) -> None:
        async def leave(url: str, **how: Any) -> Fetched:
            return await fetch(url, **{**how, "private": True})

        monkeypatch.setattr(clients, "fetch", leave)

    async def test_its_logins_stay_in_the_organisation(
        self, org_admin: httpx2.AsyncClient, provider: OpenIdProvider, browser: Browser, context: Context
    ) -> None:
        await self._own(org_admin, provider, context)
        await browser.sign_in()
        me = await browser.me()
        assert me["orgId"] == "org-a"
        answer = await browser.ours.post("/api/v1/auth/switch", json={"orgId": "org-default", "cookie": True})
        assert answer.status_code in {403, 404}

    async def test_it_no_longer_vouches_for_who_became_an_administrator(
        self, org_admin: httpx2.AsyncClient, provider: OpenIdProvider, browser: Browser, context: Context
    ) -> None:
        await self._own(org_admin, provider, context)
        await browser.sign_in()
        me = await browser.me()
        async with context.database.work() as uow:
            user = await users.get_by_id(uow, me["id"])
            assert user is not None
            await users.set_role(uow, user, users.Role.ADMIN)
        assert error_of(await browser.sign_in()) == "sso_not_admitted"

    async def _own(self, org_admin: httpx2.AsyncClient, provider: OpenIdProvider, context: Context) -> None:
        made = await add(org_admin, {**PLAIN, "clientSecret": "x"})
        async with context.database.work() as uow:
            row = await uow.db.get(IdentityProvider, made["id"])
            assert row is not None
            wanted = oidc(provider)
            # Through the API it would have to be https, which the provider of the tests is not.
            row.config = {**row.config, "issuer": wanted["issuer"], "client_id": wanted["clientId"]}
            row.secret = auth.seal(context.settings.secret_key.get_secret_value(), wanted["clientSecret"])
