import json

import pytest

from tests.cli.conftest import Run
from tests.client.fake import START, Fake

AGENT = {
    "agentId": "host-1",
    "platform": "docker",
    "status": "online",
    "approvalStatus": "approved",
    "labels": {"gpu": "none", "tier": "test"},
}
ORDER = {
    "commandId": "cmd-1",
    "agentId": "host-1",
    "action": "ping",
    "status": "completed",
    "result": {"took": 3},
    "createdAt": START.isoformat(),
}


@pytest.fixture(autouse=True)
def _up(run: Run, server: str, fake: Fake) -> None:
    fake.agents["host-1"] = AGENT
    at = "/agents/host-1"
    fake.answers |= {
        f"PATCH {at}": AGENT,
        f"DELETE {at}": None,
        f"POST {at}/generate-key": {"agentId": "host-1", "apiKey": "ab" * 32, "message": "Shown only now."},
        f"POST {at}/command": ORDER,
        f"GET {at}/commands": {"commands": [ORDER], "total": 1},
    }


@pytest.mark.parametrize("verb", ["cordon", "uncordon", "rotate-key", "drain", "undrain"])
def test_orders_about_an_agent_say_what_it_is_now(run: Run, verb: str) -> None:
    done = run("agents", verb, "host-1")
    assert (done.code, "host-1" in done.out + done.err) == (0, True)


def test_set_keeps_the_labels_it_does_not_name(run: Run, fake: Fake) -> None:
    done = run("agents", "set", "host-1", "--label", "gpu=a100", "--label", "tier=", "--max-starts", "0")
    assert done.code == 0
    assert fake.calls[-1][2] == {"labels": {"gpu": "a100"}, "maxStarts": None}


@pytest.mark.parametrize("wrong", [[], ["--label", "gpu"], ["--label", "=x"]])
def test_set_refuses_what_changes_nothing_or_is_no_label(run: Run, wrong: list[str]) -> None:
    assert run("agents", "set", "host-1", *wrong).code == 2


def test_a_made_key_is_printed_alone(run: Run) -> None:
    assert run("agents", "generate-key", "host-1").out == "ab" * 32


@pytest.mark.parametrize("verb", ["remove", "revoke-key"])
def test_what_cannot_be_undone_is_asked_first(run: Run, verb: str) -> None:
    assert run("agents", verb, "host-1").code != 0
    assert run("agents", verb, "host-1", "--yes").code == 0


def test_who_is_asked_is_told_how_many_sessions_end(run: Run, fake: Fake) -> None:
    reserved = {"sessions": 2, "cpuMillicores": 0, "memoryBytes": 0}
    fake.agents["host-1"] = AGENT | {"standing": {"asleep": 3, "reserved": reserved}}
    asked = run("agents", "remove", "host-1")
    assert "5 of its sessions" in asked.out + asked.err


def test_an_order_by_hand_prints_what_came_of_it(run: Run, fake: Fake) -> None:
    assert json.loads(run("agents", "command", "host-1", "ping").out) == {"took": 3}
    fake.answers["POST /agents/host-1/command"] = ORDER | {"status": "failed", "errorMessage": "It is deaf."}
    failed = run("agents", "command", "host-1", "ping")
    assert (failed.code != 0, "It is deaf." in failed.err) == (True, True)


def test_lists_what_was_ordered(run: Run) -> None:
    assert "ping" in run("agents", "commands", "host-1").out


TOKEN = {
    "id": "t-1",
    "platform": "docker",
    "region": "eu",
    "uses": 3,
    "usesLeft": 2,
    "approve": True,
    "state": "usable",
    "createdBy": "u-1",
    "createdAt": START.isoformat(),
    "expiresAt": START.isoformat(),
}


def test_a_made_token_is_printed_alone_and_listed_without_its_text(run: Run, fake: Fake) -> None:
    at = "/agents/join-tokens"
    fake.answers |= {
        f"GET {at}": {"joinTokens": [TOKEN], "total": 1},
        f"DELETE {at}/t-1": None,
    }
    made = run("agents", "join-token", "--platform", "docker", "--region", "eu", "--uses", "3")
    assert (made.code, made.out, "streamspace agent --server" in made.err) == (0, "join-1", True)
    assert fake.bodies[-1] == {"platform": "docker", "uses": 3, "expiresIn": "1h", "approve": False, "region": "eu"}
    listed = run("agents", "join-tokens")
    assert ("2 of 3" in listed.out, "join-1" in listed.out) == (True, False)
    assert run("agents", "revoke-join-token", "t-1").code == 0
    assert fake.calls[-1][0] == f"DELETE {at}/t-1"


def test_show_says_why_an_agent_takes_nothing(run: Run, fake: Fake) -> None:
    fake.agents["host-1"] = AGENT | {
        "maxSessions": 7,
        "standing": {
            "reserved": {"sessions": 3, "cpuMillicores": 1500, "memoryBytes": 3 * 1024**3},
            "asleep": 2,
            "starts": {"underWay": 1, "waiting": 4, "atOnce": 2},
            "takesSessions": False,
            "reasons": [{"code": "offline", "message": "The agent is not connected."}],
        },
    }
    shown = run("agents", "show", "host-1").out
    for told in ("3 sessions, 1.5 cores, 3.0 GiB", "1 under way, 4 waiting, 2 at once", "The agent is not connected."):
        assert told in shown


def test_usage_lists_what_the_machine_used(run: Run, fake: Fake) -> None:
    sample = {"at": START.isoformat(), "cpuPercent": 41.7, "memoryUsedBytes": 2 * 1024**3, "sessions": 2}
    fake.answers["GET /agents/host-1/usage"] = {"agentId": "host-1", "everySeconds": 120, "samples": [sample]}
    shown = run("agents", "usage", "host-1").out
    assert ("42 %" in shown, "2.0 GiB" in shown) == (True, True)
