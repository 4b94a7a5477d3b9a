"""API keys: accepted wherever a login is, never able to make a stronger one."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2
import pytest
from sqlalchemy import select

from streamspace.server.core.http import Context
from streamspace.server.keys import service
from streamspace.server.keys.models import ApiKey
from streamspace.server.keys.use import KeyUse
from tests.server.conftest import Login

URL = "/api/v1/api-keys"
ME = "/api/v1/users/me"


async def make(client: httpx2.AsyncClient, scopes: list[str], **more: Any) -> dict[str, Any]:
    answer = await client.post(URL, json={"name": "robot", "scopes": scopes, **more})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def auth(key: dict[str, Any]) -> dict[str, str]:
    return {"Authorization": f"Bearer {key['key']}"}


async def test_a_key_is_shown_once_and_kept_as_a_hash(login: Login, context: Context) -> None:
    mia = await login("user", name="mia")
    made = await make(mia, ["sessions:read"], expiresIn="30d")
    assert made["key"].startswith("sk_")
    assert made["key"].startswith(made["prefix"])
    (listed,) = (await mia.get(URL)).json()["apiKeys"]
    assert "key" not in listed
    assert listed["active"]
    async with context.database.work(write=False) as uow:
        row = (await uow.db.execute(select(ApiKey))).scalar_one()
        assert made["key"] not in str(vars(row))


async def test_works_in_both_headers_and_only_within_its_scopes(login: Login, http: httpx2.AsyncClient) -> None:
    mia = await login("user", name="mia")
    key = await make(mia, ["sessions:read"])
    assert (await http.get("/api/v1/sessions", headers=auth(key))).status_code == 200
    assert (await http.get("/api/v1/sessions", headers={"X-API-Key": key["key"]})).status_code == 200
    refused = await http.get("/api/v1/templates", headers=auth(key))
    assert (refused.status_code, refused.json()["error"]) == (403, "key_scope")
    refused = await http.post("/api/v1/sessions", json={"template": "terminal"}, headers=auth(key))
    assert refused.json()["error"] == "key_scope"


async def test_never_changes_how_somebody_signs_in(login: Login, http: httpx2.AsyncClient) -> None:
    key = auth(await make(await login("admin"), ["*"]))
    body = {"currentPassword": "x", "newPassword": "long enough"}
    assert (await http.post(f"{ME}/password", json=body, headers=key)).json()["error"] == "key_scope"
    assert (await http.post("/api/v1/security/mfa/setup", json={"type": "totp"}, headers=key)).status_code == 403
    assert (await http.delete("/api/v1/auth/logins", headers=key)).json()["error"] == "key_scope"
    assert (await http.post("/api/v1/auth/switch", json={"orgId": "x"}, headers=key)).status_code == 403


async def test_ends_when_it_expires_or_is_revoked(login: Login, http: httpx2.AsyncClient, context: Context) -> None:
    mia = await login("user", name="mia")
    first, second = await make(mia, ["profile:read"]), await make(mia, ["profile:read"])
    async with context.database.work() as uow:
        row = await uow.db.get(ApiKey, first["id"])
        assert row is not None
        row.expires_at = datetime.now(UTC) - timedelta(seconds=1)
    assert (await http.get(ME, headers=auth(first))).status_code == 401
    assert (await mia.post(f"{URL}/{second['id']}/revoke")).json()["active"] is False
    assert (await http.get(ME, headers=auth(second))).status_code == 401
    assert (await mia.delete(f"{URL}/{second['id']}")).status_code == 204
    assert (await mia.get(f"{URL}/{second['id']}")).status_code == 404


async def test_only_from_where_it_may_be_used(login: Login, http: httpx2.AsyncClient) -> None:
    mia = await login("user", name="mia")
    here = await make(mia, ["profile:read"], allowedIps=["127.0.0.1", "10.0.0.0/8"])
    elsewhere = await make(mia, ["profile:read"], allowedIps=["192.0.2.0/24", "2001:db8::/32"])
    assert (await http.get(ME, headers=auth(here))).status_code == 200
    refused = await http.get(ME, headers=auth(elsewhere))
    assert (refused.status_code, refused.json()["error"]) == (401, "key_address")


async def test_no_more_often_than_it_may(login: Login, http: httpx2.AsyncClient) -> None:
    key = await make(await login("user", name="mia"), ["profile:read"], rateLimit=3)
    answers = [await http.get(ME, headers=auth(key)) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0


async def test_its_use_is_written_down(login: Login, http: httpx2.AsyncClient, context: Context) -> None:
    mia = await login("user", name="mia")
    key = await make(mia, ["profile:read"])
    for _ in range(3):
        await http.get(ME, headers=auth(key))
    async with context.database.work() as uow:
        await service.write_use(uow, context.part(KeyUse))
    shown = (await mia.get(f"{URL}/{key['id']}")).json()
    assert (shown["useCount"], shown["lastUsedIp"]) == (3, "127.0.0.1")


@pytest.mark.parametrize(
    "stronger",
    [
        {"scopes": ["*"]},
        {"scopes": ["keys:write", "sessions:write"]},
        {"expiresIn": "60d"},
        {"expiresIn": None},
        {"allowedIps": []},
        {"allowedIps": ["0.0.0.0/0"]},
        {"allowedIps": ["127.0.0.0/7"]},
        {"rateLimit": 1001},
    ],
)
async def test_makes_no_stronger_key(login: Login, http: httpx2.AsyncClient, stronger: dict[str, Any]) -> None:
    mia = await login("user", name="mia")
    weak = {"scopes": ["keys:write", "sessions:read"], "expiresIn": "30d", "allowedIps": ["127.0.0.0/8"]}
    key = await make(mia, **weak)
    fits = {"name": "child", "scopes": ["sessions:read"], "expiresIn": "1d", "allowedIps": ["127.0.0.1"]}
    assert (await http.post(URL, json=fits, headers=auth(key))).status_code == 201
    answer = await http.post(URL, json=fits | stronger, headers=auth(key))
    assert (answer.status_code, answer.json()["error"]) == (403, "stronger_key")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"scopes": ["everything"]}, "unknown_scope"),
        ({"scopes": []}, "bad_request"),
        ({"allowedIps": ["example.org"]}, "bad_network"),
        ({"expiresIn": "soon"}, "bad_duration"),
        ({"expiresAt": "2001-01-01T00:00:00Z"}, "bad_expiry"),
        ({"expiresIn": "9999d"}, "bad_expiry"),
        ({"name": ""}, "bad_request"),
    ],
)
async def test_bad_input_is_refused(login: Login, body: dict[str, Any], code: str) -> None:
    mia = await login("user", name="mia")
    answer = await mia.post(URL, json={"name": "k", "scopes": ["profile:read"]} | body)
    assert (answer.status_code, answer.json()["error"]) == (400, code)


async def test_administrators_see_and_revoke_their_organisations_keys(login: Login, http: httpx2.AsyncClient) -> None:
    boss = await login("user", name="boss", org="acme", org_role="org_admin")
    mia, rex = await login("user", name="mia", org="acme"), await login("user", name="rex", org="rival")
    mias, rexes = await make(mia, ["profile:read"]), await make(rex, ["profile:read"])
    assert [k["username"] for k in (await boss.get("/api/v1/admin/apikeys")).json()["apiKeys"]] == ["mia"]
    assert (await boss.get(URL)).json()["total"] == 0
    assert (await boss.post(f"{URL}/{rexes['id']}/revoke")).status_code == 404
    assert (await mia.post(f"{URL}/{rexes['id']}/revoke")).status_code == 404
    assert (await boss.post(f"{URL}/{mias['id']}/revoke")).status_code == 200
    assert (await http.get(ME, headers=auth(mias))).status_code == 401
