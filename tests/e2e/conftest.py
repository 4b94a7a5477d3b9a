"""Runs the real programs as a person would, and a real browser in front of them."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from playwright.async_api import Browser, ConsoleMessage, Page, async_playwright, expect

PASSWORD = "correct horse battery"
STREAMSPACE = Path(sys.executable).with_name("streamspace")
# Two cores carry the product, its sessions and the browser; a look repeats until then, so it costs nothing otherwise.
expect.set_options(timeout=30_000)
_NEEDED = ("bwrap", "Xvfb", "openbox", "chromium", "xfce4-terminal")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = [name for name in _NEEDED if shutil.which(name) is None]
    for item in items:
        if "tests/e2e" not in str(item.path):
            continue
        item.add_marker(pytest.mark.e2e)
        item.add_marker(pytest.mark.timeout(240))
        if missing:
            item.add_marker(pytest.mark.skip(reason=f"needs {', '.join(missing)}"))


def free_ports(count: int) -> list[int]:
    with_sockets = [socket.socket() for _ in range(count)]
    for one in with_sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in with_sockets]
    for one in with_sockets:
        one.close()
    return ports


class Program:
    """One of our programs, running."""

    def __init__(self, name: str, arguments: list[str], env: dict[str, str], log: Path) -> None:
        self.name = name
        self.log = log
        clean = {k: v for k, v in os.environ.items() if not k.startswith("STREAMSPACE_")}
        clean.pop("PYTHONDONTWRITEBYTECODE", None)
        self._out = log.open("ab")
        self.process = subprocess.Popen(
            [STREAMSPACE, *arguments],
            env=clean | env,
            stdout=self._out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self, number: int = signal.SIGTERM, seconds: float = 60) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            return self.process.wait(seconds)
        finally:
            self._out.close()


class Fleet:
    """Control plane, gateway and agent as three programs; streams are dialled back, as across machines."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port, self.gateway_port = free_ports(2)
        self.url = f"http://localhost:{self.port}"
        self.secrets = {
            "STREAMSPACE_SECRET_KEY": secrets.token_hex(32),
            "STREAMSPACE_GATEWAY_SECRET": secrets.token_hex(32),
        }
        self.programs: dict[str, Program] = {}
        self.api = Api(self.url)

    def start(self, *names: str) -> None:
        for name in names:
            arguments, env = getattr(self, f"_{name}")()
            self.programs[name] = Program(name, arguments, self.secrets | env, self.folder / f"{name}.log")

    def _server(self) -> tuple[list[str], dict[str, str]]:
        return ["server", "--port", str(self.port), "--data-dir", str(self.folder / "server")], {
            "STREAMSPACE_ADMIN_PASSWORD": PASSWORD,
            "STREAMSPACE_GATEWAY_ORIGINS": f'["http://localhost:{self.gateway_port}"]',
        }

    def _gateway(self) -> tuple[list[str], dict[str, str]]:
        public = f"http://localhost:{self.gateway_port}"
        return [
            "gateway", "--server", f"http://127.0.0.1:{self.port}", "--port", str(self.gateway_port),
            "--public-url", public, "--agent-url", f"http://127.0.0.1:{self.gateway_port}",
        ], {"STREAMSPACE_GATEWAY_PORTAL_ORIGINS": f'["{self.url}"]'}  # fmt: skip

    def _agent(self) -> tuple[list[str], dict[str, str]]:
        token = self.api.post("/agents/join-tokens", json={"approve": True}).json()["token"]
        return [
            "agent", "--server", f"http://127.0.0.1:{self.port}", "--agent-id", "host-1",
            "--data-dir", str(self.folder / "agent"),
        ], {"STREAMSPACE_AGENT_JOIN_TOKEN": token, "STREAMSPACE_AGENT_PORTAL_ORIGIN": self.url}  # fmt: skip

    def begin(self) -> None:
        self.start("server")
        self.api.until_ready()
        self.api.sign_in()
        self.start("gateway", "agent")
        until(lambda: [a["status"] for a in self.api.get("/agents").json()["agents"]] == ["online"])

    def end(self) -> None:
        for session in self.api.sessions():
            if session["state"] not in {"terminated", "failed"}:
                self.api.delete(f"/sessions/{session['id']}")
        until(lambda: all(s["state"] in {"terminated", "failed"} for s in self.api.sessions()))
        for name in ("agent", "gateway", "server"):
            self.programs[name].stop()


