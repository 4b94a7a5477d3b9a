"""`streamspace up` as a newcomer meets it: ready soon, clear when it cannot start, gone when it ends."""

from __future__ import annotations

import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from pathlib import Path

import httpx2
import psutil
import pytest

from tests.e2e.conftest import PASSWORD, STREAMSPACE, Installation, Program, free_ports, until


def started_below(process: psutil.Process) -> list[psutil.Process]:
    return process.children(recursive=True)


def refusal(*arguments: str) -> str:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("STREAMSPACE_")}
    ended = subprocess.run(
        [STREAMSPACE, "up", "--no-browser", *arguments],
        env=clean,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 1, ended.stderr
    assert "Traceback" not in ended.stderr
    return " ".join(ended.stderr.split())


class TestStop:
    def test_ends_every_process_and_keeps_the_session_for_the_next_time(self, installation: Installation) -> None:
        session_id = installation.api.launch()
        installation.api.until_state(session_id, "running")
        launchers = list((installation.folder / "data" / "agent" / "sessions").glob("*/launcher"))
        sandbox = psutil.Process(int(launchers[0].read_text().split()[0]))
        below = [sandbox, *started_below(sandbox)]
        assert len(below) > 3

        assert installation.stop() == 0

        until(lambda: not any(p.is_running() and p.status() != psutil.STATUS_ZOMBIE for p in below))
        installation.start()
        installation.api.sign_in()
        installation.api.until_state(session_id, "hibernated")
        installation.api.put(f"/sessions/{session_id}/wake")
        installation.api.until_state(session_id, "running")

    def test_the_second_start_is_ready_within_ten_seconds(self, installation: Installation) -> None:
        took = []
        for _ in range(2):  # a busy machine may delay one of them
            installation.stop()
            began = time.monotonic()
            installation.start()
            took.append(time.monotonic() - began)
            if took[-1] < 10:
                return
        pytest.fail(f"it took {took} s")


class TestFirstPassword:
    def test_is_printed_once_and_kept_for_its_owner_alone(self, folder: Path) -> None:
        made = Installation(folder, password=None)
        made.start()
        until(lambda: "Sign in as" in made.log.read_text())
        found = re.search(r"Sign in as admin with (\S+)", made.log.read_text())
        assert found is not None
        answer = made.api.post("/auth/login", json={"username": "admin", "password": found[1]})
        assert answer.status_code == 200
        made.stop()
        assert (folder / "data" / "secrets.yaml").stat().st_mode & 0o777 == 0o600
        made.start()
        until(lambda: made.log.read_text().count("StreamSpace is ready") == 2)
        made.stop()
        assert made.log.read_text().count(found[1]) == 1


class TestRefusals:
    def test_a_taken_port_names_the_flag_that_helps(self, folder: Path) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = str(taken.getsockname()[1])
            said = refusal("--port", port, "--data-dir", str(folder / "d"))
        assert f"Port {port}" in said
        assert "--port" in said

    def test_a_data_directory_that_cannot_be_written_is_named(self) -> None:
        assert "--data-dir" in refusal("--data-dir", "/proc/nowhere")

    def test_two_installations_never_share_a_data_directory(self, installation: Installation) -> None:
        port, gateway_port = free_ports(2)
        said = refusal(
            "--port", str(port), "--gateway-port", str(gateway_port), "--data-dir", str(installation.folder / "data")
        )
        assert "Another StreamSpace" in said

    def test_an_unknown_setting_is_an_error(self, folder: Path) -> None:
        assert "nonsense" in refusal("--data-dir", str(folder / "d"), "--set", "nonsense=1")

    def test_an_unknown_platform_is_an_error(self, folder: Path) -> None:
        port, gateway_port = free_ports(2)
        said = refusal(
            "--port",
            str(port),
            "--gateway-port",
            str(gateway_port),
            "--data-dir",
            str(folder / "d"),
            "--platform",
            "moon",
        )
        assert "moon" in said


def test_ten_sessions_run_at_once(installation: Installation) -> None:
    made = [installation.api.launch(resources={"memory": "512Mi", "cpu": "500m"}) for _ in range(10)]
    assert len(set(made)) == 10
    for session_id in made:
        installation.api.until_state(session_id, "running", seconds=90)
    for session_id in made:
        installation.api.delete(f"/sessions/{session_id}")
    for session_id in made:
        installation.api.until_state(session_id, "terminated")


def test_tls_shows_both_origins_over_https(folder: Path) -> None:
    made = Installation(folder, "--tls")
    made.program = Program("up", made.arguments, made.env, made.log)
    certificate = folder / "data" / "tls" / "cert.pem"
    until(certificate.exists)
    with httpx2.Client(verify=ssl.create_default_context(cafile=certificate)) as http:

        def ready() -> bool:
            try:
                return http.get(f"https://localhost:{made.port}/readyz").status_code == 200
            except httpx2.TransportError:
                return False

        until(ready)
        answer = http.post(
            f"https://localhost:{made.port}/api/v1/auth/login",
            json={"username": "admin", "password": PASSWORD, "cookie": True},
        )
        assert all("Secure" in c and c.startswith("__Host-") for c in answer.headers.get_list("set-cookie"))
        token = http.post(
            f"https://localhost:{made.port}/api/v1/auth/login", json={"username": "admin", "password": PASSWORD}
        ).json()["token"]
        http.headers["Authorization"] = f"Bearer {token}"
        until(lambda: http.get(f"https://localhost:{made.port}/api/v1/agents").json()["agents"])
        until(
            lambda: (
                http.get(f"https://localhost:{made.port}/api/v1/agents")
                .json()["agents"][0]["metadata"]
                .get("connected")
            )
        )
        assert http.get(f"https://localhost:{made.gateway_port}/healthz").status_code == 200
    made.stop()


def test_a_machine_without_the_sandbox_says_what_to_install(folder: Path) -> None:
    tools = folder / "bin"
    tools.mkdir()
    for name in ("Xvfb", "openbox", "sh"):
        if (found := shutil.which(name)) is not None:
            (tools / name).symlink_to(found)
    made = Installation(folder)
    made.env["PATH"] = str(tools)
    made.start()
    try:
        until(lambda: "Sessions cannot start yet" in made.log.read_text())
        said = " ".join(made.log.read_text().split())
        assert "apt install" in said
        assert "bubblewrap" in said
        made.api.sign_in()
        until(lambda: made.api.get("/agents").json()["agents"])
        until(lambda: made.api.get("/agents").json()["agents"][0]["status"] == "online")
        session_id = made.api.launch()
        until(lambda: made.api.session(session_id)["state"] == "failed")
        assert "bubblewrap" in made.api.session(session_id)["reason"]["message"]
    finally:
        made.stop()
