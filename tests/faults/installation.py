"""Control plane, gateway and agents as separate programs on this machine, to be killed, cut off and confused."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import psutil

from tests.faults import sleeper

ROOT = Path(__file__).parents[2]
PASSWORD = "correct horse battery"
STREAMSPACE = str(Path(sys.executable).with_name("streamspace"))
# Shorter than anybody would set them, so that everything that takes its time comes within a test's.
IMPATIENT = {
    "STREAMSPACE_START_TIMEOUT": "15s",
    "STREAMSPACE_COMMAND_TIMEOUT": "6s",
    "STREAMSPACE_AGENT_AWAY_AFTER": "8s",
}


class Program:
    """One program, running."""

    def __init__(self, name: str, command: list[str], env: dict[str, str], folder: Path) -> None:
        self.name = name
        self.log = folder / f"{name}.log"
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("STREAMSPACE_", "PYTHONDONTWRITE"))}
        with self.log.open("ab") as out:
            self._begin = out.tell()
            self.process = subprocess.Popen(
                command, env=clean | env, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT, start_new_session=True
            )

    def said(self, word: str) -> bool:
        """Tell whether its log has this; that of the processes before it is passed over."""
        return word.encode() in self.log.read_bytes()[self._begin :]

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(15)
        if self.process.poll() is None:
            self.kill()


class Agent:
    """How to run one agent."""

    def __init__(self, name: str, data_dir: Path, sessions: Path) -> None:
        self.name = name
        self.agent_id = name
        self.data_dir = data_dir
        self.sessions = sessions
        self.server: str | None = None
        """Where it finds the control plane, if not directly."""
        self.prefix: list[str] = []
        """What its command begins with, such as another network namespace."""
        self.real = False
        """Whether its sessions are the product's own sandboxes, not sleepers."""


class Installation:
    def __init__(self, folder: Path, database_url: str, agents: int = 3) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.database_url = database_url
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.clock = folder / "clock"
        self.secrets = {
            "STREAMSPACE_SECRET_KEY": secrets.token_hex(32),
            "STREAMSPACE_GATEWAY_SECRET": secrets.token_hex(32),
            "STREAMSPACE_ADMIN_PASSWORD": PASSWORD,
            "STREAMSPACE_LOGIN_ATTEMPTS": "1000",
        }
        self.programs: dict[str, Program] = {}
        self.agents = {
            name: Agent(name, folder / name, folder / name / "held")
            for name in (f"agent-{number}" for number in range(1, agents + 1))
        }
        self.server_dir = folder / "server"
        self.patient = False
        """Whether the control plane waits as long as it usually does."""
        self.api = Api(self.url)

    def begin(self, *, gateway: bool = True) -> None:
        self.start_server()
        self.api.until_ready()
        self.api.sign_in()
        token = self.api.post("/agents/join-tokens", json={"approve": True, "uses": 20}).json()["token"]
        self.secrets["STREAMSPACE_AGENT_JOIN_TOKEN"] = token
        if gateway:
            self.start_gateway()
        for name in self.agents:
            self.start_agent(name)
        self.until_online(len(self.agents))

    def start_server(self) -> None:
        command = [sys.executable, "-m", "tests.faults.server"]
        env = self.secrets | ({} if self.patient else IMPATIENT) | {
            "STREAMSPACE_HOST": "0.0.0.0",  # noqa: S104 - agents of other network namespaces dial it too
            "STREAMSPACE_PORT": str(self.port),
            "STREAMSPACE_DATA_DIR": str(self.server_dir),
            "STREAMSPACE_DATABASE_URL": self.database_url,
            "FAULTS_CLOCK": str(self.clock),
        }  # fmt: skip
        self.programs["server"] = Program("server", command, env, self.folder)

    def start_gateway(self) -> None:
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        command = [STREAMSPACE, "gateway", "--server", self.url, "--port", str(port), "--public-url", url]
        env = {"STREAMSPACE_GATEWAY_SECRET": self.secrets["STREAMSPACE_GATEWAY_SECRET"]}
        self.programs["gateway"] = Program("gateway", command, env, self.folder)

    def start_agent(self, name: str) -> None:
        agent = self.agents[name]
        program = [STREAMSPACE, "agent"] if agent.real else [sys.executable, "-m", "tests.faults.agent"]
        env = {
            "STREAMSPACE_AGENT_SERVER": agent.server or self.url,
            "STREAMSPACE_AGENT_AGENT_ID": agent.agent_id,
            "STREAMSPACE_AGENT_DATA_DIR": str(agent.data_dir),
            "STREAMSPACE_AGENT_JOIN_TOKEN": self.secrets["STREAMSPACE_AGENT_JOIN_TOKEN"],
            "STREAMSPACE_AGENT_PLATFORM": "process",
            "STREAMSPACE_AGENT_HEARTBEAT": "1s",
            "FAULTS_SESSIONS": str(agent.sessions),
        }
        self.programs[name] = Program(name, [*agent.prefix, *program], env, self.folder)

    def kill(self, name: str) -> None:
        self.programs[name].kill()

    def connected(self) -> int:
        return sum(bool(agent["metadata"]["connected"]) for agent in self.api.ask("GET", "/agents")["agents"])

    def until_online(self, count: int, seconds: float = 60) -> None:
        until(lambda: self.connected() >= count, seconds, lambda: f"{self.connected()} agents are connected")

    def running(self) -> dict[str, list[int]]:
        """The processes of all sessions, wherever they run."""
        found: dict[str, list[int]] = {}
        for agent in self.agents.values():
            if agent.real:
                for session_id, pids in sandboxes(agent.data_dir).items():
                    found.setdefault(session_id, []).extend(pids)
        for folder in {agent.sessions for agent in self.agents.values() if not agent.real}:
            for session_id, pids in sleeper.processes(folder).items():
                found.setdefault(session_id, []).extend(pids)
        return found

    def end(self) -> None:
        for program in self.programs.values():
            program.kill()
        left = [pid for pids in self.running().values() for pid in pids]
        for path in self.folder.glob("*/sessions/*/launcher"):
            with contextlib.suppress(OSError, ValueError, IndexError):
                left.append(int(path.read_text().split()[0]))
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def logs(self) -> str:
        return "\n".join(
            f"--- {name}\n{program.log.read_text(errors='replace')[-2000:]}" for name, program in self.programs.items()
        )


