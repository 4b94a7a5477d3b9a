from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.client.fake import Fake

POOL = {
    "id": "3f2a0000-0000-0000-0000-000000000001",
    "template": "terminal",
    "agentId": None,
    "orgId": None,
    "size": 3,
    "resources": {"cpu": "500m", "memory": "512Mi"},
    "maxAgeSeconds": 3600,
    "ready": 2,
    "starting": 1,
    "claimed24h": 5,
    "missed24h": 4,
    "memoryBytes": 105 * 1024**2,
    "createdAt": "2026-11-22T08:00:00Z",
    "message": None,
}
OTHER = POOL | {"id": "3f2b0000-0000-0000-0000-000000000002", "template": "browser", "message": "No agent can."}
ACME = {"id": "o1", "name": "acme", "displayName": "Acme", "status": "active", "memberCount": 3}


@pytest.fixture(autouse=True)
def _up(run: Run, server: str, fake: Fake) -> None:
    """Everything here talks to the fake server."""
    fake.answers |= {
        "GET /pools": {"pools": [POOL, OTHER], "total": 2},
        "GET /organizations": {"organizations": [ACME], "total": 1},
        "POST /pools": POOL,
        f"PATCH /pools/{POOL['id']}": POOL,
        f"DELETE /pools/{POOL['id']}": None,
    }


def written(fake: Fake) -> list[tuple[str, Any]]:
    return [(call, body) for call, _, body in fake.calls if not call.startswith("GET ")]


def test_the_list_shows_how_full_they_are_and_why_not(run: Run) -> None:
    done = run("pools", "list")
    assert done.code == 0
    for word in ("3f2a0000", "terminal", "everybody", "105 MiB", "No agent can."):
        assert word in done.out
    listed = json.loads(run("pools", "list", "--json").out)
    assert [pool["claimed24h"] for pool in listed["pools"]] == [5, 5]


def test_one_is_made_for_an_organisation_on_an_agent(run: Run, fake: Fake) -> None:
    words = ("--size", "3", "--agent", "robot", "--organization", "acme", "--memory", "1Gi", "--max-age", "2h")
    assert run("pools", "create", "terminal", *words).code == 0
    ((call, body),) = written(fake)
    assert call == "POST /pools"
    assert body == {
        "template": "terminal",
        "size": 3,
        "agentId": "robot",
        "orgId": "o1",
        "resources": {"memory": "1Gi"},
        "maxAgeSeconds": 7200,
    }


def test_one_is_changed_and_removed_by_how_its_id_begins(run: Run, fake: Fake) -> None:
    assert run("pools", "update", "3f2a", "--size", "0").code == 0
    assert run("pools", "delete", "3f2a", "--yes").code == 0
    assert written(fake) == [
        (f"PATCH /pools/{POOL['id']}", {"size": 0}),
        (f"DELETE /pools/{POOL['id']}", None),
    ]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("update", "3f2a"), 2),
        (("update", "3f2", "--size", "1"), 4),
        (("delete", "nothing", "--yes"), 4),
        (("create", "terminal", "--max-age", "soon"), 2),
    ],
)
def test_what_is_unclear_is_refused(run: Run, fake: Fake, words: tuple[str, ...], code: int) -> None:
    assert run("pools", *words).code == code
    assert written(fake) == []
