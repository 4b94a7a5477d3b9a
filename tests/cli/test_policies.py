"""`streamspace policies …`."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Run
from tests.cli.test_people import written
from tests.client.fake import Fake

OPEN = {
    "clipboard": "both",
    "upload": True,
    "download": True,
    "maxUploadBytes": 2147483648,
    "microphone": True,
    "printing": True,
    "watermark": False,
    "sources": {},
}
SAID = {"clipboard": "in", "printing": False}
HELD = OPEN | SAID | {"sources": {"clipboard": {"kind": "group", "id": "g1", "name": "Sales"}}}
EVERYTHING = {
    "clipboard": "in",
    "upload": None,
    "download": None,
    "maxUploadBytes": None,
    "microphone": None,
    "printing": False,
    "watermark": None,
}


@pytest.fixture(autouse=True)
def _sales(run: Run, server: str, fake: Fake) -> None:
    """Everything here talks to the fake server; `run` clears the environment first."""
    group = {"id": "g1", "orgId": "o1", "name": "sales", "displayName": "Sales", "type": "team", "memberCount": 1}
    fake.answers["GET /groups"] = {"groups": [group], "total": 1}
    fake.answers["GET /groups/g1/policy"] = SAID | {"effective": HELD}
    fake.answers["PUT /groups/g1/policy"] = SAID | {"effective": HELD}


def test_get_shows_what_holds_and_who_restricts_it(run: Run) -> None:
    lines = run("policies", "get", "--group", "sales").out.splitlines()
    assert lines[1] == "Clipboard     only into the session (group Sales)"
    assert lines[3] == "Largest file  2Gi"
    assert lines[6] == "Printing      no"


def test_get_of_a_session(run: Run, fake: Fake) -> None:
    session = fake.session(1)["id"]
    fake.answers[f"GET /sessions/{session}/policy"] = OPEN | {"watermark": True}
    assert "Watermark     yes" in run("policies", "get", "--session", session).out


def test_get_as_json_has_what_is_said_and_what_holds(run: Run) -> None:
    told = json.loads(run("policies", "get", "--group", "sales", "--json").out)
    assert (told["clipboard"], "upload" in told, told["effective"]["upload"]) == ("in", False, True)


def test_set_changes_what_is_named_and_keeps_the_rest(run: Run, fake: Fake) -> None:
    assert run("policies", "set", "--group", "sales", "--watermark", "yes", "--max-upload", "100Mi").code == 0
    sent = EVERYTHING | {"watermark": True, "maxUploadBytes": 104857600}
    assert written(fake) == [("PUT /groups/g1/policy", sent)]


def test_none_leaves_a_thing_to_others_again(run: Run, fake: Fake) -> None:
    assert run("policies", "set", "--group", "sales", "--clipboard", "none", "--printing", "none").code == 0
    assert written(fake) == [("PUT /groups/g1/policy", EVERYTHING | {"clipboard": None, "printing": None})]


@pytest.mark.parametrize(
    "arguments",
    [
        ["get"],
        ["get", "--group", "sales", "--organization", "acme"],
        ["set", "--group", "sales"],
        ["set", "--upload", "no"],
        ["set", "--group", "sales", "--clipboard", "sideways"],
        ["set", "--group", "sales", "--max-upload", "large"],
    ],
)
def test_wrong_usage(run: Run, fake: Fake, arguments: list[str]) -> None:
    assert run("policies", *arguments).code == 2
    assert written(fake) == []
