"""What a stream costs: our gateway with one hop and with two, against nginx in the same run.

`uv run python -m benchmarks.streams [--quick] [--json FILE]`; needs gcc and nginx. Loader and session share
the first core, what is measured has the second. Ends with 1 if a bound is broken.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import shutil
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from streamspace.protocol import tokens
from streamspace.protocol.links import LinkMessage, wrap
from streamspace.protocol.streams import Revoke, StreamCookie

HERE = Path(__file__).parent
SECRET = "only for this benchmark, on the loopback"  # noqa: S105
AGENTS = {"one": "agent-direct", "two": "agent-dial"}
SIZES = {"1.4 kB": 1400, "16 kB": 16384}
IDLE_STREAMS = 2000
BOUNDS = {
    "throughput two/nginx": (">=", 0.6),
    "p50 two/nginx 1.4 kB": ("<=", 2.0),
    "p50 two/nginx 16 kB": ("<=", 2.0),
    "p99 two/nginx 1.4 kB": ("<=", 3.0),
    "p99 two/nginx 16 kB": ("<=", 3.0),
    "p50 one/nginx 1.4 kB": ("<=", 1.3),
    "p50 one/nginx 16 kB": ("<=", 1.3),
    "CPU per GB one/nginx": ("<=", 1.1),
    "CPU per GB and hop two/nginx": ("<=", 1.1),
    "idle kB per stream at the gateway": ("<=", 10.0),
    "p99 beside a stalled neighbour/alone": ("<=", 3.0),
}


@dataclass
class Bench:
    """The running programs and what was measured."""

    folder: Path
    ports: dict[str, int]
    pids: dict[str, list[int]] = field(default_factory=dict)
    seconds: float = 2.0
    rounds: int = 3

    async def load(
        self, mode: str, target: str, *, streams: int = 1, size: int = 64, rate: float = 0, stalled: int = 0
    ) -> dict[str, Any]:
        """Run the loader against a target and add the CPU that the target's programs took meanwhile."""
        arguments = [mode, self.ports[target], self.folder / f"{target}.{'bulk' if mode == 'bulk' else 'echo'}"]
        arguments += [streams, size, self.seconds, rate, stalled]
        process = await asyncio.create_subprocess_exec(
            *_pinned(0), self.folder / "load", *map(str, arguments), stdout=asyncio.subprocess.PIPE
        )
        assert process.stdout is not None
        before = {pid: _cpu(pid) for pid in self.pids.get(target, [])}
        while (line := await process.stdout.readline()) and not line.startswith(b"{"):
            if line.startswith(b"measuring"):
                before = {pid: _cpu(pid) for pid in before}
        cpu = [_cpu(pid) - was for pid, was in before.items()]
        await process.wait()
        result: dict[str, Any] = json.loads(line)
        if result["failed"]:
            raise RuntimeError(f"{mode} against {target}: {result}")
        result["cpu"] = cpu
        return result

    async def idle(self, target: str) -> list[float]:
        """Return how many kB each idle stream adds to each of the target's programs."""
        before = [_rss_kb(pid) for pid in self.pids[target]]
        arguments = ["idle", self.ports[target], self.folder / f"{target}.echo", IDLE_STREAMS, 64, 1, 0, 0]
        process = await asyncio.create_subprocess_exec(
            *_pinned(0),
            self.folder / "load",
            *map(str, arguments),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        assert process.stdout is not None
        await process.stdout.readline()
        await asyncio.sleep(1)
        after = [_rss_kb(pid) for pid in self.pids[target]]
        out, _ = await process.communicate(b"\n")
        if json.loads(out)["failed"]:
            raise RuntimeError(f"idle against {target}: {out.decode()}")
        return [(now - was) / IDLE_STREAMS for now, was in zip(after, before, strict=True)]


def _pinned(core: int) -> list[str]:
    return ["taskset", "-c", str(core)] if (os.cpu_count() or 1) > 1 else []


def _cpu(pid: int) -> float:
    total = 0.0
    for task in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(FileNotFoundError):
            total += int((task / "schedstat").read_text().split()[0]) / 1e9
    return total


def _rss_kb(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _request(port: int, session_id: str, what: str) -> str:
    now = datetime.now(UTC).timestamp()
    cookie = StreamCookie(
        exp=now + 3600,
        granted=now,
        session_id=session_id,
        agent_id=AGENTS.get(session_id, ""),
        user_id="u",
        login_id="l",
        connection_id="c",
        role="controller",
    )
    return (
        f"GET /s/{session_id}/{what} HTTP/1.1\r\nHost: localhost:{port}\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        f"Origin: http://localhost:{port}\r\nCookie: streamspace_s_{session_id}={tokens.mint(cookie, SECRET)}\r\n\r\n"
    )


NGINX = """
{user}daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log warn;
worker_rlimit_nofile 20000;
events {{ worker_connections 16000; }}
http {{
  access_log off; client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{ listen 127.0.0.1:{port} backlog=4096; tcp_nodelay on;
    location / {{ proxy_pass http://unix:{folder}/s.sock; proxy_http_version 1.1; proxy_read_timeout 600s;
      # Its default of one page costs it twice the CPU on bulk; the anchor should be a good nginx.
      proxy_buffer_size 64k; proxy_buffers 4 64k; proxy_busy_buffers_size 128k;
      proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection upgrade;
      proxy_set_header Host $http_host; }} }}
}}
"""


async def _control_plane(link: ServerConnection) -> None:
    with contextlib.suppress(ConnectionClosed):
        async for text in link:
            if '"hello"' in str(text):
                await link.send(wrap(LinkMessage.REVOKE, Revoke(revocations=[], complete=True)))


@contextlib.asynccontextmanager
async def _programs(folder: Path) -> AsyncIterator[Bench]:
    for name in ("origin", "load"):
        compiler = await asyncio.create_subprocess_exec("gcc", "-O2", "-o", folder / name, HERE / f"{name}.c")
        if await compiler.wait():
            raise RuntimeError("gcc failed")
    ports = {"direct": _free_port(), "nginx": _free_port(), "one": _free_port()}
    ports["two"] = ports["one"]
    for target, port in ports.items():
        for what in ("echo", "bulk"):
            text = _request(port, target, what)
            (folder / f"{target}.{what}").write_text(text)
        # The loader's stalled neighbours ask for this one.
        (folder / f"{target}.echo.bulk").write_text(_request(port, target, "bulk"))
    (folder / "nginx.conf").write_text(
        NGINX.format(folder=folder, port=ports["nginx"], user="user root; " if os.geteuid() == 0 else "")
    )
    bench = Bench(folder, ports)
    started: list[asyncio.subprocess.Process] = []

    async def start(core: int, *command: object) -> int:
        process = await asyncio.create_subprocess_exec(*_pinned(core), *map(str, command))
        started.append(process)
        return process.pid

    async with serve(_control_plane, "127.0.0.1", 0) as control_plane:
        port = next(iter(control_plane.sockets)).getsockname()[1]
        settings = {
            "port": ports["one"],
            "public_url": f"http://localhost:{ports['one']}",
            "control_plane_url": f"http://127.0.0.1:{port}",
            "secret": SECRET,
            "direct_root": str(folder),
            "socket": str(folder / "s.sock"),
        }
        (folder / "settings.json").write_text(json.dumps(settings))
        program = [sys.executable, HERE / "programs.py"]
        try:
            await start(0, folder / "origin", ports["direct"], folder / "s.sock")
            nginx = await start(1, "nginx", "-e", "stderr", "-c", folder / "nginx.conf")
            gateway = await start(1, *program, "gateway", folder / "settings.json")
            agents = {
                hop: await start(1, *program, "agent", folder / "settings.json", agent_id)
                for hop, agent_id in AGENTS.items()
            }
            await _linked(ports["one"])
            bench.pids = {"nginx": _children(nginx), "one": [gateway], "two": [gateway, agents["two"]]}
            yield bench
        finally:
            for process in reversed(started):
                with contextlib.suppress(ProcessLookupError):
                    process.terminate()
            await asyncio.gather(*(process.wait() for process in started))


async def _linked(port: int) -> None:
    until = time.monotonic() + 15
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            text = await reader.read()
            writer.close()
            if b"agents_linked 2" in text and b"control_link_up 1" in text:
                return
        await asyncio.sleep(0.1)
    raise RuntimeError("the gateway did not come up")


Results = dict[str, dict[str, list[float]]]


@dataclass
class Measurements:
    """What was measured: values by name and target, and ratios by the name of their bound."""

    bench: Bench
    values: Results = field(default_factory=dict)
    ratios: dict[str, list[float]] = field(default_factory=dict)

    def note(self, target: str, what: str, value: float) -> float:
        """Keep a value and return it."""
        self.values.setdefault(what, {}).setdefault(target, []).append(value)
        return value

    def ratio(self, name: str, value: float) -> None:
        """Keep a ratio that a bound is about."""
        self.ratios.setdefault(name, []).append(value)

    async def round_trips(self) -> None:
        """Send one message at a time and wait for it."""
        for name, size in SIZES.items():
            p50, p99 = {}, {}
            for target in ("direct", "nginx", "one", "two"):
                took = await self.bench.load("echo", target, size=size)
                p50[target] = self.note(target, f"round trip {name}, p50 µs", took["p50"])
                p99[target] = self.note(target, f"round trip {name}, p99 µs", took["p99"])
            for hops in ("one", "two"):
                self.ratio(f"p50 {hops}/nginx {name}", p50[hops] / p50["nginx"])
            self.ratio(f"p99 two/nginx {name}", p99["two"] / p99["nginx"])

    async def bulk(self) -> None:
        """Read as fast as it goes."""
        rate, cost = {}, {}
        for target in ("nginx", "one", "two"):
            took = await self.bench.load("bulk", target)
            gigabytes = took["bytes"] / 1e9
            rate[target] = self.note(target, "bulk MB/s", gigabytes * 1e3 / took["seconds"])
            cost[target] = self.note(target, "bulk CPU s/GB and hop", sum(took["cpu"]) / gigabytes / len(took["cpu"]))
            self.note(target, "loader's core used for loading", took["loader"])
        self.ratio("throughput two/nginx", rate["two"] / rate["nginx"])
        self.ratio("CPU per GB one/nginx", cost["one"] / cost["nginx"])
        self.ratio("CPU per GB and hop two/nginx", cost["two"] / cost["nginx"])

    async def neighbour(self) -> None:
        """Pace small messages, alone and beside browsers that never read."""
        alone = await self.bench.load("echo", "two", size=64, rate=200)
        beside = await self.bench.load("echo", "two", size=64, rate=200, stalled=4)
        self.note("two", "64 B at 200/s alone, p99 µs", alone["p99"])
        self.note("two", "64 B at 200/s beside 4 stalled, p99 µs", beside["p99"])
        self.ratio("p99 beside a stalled neighbour/alone", beside["p99"] / alone["p99"])

    async def opening(self) -> None:
        """Open and abort one stream after another."""
        for target in ("nginx", "one", "two"):
            took = await self.bench.load("open", target, streams=1)
            self.note(target, "open, p50 µs", took["p50"])
            self.note(target, "open, CPU µs", sum(took["cpu"]) / max(1, took["messages"]) * 1e6)

    async def idle(self) -> None:
        """Open many streams and do nothing."""
        # Not with one hop as well: the second measurement would find memory that the first one freed.
        for target in ("nginx", "two"):
            for index, grown in enumerate(await self.bench.idle(target)):
                self.note(target if index == 0 else "agent", f"idle kB per stream of {IDLE_STREAMS}", grown)
                if index == 0 and target == "two":
                    self.ratio("idle kB per stream at the gateway", grown)

    async def run(self) -> None:
        """Interleave the rounds, so that a slow moment of the machine meets all."""
        for _ in range(self.bench.rounds):
            await self.round_trips()
            await self.bulk()
            await self.neighbour()
            await self.opening()
        await self.idle()


def _print(results: Results, verdicts: dict[str, dict[str, Any]]) -> None:
    columns = ("direct", "nginx", "one", "two", "agent")
    print(f"{'median':42}" + "".join(f"{column:>10}" for column in columns))
    for what, values in results.items():
        cells = [f"{statistics.median(values[c]):10.2f}" if c in values else f"{'-':>10}" for c in columns]
        print(f"{what:42}" + "".join(cells))
    print()
    for name, verdict in verdicts.items():
        mark = "ok " if verdict["ok"] else "BROKEN"
        print(f"{mark:7}{name:42}{verdict['value']:8.2f}  bound {verdict['bound']}")


async def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="about a minute, with wider spread")
    parser.add_argument("--json", type=Path, help="write the results here as well")
    options = parser.parse_args()
    if missing := [tool for tool in ("gcc", "nginx", "taskset") if shutil.which(tool) is None]:
        print(f"Needs {', '.join(missing)}.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="ss") as name:
        async with _programs(Path(name)) as bench:
            if options.quick:
                bench.seconds = 0.7
            measured = Measurements(bench)
            await measured.run()
    verdicts = {}
    for bound, (relation, limit) in BOUNDS.items():
        value = statistics.median(measured.ratios[bound])
        ok = value <= limit if relation == "<=" else value >= limit
        verdicts[bound] = {"value": round(value, 3), "bound": f"{relation} {limit}", "ok": ok}
    _print(measured.values, verdicts)
    document = {"results": measured.values, "verdicts": verdicts}
    if options.json:
        options.json.write_text(json.dumps(document, indent=1))
    print(json.dumps(document))
    return 0 if all(verdict["ok"] for verdict in verdicts.values()) else 1
