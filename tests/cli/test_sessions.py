import json
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.client.fake import Fake

pytestmark = pytest.mark.usefixtures("run")
NAME = "alice-xterm-00000001"


@pytest.fixture(autouse=True)
def _up(run: Run, server: str) -> None:
    """Every command here talks to the fake server; `run` clears the environment first."""


class TestCreate:
    def test_shows_each_phase_and_prints_the_address(self, run: Run, server: str) -> None:
        done = run("sessions", "create", "xterm")

        assert done.code == 0
        assert done.out == f"{server}/sessions/{NAME}"
        assert "   0.0 s  Accepted\n" in done.err
        assert "   2.0 s  Starting the streaming engine\n" in done.err
        assert done.err.endswith(f"{NAME} runs.\n")

    def test_json_is_the_session(self, run: Run) -> None:
        done = run("sessions", "create", "xterm", "--json")

        assert done.code == 0
        assert json.loads(done.out)["state"] == "running"
        assert done.err == ""

    def test_options_become_the_request(self, run: Run, fake: Fake) -> None:
        options = "--cpu 2 --memory 2Gi --no-home --tag a --tag b --env A=1=2 --idle-timeout 30m --no-wait -q"
        done = run("sessions", "start", "xterm", *options.split())

        assert done.out == NAME
        assert fake.bodies == [
            {
                "template": "xterm",
                "resources": {"memory": "2Gi", "cpu": "2"},
                "persistentHome": False,
                "idleTimeout": "30m",
                "tags": ["a", "b"],
                "environment": {"A": "1=2"},
            }
        ]

    def test_a_failed_start_tells_why_with_the_end_of_the_log(self, run: Run, fake: Fake) -> None:
        fake.fail_with = {"code": "start_failed", "message": "It died.", "logTail": "no \x1b[31mdisplay\n"}

        done = run("sessions", "create", "xterm")

        assert done.code == 1
        assert f"Error: {NAME} failed: It died.\nIts log ends with:\n  no [31mdisplay\n" in done.err

    def test_no_capacity_lists_the_agents_reasons(self, run: Run, fake: Fake) -> None:
        agents = [{"agentId": "host-1", "reasons": [{"code": "full", "message": "It runs 8 of 8 sessions."}]}]
        fake.refuse = (
            503,
            {"error": "no_capacity", "message": "No agent can run it.", "details": {"agents": agents}},
        )

        done = run("sessions", "create", "xterm")

        assert done.code == 6
        assert "Error: No agent can run it.\n  host-1: It runs 8 of 8 sessions.\n" in done.err
        assert "`streamspace agents approve`" in done.err

    def test_a_quota_is_a_refusal(self, run: Run, fake: Fake) -> None:
        fake.refuse = 403, {"error": "too_many_sessions", "message": "You already run as many as you may."}

        assert run("sessions", "create", "xterm").code == 5

    def test_what_the_server_calls_malformed_is_wrong_usage(self, run: Run, fake: Fake) -> None:
        fake.refuse = 400, {"error": "bad_quantity", "message": "'much' is not a quantity such as 500m, 2 or 4Gi."}

        assert run("sessions", "create", "xterm", "--cpu", "much").code == 2

    def test_an_unknown_template_points_to_the_list(self, run: Run) -> None:
        done = run("sessions", "create", "nothing")

        assert done.code == 4
        assert "`streamspace templates list` shows what there is." in done.err

    def test_waiting_too_long_leaves_it_starting(self, run: Run, fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(Fake, "advance", lambda *_: None)

        done = run("sessions", "create", "xterm", "--timeout", "0.3")

        assert done.code == 7
        assert "goes on starting" in done.err

    @pytest.mark.parametrize("pair", ["A", "=1"])
    def test_an_environment_needs_name_and_value(self, run: Run, pair: str) -> None:
        assert run("sessions", "create", "xterm", "--env", pair).code == 2


class TestList:
    def test_is_a_table(self, run: Run, fake: Fake) -> None:
        fake.session(1, state="running", agentId="host-1", tags=["a", "b"])
        fake.session(2, state="failed")

        lines = run("sessions", "list").out.splitlines()

        assert lines[0].split() == ["SESSION", "APPLICATION", "STATE", "USER", "AGE", "AGENT", "TAGS"]
        assert lines[1].split()[:4] == [NAME, "Terminal", "running", "alice"]
        assert lines[1].endswith("host-1  a, b")
        assert len(lines) == 3

    def test_empty_says_how_to_start(self, run: Run) -> None:
        done = run("sessions", "list")

        assert done.out == ""
        assert done.err == "No sessions. Start one: `streamspace sessions create`.\n"

    def test_json_filters_by_state(self, run: Run, fake: Fake) -> None:
        fake.session(1, state="running")
        fake.session(2, state="failed")

        body: dict[str, Any] = json.loads(run("sessions", "list", "--state", "failed", "--json").out)

        assert [one["id"] for one in body["sessions"]] == ["alice-xterm-00000002"]


class TestOne:
    def test_is_found_by_the_end_of_its_id(self, run: Run, fake: Fake) -> None:
        fake.session(1, state="running")

        assert f"Session          {NAME}" in run("sessions", "show", "00000001").out

    def test_an_ambiguous_name_changes_nothing(self, run: Run, fake: Fake) -> None:
        fake.session(1, state="running")
        fake.session(2, state="running")

        done = run("sessions", "stop", "alice-xterm")

        assert done.code == 2
        assert "fits several sessions" in done.err
        assert {one["state"] for one in fake.sessions.values()} == {"running"}

    def test_unknown_is_not_found(self, run: Run) -> None:
        done = run("sessions", "show", "nothing")

        assert done.code == 4
        assert "Error: There is no session 'nothing'.\n" in done.err

    def test_stop_takes_several(self, run: Run, fake: Fake) -> None:
        fake.session(1, state="running")
        fake.session(2, state="hibernated")

        done = run("sessions", "stop", "00000001", "00000002")

        assert done.err == f"{NAME} ends.\nalice-xterm-00000002 ends.\n"

    def test_wake_waits_until_it_runs(self, run: Run, fake: Fake) -> None:
        fake.session(1, state="hibernated")

        assert run("sessions", "wake", NAME).err.endswith(f"{NAME} is awake.\n")

    def test_hibernate_in_a_wrong_state_is_refused(self, run: Run, fake: Fake) -> None:
        fake.session(1, state="failed")

        done = run("sessions", "hibernate", NAME)

        assert done.code == 5
        assert done.err == "Error: The session is failed.\n"

    def test_logs_cannot_steer_the_terminal(self, run: Run, fake: Fake) -> None:
        fake.session(1, state="running")

        assert run("sessions", "logs", NAME).out == "one\n[31mtwo"

    def test_tags_are_replaced_and_cleared(self, run: Run, fake: Fake) -> None:
        fake.session(1, state="running")

        assert run("sessions", "tags", NAME, "a", "b").out == "a\nb"
        assert run("sessions", "tags", NAME).out == "a\nb"
        assert run("sessions", "tags", NAME, "--clear").out == "no tags"


class TestCheck:
    def test_says_where_it_would_start(self, run: Run) -> None:
        done = run("sessions", "check", "xterm", "--cpu", "2")

        assert done.code == 0
        assert "host-1" in done.out

    def test_says_why_not_and_when(self, run: Run, fake: Fake) -> None:
        fake.session(1, state="running")

        done = run("sessions", "check", "xterm")

        assert done.code == 5
        assert "All 8 places are taken." in done.out
        assert "There will be room" in done.out
        assert "Error: It cannot start now.\n" in done.err

    def test_json_is_the_answer(self, run: Run) -> None:
        assert json.loads(run("sessions", "check", "xterm", "--json").out)["possible"] is True


class TestLookBack:
    def test_why_shows_each_agent_and_each_attempt(self, run: Run, fake: Fake) -> None:
        fake.session(1, state="running")

        shown = run("sessions", "why", NAME).out

        assert "spread" in shown
        assert "All 8 places are taken." in shown
        assert "It took too long." in shown

    def test_events_show_who_did_what(self, run: Run, fake: Fake) -> None:
        fake.session(1, state="running")

        shown = run("sessions", "events", NAME).out

        assert "alice" in shown
        assert "It runs." in shown


class TestOpen:
    def test_prints_the_portals_address(self, run: Run, fake: Fake, server: str) -> None:
        fake.session(1, state="running")

        assert run("sessions", "open", NAME, "--print").out == f"{server}/sessions/{NAME}"

    def test_direct_waits_and_prints_a_one_time_address(self, run: Run, fake: Fake) -> None:
        fake.session(1, state="waking")

        assert run("sessions", "open", NAME, "--direct", "--print").out == f"http://gateway/s/{NAME}/?ticket=x"

    def test_an_ended_session_cannot_be_opened(self, run: Run, fake: Fake) -> None:
        fake.session(1, state="terminated")

        assert run("sessions", "open", NAME, "--print").code == 5
