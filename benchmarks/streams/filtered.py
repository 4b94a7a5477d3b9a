"""What a policy costs a stream: frames filtered in our gateway against the same frames spliced, in one run.

`uv run python -m benchmarks.streams.filtered [--json FILE]`. Loader and session share the first core and one process;
the gateway has the second. Frames are those of the engine: 16 kB of picture out, a key of a few bytes in.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvloop
from websockets.asyncio.server import serve

from benchmarks.streams.run import AGENTS, HERE, SECRET, _control_plane, _cpu, _free_port, _pinned
from streamspace.protocol import tokens
from streamspace.protocol.policies import Policy
from streamspace.protocol.streams import StreamCookie

PICTURE = b"\x82\x7e" + (16384).to_bytes(2, "big") + b"\x04" + bytes(16383)
ANSWER = b"\x82\x7e" + (1400).to_bytes(2, "big") + b"\x04" + bytes(1399)
KEY = b"\x81\x85\x00\x00\x00\x00kd,65"
ANSWERED = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
SECONDS, ROUNDS = 2.0, 5
BOUNDS = {"CPU per GB filtered/spliced": 2.0, "p50 filtered/spliced": 1.3}


async def session(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer each key with a small picture, or send large ones for ever."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
        writer.write(ANSWERED)
        if b"bulk" in head:
            while True:
                writer.write(PICTURE * 16)
                await writer.drain()
        while True:
            await reader.readexactly(len(KEY))
            writer.write(ANSWER)
    except (ConnectionError, asyncio.IncompleteReadError):
        writer.close()


def request(port: int, what: str, policy: Policy | None) -> bytes:
    now = datetime.now(UTC).timestamp()
    cookie = StreamCookie(
        exp=now + 3600,
        granted=now,
        session_id="one",
        agent_id=AGENTS["one"],
        user_id="u",
        login_id="l",
        connection_id="c",
        role="controller",
        policy=policy,
    )
    lines = [
        f"GET /s/one/api/websockets?{what}=1 HTTP/1.1",
        f"Host: localhost:{port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13",
        f"Origin: http://localhost:{port}",
        f"Cookie: streamspace_s_one={tokens.mint(cookie, SECRET)}",
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def measure(port: int, pid: int, policy: Policy | None) -> dict[str, float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 22)
    writer.write(request(port, "echo", policy))
    await reader.readuntil(b"\r\n\r\n")
    took, until = [], time.perf_counter() + SECONDS
    while (begun := time.perf_counter()) < until:
        writer.write(KEY)
        await reader.readexactly(len(ANSWER))
        took.append(time.perf_counter() - begun)
    writer.close()

    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 22)
    writer.write(request(port, "bulk", policy))
    await reader.readuntil(b"\r\n\r\n")
    size, cpu, until = 0, _cpu(pid), time.perf_counter() + SECONDS
    while time.perf_counter() < until:
        size += len(await reader.read(1 << 20))
    cpu = _cpu(pid) - cpu
    writer.transport.abort()
    return {"p50 µs": statistics.median(took) * 1e6, "CPU s/GB": cpu / size * 1e9, "MB/s": size / SECONDS / 1e6}


async def run(folder: Path) -> dict[str, Any]:
    origin = await asyncio.start_unix_server(session, folder / "s.sock")
    port = _free_port()
    values: dict[str, list[dict[str, float]]] = {"spliced": [], "filtered": []}
    async with origin, serve(_control_plane, "127.0.0.1", 0) as control_plane:
        settings = {
            "port": port,
            "public_url": f"http://localhost:{port}",
            "control_plane_url": f"http://127.0.0.1:{next(iter(control_plane.sockets)).getsockname()[1]}",
            "secret": SECRET,
            "direct_root": str(folder),
            "socket": str(folder / "s.sock"),
        }
        (folder / "settings.json").write_text(json.dumps(settings))
        program = [sys.executable, str(HERE / "programs.py")]
        started = [
            await asyncio.create_subprocess_exec(*_pinned(1), *program, *words)
            for words in (
                ["gateway", str(folder / "settings.json")],
                ["agent", str(folder / "settings.json"), AGENTS["one"]],
            )
        ]
        try:
            await _linked(port)
            for _ in range(ROUNDS):
                for name, policy in (("spliced", None), ("filtered", Policy(clipboard="off"))):
                    values[name].append(await measure(port, started[0].pid, policy))
        finally:
            for process in started:
                process.terminate()
            await asyncio.gather(*(process.wait() for process in started))
    medians = {
        name: {what: statistics.median(one[what] for one in rounds) for what in rounds[0]}
        for name, rounds in values.items()
    }
    return {
        "medians": medians,
        "CPU per GB filtered/spliced": medians["filtered"]["CPU s/GB"] / medians["spliced"]["CPU s/GB"],
        "p50 filtered/spliced": medians["filtered"]["p50 µs"] / medians["spliced"]["p50 µs"],
    }


async def _linked(port: int) -> None:
    async with asyncio.timeout(60):
        while True:
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.write(b"GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                text = await reader.read()
                writer.close()
                if b"agents_linked 1" in text and b"control_link_up 1" in text:
                    return
            except OSError:
                pass
            await asyncio.sleep(0.1)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="write the results here as well")
    options = parser.parse_args()
    if (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(0, {0})
    with tempfile.TemporaryDirectory(prefix="ss") as name:
        results = uvloop.run(run(Path(name)))
    for which, found in results["medians"].items():
        print(f"{which:10}" + "".join(f"{what:>10} {value:8.2f}" for what, value in found.items()))
    for bound, most in BOUNDS.items():
        print(f"{'ok' if results[bound] <= most else 'BROKEN':7}{bound:32}{results[bound]:8.2f}  bound <= {most}")
    if options.json:
        options.json.write_text(json.dumps(results, indent=1))
    print(json.dumps(results))
    return 0 if all(results[bound] <= most for bound, most in BOUNDS.items()) else 1


if __name__ == "__main__":
    sys.exit(main())
