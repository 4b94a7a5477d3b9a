"""Between the provider's word and the code something may change, and then the code opens nothing."""

from __future__ import annotations

from dataclasses import dataclass

import httpx2
import pytest

from streamspace.kit import ids
from streamspace.server.core.http import Context
from streamspace.server.core.permissions import Role
from streamspace.server.logins.errors import MfaRequired
from streamspace.server.logins.signin import From
from streamspace.server.organizations import service as organizations
from streamspace.server.sso import arrivals
from streamspace.server.sso.admission import External
from streamspace.server.sso.arrivals import Vouching
from streamspace.server.sso.models import IdentityProvider
from streamspace.server.users import service as users
from tests.server import people
from tests.server.conftest import Login
from tests.server.mfa.test_login import Enrolled, enrol, give, refusal
from tests.server.mfa.test_routes import code_of

ALICE = External(subject="alice", email="alice@test.example", email_verified=True, username="alice")


@dataclass
class Halfway:
    """Somebody whom a provider sent and who has yet to give a code."""

    provider_id: str
    person: Enrolled
    token: str


async def arrive(context: Context, provider_id: str) -> str:
    """Come back from the provider; return the token for the second step."""
    async with context.database.work() as uow:
        provider = await uow.db.get_one(IdentityProvider, provider_id)
        with pytest.raises(MfaRequired) as asked:
            source = From(ip="192.0.2.1", user_agent="")
            await arrivals.enter(uow, context.settings, provider, ALICE, Vouching(method="oidc"), source)
    return str(asked.value.details["mfaToken"])


@pytest.fixture
async def halfway(context: Context, login: Login) -> Halfway:
    alice = await login(name="alice", org="acme")
    person = await enrol(alice, "alice")
    async with context.database.work() as uow:
        user = await users.get_by_id(uow, person.id)
        assert user is not None
        user.provider = "oidc"
        provider = IdentityProvider(
            id=ids.uid(),
            org_id="acme",
            kind="oidc",
            name="acme",
            display_name="Acme",
            preset="generic",
            config={"issuer": "https://acme.invalid", "client_id": "us"},
            enabled=True,
            listed=True,
            managed_by="org",
            allowed_domains=[],
            allowed_groups=[],
            group_rules=[],
            default_org_role="user",
            jit=True,
            trust_mfa=False,
            trust_email=False,
            recheck_minutes=15,
            session_hours=12,
            created_at=uow.now(),
            updated_at=uow.now(),
        )
        uow.db.add(provider)
    return Halfway(provider.id, person, await arrive(context, provider.id))


@pytest.fixture
async def admin(login: Login) -> httpx2.AsyncClient:
    return await login("admin")


async def finish(http: httpx2.AsyncClient, halfway: Halfway) -> httpx2.Response:
    return await give(http, halfway.token, code_of(halfway.person.secret))


async def test_the_code_opens_a_login_that_the_provider_vouched_for(http: httpx2.AsyncClient, halfway: Halfway) -> None:
    done = await finish(http, halfway)
    assert done.status_code == 200, done.text
    http.headers["Authorization"] = f"Bearer {done.json()['token']}"
    (current,) = [one for one in (await http.get("/api/v1/auth/logins")).json()["logins"] if one["current"]]
    assert (current["method"], current["providerId"]) == ("oidc+mfa", halfway.provider_id)


@pytest.mark.parametrize("how", ["switched off", "removed"])
async def test_not_once_the_provider_is_gone(
    http: httpx2.AsyncClient, admin: httpx2.AsyncClient, halfway: Halfway, how: str
) -> None:
    path = f"/api/v1/identity-providers/{halfway.provider_id}"
    if how == "removed":
        assert (await admin.delete(path)).status_code == 204
    else:
        assert (await admin.patch(path, json={"enabled": False})).status_code == 200
    assert refusal(await finish(http, halfway)) == (403, "provider_gone")
    assert (await admin.get(f"/api/v1/users/{halfway.person.id}/logins")).json()["total"] == 1  # the one from before


async def test_nor_when_it_no_longer_knows_the_person(
    http: httpx2.AsyncClient, context: Context, halfway: Halfway
) -> None:
    async with context.database.work() as uow:
        provider = await uow.db.get_one(IdentityProvider, halfway.provider_id)
        await arrivals.service._forget_people(uow, provider)
    assert refusal(await finish(http, halfway)) == (403, "provider_gone")


async def test_nor_when_the_person_is_switched_off(
    http: httpx2.AsyncClient, admin: httpx2.AsyncClient, halfway: Halfway
) -> None:
    answer = await admin.patch(f"/api/v1/users/{halfway.person.id}", json={"active": False})
    assert answer.status_code == 200
    assert refusal(await finish(http, halfway)) == (403, "account_inactive")


async def test_nor_when_they_left_the_organisation(
    http: httpx2.AsyncClient, context: Context, halfway: Halfway
) -> None:
    async with context.database.work() as uow:
        other = await people.add(uow, "other", role=Role.USER, org_id="elsewhere")
        await organizations.set_member(uow, other.org_id, halfway.person.id, other.org_role)
        await organizations.remove_member(uow, "acme", halfway.person.id)
    assert refusal(await finish(http, halfway)) == (403, "organization_suspended")


async def test_switched_on_again_in_time_it_goes_on(
    http: httpx2.AsyncClient, admin: httpx2.AsyncClient, halfway: Halfway
) -> None:
    path = f"/api/v1/identity-providers/{halfway.provider_id}"
    await admin.patch(path, json={"enabled": False})
    assert (await finish(http, halfway)).status_code == 403
    await admin.patch(path, json={"enabled": True})
    assert (await finish(http, halfway)).status_code == 200  # a code that was refused for this is not used up