class Api:
    """Somebody who is signed in, an administrator unless said otherwise."""

    def __init__(self, url: str) -> None:
        self._http = httpx2.Client(base_url=f"{url}/api/v1", timeout=60)
        self._root = url
        self.get, self.post, self.put = self._http.get, self._http.post, self._http.put
        self.delete, self.patch = self._http.delete, self._http.patch

    def until_ready(self, seconds: float = 60) -> None:
        until(self._ready, seconds)

    def _ready(self) -> bool:
        try:
            return self._http.get(f"{self._root}/readyz").status_code == 200
        except httpx2.TransportError:
            return False

    def sign_in(self, username: str = "admin", password: str = PASSWORD) -> None:
        answer = self.post("/auth/login", json={"username": username, "password": password})
        assert answer.status_code == 200, answer.text
        self._http.headers["Authorization"] = f"Bearer {answer.json()['token']}"

    def sessions(self) -> list[dict[str, Any]]:
        return list(self.get("/sessions").json()["sessions"])

    def session(self, session_id: str) -> dict[str, Any]:
        return dict(self.get(f"/sessions/{session_id}").json())

    def launch(self, template: str = "terminal", **more: Any) -> str:
        answer = self.post("/sessions", json={"template": template, **more})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def until_state(self, session_id: str, *states: str, seconds: float = 60) -> dict[str, Any]:
        until(
            lambda: self.session(session_id)["state"] in {*states, "terminated", "failed"},
            seconds,
            lambda: str(self.session(session_id)),
        )
        found = self.session(session_id)
        assert found["state"] in states, found
        return found


def until(happens: Callable[[], object], seconds: float = 60, otherwise: Callable[[], str] = lambda: "") -> None:
    """Wait until something holds; the bound is for what never happens, not for a busy machine."""
    end = time.monotonic() + seconds
    while not happens():
        if time.monotonic() > end:
            pytest.fail(f"It did not happen within {seconds} s. {otherwise()}")
        time.sleep(0.1)


class Installation:
    """One `streamspace up`."""

    def __init__(self, folder: Path, *more: str, password: str | None = PASSWORD) -> None:
        self.folder = folder
        self.port, self.gateway_port = free_ports(2)
        self.url = f"http://localhost:{self.port}"
        self.arguments = [
            "up", "--port", str(self.port), "--gateway-port", str(self.gateway_port),
            "--data-dir", str(folder / "data"), "--no-browser", "--platform", "process", *more,
        ]  # fmt: skip
        self.env = {"STREAMSPACE_ADMIN_PASSWORD": password} if password else {}
        self.api = Api(self.url)
        self.log = folder / "up.log"
        self.program: Program | None = None

    def start(self) -> None:
        self.program = Program("up", self.arguments, self.env, self.log)
        self.api.until_ready()

    def stop(self) -> int:
        assert self.program is not None
        return self.program.stop(signal.SIGINT)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short path: Unix sockets have room for 107 bytes. Sessions that a failed test left running end with it."""
    with tempfile.TemporaryDirectory(prefix="ss-", dir="/tmp", ignore_cleanup_errors=True) as name:
        path = Path(name)
        path.chmod(0o755)
        yield path
        for launcher in path.rglob("sessions/*/launcher"):
            with contextlib.suppress(ProcessLookupError, ValueError, IndexError):
                os.kill(int(launcher.read_text().split()[0]), signal.SIGKILL)


@pytest.fixture
def installation(folder: Path) -> Iterator[Installation]:
    made = Installation(folder)
    made.start()
    try:
        made.api.sign_in()
        until(lambda: made.api.get("/agents").json()["total"] == 1)
        until(lambda: made.api.get("/agents").json()["agents"][0]["status"] == "online")
        yield made
    finally:
        if made.program is not None and made.program.process.poll() is None:
            made.stop()
        print(made.log.read_text()[-2000:])  # noqa: T201 - pytest shows it on failure


@pytest.fixture
def fleet(folder: Path) -> Iterator[Fleet]:
    made = Fleet(folder)
    try:
        made.begin()
        yield made
        made.end()
    finally:
        for program in made.programs.values():
            if program.process.poll() is None:
                program.kill()
            print(f"--- {program.name}\n{program.log.read_text()[-2000:]}")  # noqa: T201 - pytest shows it on failure


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        yield launched
        await launched.close()


@pytest.fixture
async def page(browser: Browser) -> Page:
    opened = await browser.new_page(viewport={"width": 1280, "height": 800}, locale="en-US")
    opened.on("console", show_error)
    return opened


def show_error(message: ConsoleMessage) -> None:
    if message.type == "error":
        print(f"[{message.type}] {message.text[:300]}")  # noqa: T201 - pytest shows it on failure
