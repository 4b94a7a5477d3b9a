"""The real control plane's operations: each that may change something leaves an entry when it is refused."""

import re
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from streamspace.server.core.edge import Witness
from streamspace.server.core.trail import SAFE
from tests.server.conftest import Login

LEFT_OUT = {"agent_heartbeat", "preview_share", "refresh_login", "session_heartbeat", "validate_template"}
"""Operations that leave no entry; a further one is written down here, and why in docs/explanation/audit.md."""


def routes(parent: Any) -> Iterator[APIRoute]:
    for route in parent.routes:
        included = getattr(route, "original_router", None)
        if included is not None:
            yield from routes(included)
        elif isinstance(route, APIRoute):
            yield route


def paths(app: FastAPI) -> dict[tuple[str, str], str]:
    """Return the operations that may change something: (name, method) → path below /api/v1."""
    return {
        (about["operationId"], method.upper()): path.removeprefix("/api/v1")
        for path, methods in app.openapi()["paths"].items()
        for method, about in methods.items()
        if "x-permission" in about and method.upper() not in SAFE
    }


async def test_only_what_is_written_down_here_is_left_out(app: FastAPI) -> None:
    left_out = {route.name for route in routes(app) if (route.openapi_extra or {}).get("x-audited") is False}
    assert left_out == LEFT_OUT


async def test_every_refusal_of_nobody_leaves_an_entry(
    app: FastAPI, http: httpx2.AsyncClient, login: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Witness, "ANONYMOUS", 10_000)
    admin = await login("admin")
    start = (await admin.get("/api/v1/admin/audit")).json()["logs"][0]["seq"]
    refused = set()
    for (name, method), path in paths(app).items():
        where = re.sub(r"\{[^}]*\}", "nothing", path)
        for prefix in ("/api/v1", ""):
            answer = await http.request(method, f"{prefix}{where}", json={})
            if answer.status_code not in {404, 405} or prefix == "":
                break
        if answer.status_code >= 400 and name not in LEFT_OUT:
            refused.add(name)
    logs = (await admin.get("/api/v1/admin/audit", params={"after": start, "limit": 1000})).json()["logs"]
    assert {entry["action"] for entry in logs if entry["outcome"] != "ok"} >= refused
    assert len(refused) > 50


async def test_signing_in_leaves_an_entry_whether_it_succeeds_or_not(http: httpx2.AsyncClient, login: Login) -> None:
    admin = await login("admin", name="ann")
    wrong = {"username": "ann", "password": "not her password"}
    assert (await http.post("/api/v1/auth/login", json=wrong)).status_code == 401
    logs = (await admin.get("/api/v1/admin/audit", params={"limit": 2})).json()["logs"]
    assert [(entry["action"], entry["outcome"]) for entry in logs] == [("login", "denied"), ("login.opened", "ok")]
    assert "not her password" not in str(logs)