class Api:
    """A signed-in administrator who asks until there is an answer, whatever happens to the control plane meanwhile."""

    PATIENCE_SECONDS = 90

    def __init__(self, url: str) -> None:
        self.http = httpx2.Client(base_url=f"{url}/api/v1", timeout=20)
        self._root = url

    def post(self, path: str, **more: Any) -> httpx2.Response:
        return self.http.post(path, **more)

    def until_ready(self, seconds: float = 60) -> None:
        until(self._ready, seconds)

    def _ready(self) -> bool:
        try:
            return self.http.get(f"{self._root}/readyz").status_code == 200
        except httpx2.TransportError:
            return False

    def sign_in(self) -> None:
        answer = self.post("/auth/login", json={"username": "admin", "password": PASSWORD})
        answer.raise_for_status()
        self.http.headers["Authorization"] = f"Bearer {answer.json()['token']}"

    def answer(self, method: str, path: str, **more: Any) -> httpx2.Response:
        """Ask again while nobody answers, or something is broken for a moment."""
        end = time.monotonic() + self.PATIENCE_SECONDS
        while True:
            try:
                answer = self.http.request(method, path, **more)
                if answer.status_code == 401:
                    self.sign_in()
                elif answer.status_code < 500 or answer.status_code == 503:
                    return answer
                said = f"{answer.status_code} {answer.text[:300]}"
            except httpx2.TransportError as error:
                said = repr(error)
            if time.monotonic() > end:
                raise TimeoutError(f"{method} {path} has no answer: {said}")
            time.sleep(0.1)

    def ask(self, method: str, path: str, **more: Any) -> dict[str, Any]:
        return dict(self.answer(method, path, **more).json())

    def sessions(self) -> dict[str, dict[str, Any]]:
        """All of them, page by page."""
        found: dict[str, dict[str, Any]] = {}
        cursor: str | None = ""
        while cursor is not None:
            page = self.ask("GET", "/sessions", params={"limit": 500} | ({"cursor": cursor} if cursor else {}))
            found |= {session["id"]: session for session in page["sessions"]}
            cursor = page.get("nextCursor")
        return found


def sandboxes(data_dir: Path) -> dict[str, list[int]]:
    """The X servers of the process platform's sessions, of which each has one; what they see mounted tells whose."""
    mounts = {}
    for process in psutil.process_iter(["name"]):
        if process.info["name"] == "Xvfb":
            with contextlib.suppress(OSError):
                mounts[process.pid] = Path(f"/proc/{process.pid}/mountinfo").read_text()
    found: dict[str, list[int]] = {}
    place = "/".join(data_dir.parts[-3:])  # what is told is the path inside a file system
    for path in (data_dir / "sessions").glob("*/record.json"):
        with contextlib.suppress(OSError, ValueError, KeyError):
            session_id, run = json.loads(path.read_text())["session_id"], f"{place}/run/{path.parent.name} "
            pids = [pid for pid, seen in mounts.items() if run in seen]
            if pids:
                found[session_id] = pids
    return found


def until(happens: Callable[[], object], seconds: float = 60, otherwise: Callable[[], str] = lambda: "") -> None:
    """Wait until something holds; the bound is for what never happens, not for a busy machine."""
    end = time.monotonic() + seconds
    while not happens():
        if time.monotonic() > end:
            raise AssertionError(f"It did not happen within {seconds} s. {otherwise()}")
        time.sleep(0.1)


def free_port() -> int:
    import socket

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
