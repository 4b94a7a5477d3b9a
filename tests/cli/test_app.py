import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from streamspace.cli import credentials, programs
from streamspace.cli.failures import CommandFailed
from tests.cli.conftest import Run
from tests.client.fake import START, Fake


class TestFailures:
    def test_an_unreachable_server_says_what_to_do(self, run: Run) -> None:
        done = run("sessions", "list", "--server", "http://127.0.0.1:9")

        assert done.code == 6
        assert done.err == (
            "Error: Cannot reach StreamSpace at http://127.0.0.1:9: "
            "nothing answers there (connection refused or unknown host).\n"
            "Start one on this machine with `streamspace up`, "
            "or name another with --server or STREAMSPACE_SERVER.\n"
        )

    def test_json_failures_are_json(self, run: Run, server: str) -> None:
        done = run("agents", "show", "nobody", "--json")

        body = json.loads(done.err)
        assert done.code == 4
        assert body["error"] == "agent_not_found"
        assert body["requestId"] == "req-1"

    @pytest.mark.parametrize(
        "arguments", [["bogus"], ["sessions", "bogus"], ["sessions", "create"], ["up", "--port", "x"]]
    )
    def test_wrong_usage_leaves_with_2(self, run: Run, arguments: list[str]) -> None:
        assert run(*arguments).code == 2

    def test_an_address_needs_a_scheme(self, run: Run) -> None:
        done = run("whoami", "--server", "localhost:8000")

        assert done.code == 2
        assert "begins with http://" in done.err

    def test_nobody_signed_in_leaves_with_3(self, run: Run, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("STREAMSPACE_TOKEN", "old")

        done = run("sessions", "list")

        assert done.code == 3
        assert "`streamspace login`" in done.err


class TestLogin:
    @pytest.fixture(autouse=True)
    def _without_token(self, run: Run, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("STREAMSPACE_TOKEN")

    def sign_in(self, run: Run, monkeypatch: pytest.MonkeyPatch, password: str = "secret") -> Any:
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(readline=lambda: f"{password}\n", isatty=lambda: False))
        return run("login", "--username", "alice", "--password-stdin")

    def test_is_remembered_for_its_owner_only(
        self, run: Run, server: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        done = self.sign_in(run, monkeypatch)

        assert done.err == f"Signed in to {server} as alice.\n"
        file = credentials.Stored(server).path
        assert file.is_relative_to(tmp_path)
        assert file.stat().st_mode & 0o777 == 0o600
        assert file.parent.stat().st_mode & 0o777 == 0o700

    def test_later_commands_use_its_server(self, run: Run, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.sign_in(run, monkeypatch)
        monkeypatch.delenv("STREAMSPACE_SERVER")

        done = run("whoami")

        assert done.code == 0
        assert f"Server        {server}" in done.out

    def test_refreshed_tokens_are_kept(
        self, run: Run, server: str, monkeypatch: pytest.MonkeyPatch, fake: Fake
    ) -> None:
        self.sign_in(run, monkeypatch)
        fake.valid_token = "token-7"

        assert run("whoami").code == 0
        assert (held := credentials.Stored(server).load())
        assert held.token == "token-8"

    def test_a_wrong_password_says_so(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        done = self.sign_in(run, monkeypatch, "guess")

        assert done.code == 3
        assert done.err.startswith("Error: The username or password is wrong.\nCheck the username")

    def test_logout_forgets(self, run: Run, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self.sign_in(run, monkeypatch)

        assert run("logout").code == 0
        assert credentials.Stored(server).load() is None
        assert run("whoami").code == 3

    def test_needs_a_terminal_or_stdin(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: False))

        done = run("login")

        assert done.code == 2
        assert "--password-stdin" in done.err


class TestTemplates:
    def test_list_goes_through_all_pages(self, run: Run, server: str) -> None:
        lines = run("templates", "list").out.splitlines()

        assert lines[1].split() == ["xterm", "Terminal", "Tools", "yes"]
        assert lines[2].split(maxsplit=3) == ["gimp", "GIMP", "Graphics", "no: Missing: gimp."]

    def test_show_tells_why_an_agent_cannot(self, run: Run, server: str) -> None:
        assert "host-1  no          Missing: gimp." in run("templates", "show", "gimp").out


class TestAgents:
    @pytest.fixture(autouse=True)
    def _agent(self, run: Run, server: str, fake: Fake) -> None:
        fake.agents["host-1"] = {
            "agentId": "host-1",
            "platform": "process",
            "status": "online",
            "approvalStatus": "pending",
            "activeSessions": 2,
            "capacity": {"maxSessions": 8, "cpu": "4", "memory": "8Gi"},
            "lastHeartbeat": START.isoformat(),
        }

    def test_list_is_a_table(self, run: Run) -> None:
        line = run("agents", "list").out.splitlines()[1]

        assert line.split()[:5] == ["host-1", "process", "online", "pending", "2/8"]

    def test_approve(self, run: Run) -> None:
        assert run("agents", "approve", "host-1").err == "host-1 may run sessions now.\n"

    def test_join_token_alone_is_on_stdout(self, run: Run, fake: Fake) -> None:
        done = run("agents", "join-token", "--uses", "3", "--approve")

        assert done.out == "join-1"
        assert fake.bodies == [{"uses": 3, "expiresIn": "1h", "approve": True}]

    def test_install_waits_for_the_end(self, run: Run, fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("streamspace.cli.agents.POLL_SECONDS", 0.01)

        assert "host-1 can run gimp now" in run("agents", "install", "host-1", "gimp").err
        fake.command_error = "apt was locked."
        failed = run("agents", "install", "host-1", "gimp")
        assert failed.code == 1
        assert failed.err.endswith("Error: host-1 could not install what gimp needs: apt was locked.\n")


class TestPrograms:
    def test_only_given_flags_are_passed_on(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        seen: dict[str, Any] = {}
        program = SimpleNamespace(run=lambda **given: seen.update(given))
        monkeypatch.setattr(programs.importlib, "import_module", lambda _: program)

        done = run("up", "--port", "9000", "--no-browser", "--set", "sessions.idle-after=30m", "--set", "a=1")

        assert done.code == 0
        assert seen == {
            "port": 9000,
            "open_browser": False,
            "settings": {"sessions": {"idle_after": "30m"}, "a": "1"},
        }

    @pytest.mark.parametrize("pair", ["novalue", "=1", "a..b=1"])
    def test_a_malformed_setting_is_refused(self, pair: str) -> None:
        with pytest.raises(CommandFailed):
            programs.parse_settings([pair])

    def test_a_missing_extra_is_named(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        def missing(name: str) -> None:
            raise ModuleNotFoundError("No module named 'fastapi'", name="fastapi")

        monkeypatch.setattr(programs.importlib, "import_module", missing)

        done = run("server")

        assert done.code == 1
        assert "pip install 'streamspace[server]'" in done.err


def test_version_works_without_a_server(run: Run) -> None:
    done = run("version", "--json", "--server", "http://127.0.0.1:9")

    assert done.code == 0
    assert json.loads(done.out)["server"] is None


def test_version_asks_the_server(run: Run, server: str) -> None:
    assert "9.9.9" in run("version").out


def test_help_loads_no_program() -> None:
    script = (
        "import sys; from streamspace.cli.app import run; run(['--help']);"
        "bad = {'httpx2', 'sqlalchemy', 'fastapi', 'pydantic', 'streamspace.server'} & sys.modules.keys();"
        "sys.exit(f'loaded {bad}' if bad else 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Programs" in done.stdout
