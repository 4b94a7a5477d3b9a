from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.client.fake import Fake

OURS = {
    "id": 3,
    "name": "ours",
    "url": "https://git.example.org/t.git",
    "type": "git",
    "branch": "main",
    "authType": "none",
    "enabled": True,
    "status": "synced",
    "templateCount": 2,
    "lastSync": "2026-11-22T08:00:00Z",
}
THEIRS = OURS | {"id": 4, "name": "theirs", "orgId": "acme", "status": "failed", "errorMessage": "It is gone."}
SYNC = {
    "number": 7,
    "cause": "manual",
    "status": "succeeded",
    "counts": {"added": 1, "rejected": 1, "retired": 0},
    "createdAt": "2026-11-22T08:00:00Z",
    "files": [
        {"path": "a.yaml", "name": "a", "outcome": "added", "findings": []},
        {
            "path": "b.yaml",
            "outcome": "rejected",
            "findings": [{"line": 4, "severity": "error", "code": "missing", "message": "It is missing."}],
        },
    ],
}
BASE = "/catalog/repositories"


@pytest.fixture(autouse=True)
def _up(run: Run, server: str, fake: Fake) -> None:
    """Everything here talks to the fake server."""
    fake.answers |= {
        f"GET {BASE}": {"repositories": [OURS, THEIRS], "total": 2},
        f"POST {BASE}": OURS,
        f"DELETE {BASE}/3": {"message": "The repository ours is removed.", "templateCount": 2, "templates": ["a", "b"]},
        f"POST {BASE}/3/sync": {"message": "The repository is read.", "repositoryId": 3, "number": 7},
        f"GET {BASE}/3/syncs": {"syncs": [SYNC], "total": 1},
        f"GET {BASE}/3/syncs/7": SYNC,
        f"POST {BASE}/3/syncs/7/approve": SYNC,
        f"POST {BASE}/3/syncs/7/reject": SYNC | {"status": "rejected"},
        f"POST {BASE}/3/webhook/secret": {"secret": "5ec2e7", "url": "https://desk.example.org/hook"},
        f"DELETE {BASE}/3/webhook/secret": None,
    }


def written(fake: Fake) -> list[tuple[str, Any]]:
    return [(call, body) for call, _, body in fake.calls if not call.startswith("GET ")]


def test_the_list_says_how_they_were_read(run: Run) -> None:
    done = run("repositories", "list")
    assert done.code == 0
    for word in ("ours", "theirs", "everybody", "acme", "synced", "It is gone."):
        assert word in done.out
    assert [one["id"] for one in json.loads(run("repositories", "list", "--json").out)["repositories"]] == [3, 4]


def test_one_is_added_with_a_secret_from_a_file(run: Run, fake: Fake, tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text("s3cret\n")
    words = ("--auth", "token", "--secret-file", str(secret), "--branch", "next", "--every", "30m", "--review")
    done = run("repositories", "add", "ours", "https://git.example.org/t.git", *words)
    assert done.code == 0
    assert "a.yaml" in done.out
    assert "s3cret" not in done.out
    ((call, body),) = written(fake)
    assert call == f"POST {BASE}"
    assert body["authSecret"] == "s3cret"
    assert (body["authType"], body["branch"], body["intervalSeconds"], body["review"]) == ("token", "next", 1800, True)


def test_a_private_key_is_taken_as_it_is(run: Run, fake: Fake, tmp_path: Path) -> None:
    text = "-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n-----END OPENSSH PRIVATE KEY-----\n"
    (tmp_path / "key").write_text(text)
    run(
        "repositories",
        "add",
        "ours",
        "git@git.example.org:t.git",
        "--auth",
        "ssh",
        "--secret-file",
        str(tmp_path / "key"),
    )
    assert written(fake)[0][1]["authSecret"] == text


def test_a_sync_tells_what_became_of_each_file(run: Run, fake: Fake) -> None:
    done = run("repositories", "sync", "ours", "--dry-run")
    assert done.code == 0
    for word in ("added", "a.yaml", "b.yaml", "line 4: It is missing."):
        assert word in done.out
    assert "1 added, 1 rejected" in done.err
    assert written(fake) == [(f"POST {BASE}/3/sync", {"dryRun": True, "force": False})]


def test_a_sync_that_failed_is_a_failure(run: Run, fake: Fake) -> None:
    fake.answers[f"GET {BASE}/3/syncs/7"] = SYNC | {"status": "failed", "errorMessage": "It is gone.", "files": []}
    done = run("repositories", "sync", "3")
    assert done.code == 1
    assert "It is gone." in done.err


@pytest.mark.parametrize("word", ["approve", "reject"])
def test_what_waits_is_decided(run: Run, fake: Fake, word: str) -> None:
    assert run("repositories", word, "ours", "7").code == 0
    assert [call for call, _ in written(fake)] == [f"POST {BASE}/3/syncs/7/{word}"]


def test_a_webhooks_secret_is_shown_once(run: Run, fake: Fake) -> None:
    assert "5ec2e7" in run("repositories", "webhook", "ours").out
    assert run("repositories", "webhook", "ours", "--remove").code == 0


def test_removing_says_what_went_with_it(run: Run, fake: Fake) -> None:
    assert "is removed" in run("repositories", "remove", "ours", "--yes").err


def test_one_that_is_not_there(run: Run) -> None:
    done = run("repositories", "sync", "nobody")
    assert done.code == 4
    assert "There is no repository nobody." in done.err


def test_it_shows_one_and_its_syncs(run: Run) -> None:
    done = run("repositories", "show", "ours")
    assert done.code == 0
    for word in ("https://git.example.org/t.git", "manual", "succeeded", "1 added"):
        assert word in done.out
