"""Servers in processes of their own, as the benchmarks need them."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import psutil

from benchmarks.api import seed

ROOT = Path(__file__).parents[2]
RUN_SERVER = "from streamspace.server.program import run; raise SystemExit(run())"
CONTROL_PLANE = [sys.executable, "-c", RUN_SERVER]
UNCHECKED = [sys.executable, "-m", "benchmarks.api.unchecked"]


@dataclass(frozen=True)
class Running:
    """A server that answers."""

    process: psutil.Process
    port: int

    def cpu(self) -> float:
        """Return the processor time used so far, in seconds."""
        times = self.process.cpu_times()
        return float(times.user + times.system)

    async def sign_in(self, username: str) -> str:
        """Return an access token of one of the seeded people."""
        async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{self.port}", timeout=20) as http:
            answer = await http.post("/api/v1/auth/login", json={"username": username, "password": seed.PASSWORD})
            token: str = answer.raise_for_status().json()["token"]
            return token

    async def make_key(self, token: str) -> str:
        """Return an API key that may read its person's sessions."""
        async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{self.port}", timeout=20) as http:
            wanted = {"name": "bench", "scopes": ["sessions:read"], "rateLimit": 1_000_000}
            answer = await http.post("/api/v1/api-keys", json=wanted, headers={"Authorization": f"Bearer {token}"})
            key: str = answer.raise_for_status().json()["key"]
            return key


def free_port() -> int:
    """Return a port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.asynccontextmanager
async def process(command: list[str], port: int, **environment: str) -> AsyncIterator[Running]:
    """Run a server in a process of its own until the block ends."""
    running = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment})  # noqa: ASYNC220
    try:
        for _ in range(600):
            if running.poll() is not None:
                raise SystemExit(f"{command[:3]} ended with {running.returncode}")
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                break
            await asyncio.sleep(0.1)
        yield Running(psutil.Process(running.pid), port)
    finally:
        running.terminate()
        running.wait(10)


@contextlib.asynccontextmanager
async def control_plane(url: str, folder: Path, command: list[str] = CONTROL_PLANE) -> AsyncIterator[Running]:
    """Run a control plane on a database."""
    (folder / "templates").mkdir(exist_ok=True)
    (folder / "templates" / "editor.yaml").write_text(seed.catalog())
    port = free_port()
    settings = {
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "DATABASE_URL": url,
        "DATA_DIR": str(folder),
        "CATALOG_DIR": str(folder),
        "LOG_LEVEL": "error",
        "SECRET_KEY": "s" * 32,
        "GATEWAY_SECRET": "g" * 32,
    }
    async with process(command, port, **{f"STREAMSPACE_{name}": value for name, value in settings.items()}) as running:
        yield running
