"""How long a person waits: from the click on Terminal to the first picture, against this machine's own floor.

`uv run python -m benchmarks.start [--rounds N] [--quick] [--template NAME] [--platform process|docker] [--warm]
[--json FILE]`. Runs a real `streamspace up` in a folder of its own and a headless Chromium. With `--warm` each session
comes from a warm pool, which is full again before the next; without it none does, and images are there already. A
picture counts once a canvas or video of the engine's page shows a pixel that is not black, so it was sent, decoded and
drawn. Ends with 1 if a bound is broken; the bounds are for an idle machine, so the load is printed with the results.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx2
from playwright.async_api import Browser, Page, async_playwright
from websockets.asyncio.client import ClientConnection, connect

RESULTS = Path(__file__).parents[1] / "results"
PASSWORD = "only for this benchmark"  # noqa: S105
PHASES = ("accepted", "sent", "sandbox", "display", "engine", "application", "ready")
PATIENCE_SECONDS = 60
SETTLE_SECONDS = 0.5
"""Until a new, empty page of the browser has stopped using the processor."""
ANSWERED, PICTURE = "POST answered, p95", "click to first picture, p95"
BOUNDS_MS = {
    ("process", False): {ANSWERED: 50.0, PICTURE: 3000.0},
    ("docker", False): {ANSWERED: 50.0, PICTURE: 4000.0},
    ("process", True): {ANSWERED: 50.0, PICTURE: 1000.0},
    ("docker", True): {ANSWERED: 50.0, PICTURE: 1000.0},
}
"""By platform, and whether the session waited."""
POOL_SIZE = 2
FILL_SECONDS = 900
"""A pool's first session may have to wait for its image."""

WATCH_FOR_A_PICTURE = """
(() => {
  if (window.top !== window) return;
  const probe = new OffscreenCanvas(64, 40).getContext('2d', {willReadFrequently: true});
  const look = () => {
    for (const source of document.querySelectorAll('canvas, video')) {
      const [width, height] = [source.videoWidth || source.width, source.videoHeight || source.height];
      if (!width || !height) continue;
      probe.clearRect(0, 0, 64, 40);
      try { probe.drawImage(source, 0, 0, 64, 40); } catch { continue; }
      const pixels = probe.getImageData(0, 0, 64, 40).data;
      for (let at = 0; at < pixels.length; at += 4) {
        if (pixels[at] + pixels[at + 1] + pixels[at + 2] > 24) {
          window.pictureAt = performance.timeOrigin + performance.now();
          return;
        }
      }
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
"""

ABOUT_THE_PAGE = """
() => {
  const all = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
  const end = performance.getEntriesByType('navigation')[0];
  return {
    'page: requests': all.length,
    'page: kB over the wire': all.reduce((sum, one) => sum + one.transferSize, 0) / 1000,
    'page: kB unpacked': all.reduce((sum, one) => sum + one.decodedBodySize, 0) / 1000,
    'page: document ready': end.domContentLoadedEventEnd,
  };
}
"""


@dataclass
class Measured:
    """Values in milliseconds unless their name says otherwise, by name, in order of their appearance."""

    values: dict[str, list[float]] = field(default_factory=dict)

    def note(self, name: str, value: float) -> None:
        """Keep a value."""
        self.values.setdefault(name, []).append(value)

    def note_since(self, name: str, began: float) -> float:
        """Keep the time since a moment of `time.time()` and return now."""
        now = time.time()
        self.note(name, (now - began) * 1e3)
        return now


@dataclass
class Bench:
    """A signed-in administrator, the events of sessions, and a warm browser."""

    api: httpx2.AsyncClient
    events: ClientConnection
    browser: Browser
    template: str
    warm: bool = False
    measured: Measured = field(default_factory=Measured)

    async def round(self) -> None:
        """Start a session and look at it, let it sleep, wake it and look again, end it."""
        if self.warm:
            await self.fill()
        page = await self._blank()
        began = time.time()
        answer = await self.api.post("/sessions", json={"template": self.template})
        assert answer.status_code == 201, answer.text
        self.measured.note_since("POST answered", began)
        session_id = answer.json()["id"]
        started = await self._until(session_id, "running")
        self._note_phases(began, started["progress"])
        self.measured.note_since("running (told by the socket)", began)
        await self._look(page, session_id, began, "click to first picture")
        await self._after_a_reload(page)
        await page.context.close()
        if not self.warm:
            await self._sleep_and_wake(session_id)
        await self.api.delete(f"/sessions/{session_id}")
        await self._until(session_id, "terminated")

    async def fill(self) -> None:
        """Have sessions wait, and wait until they do, so that filling disturbs no round."""
        pools = (await self.api.get("/pools")).json()["pools"]
        if not pools:
            answer = await self.api.post("/pools", json={"template": self.template, "size": POOL_SIZE})
            assert answer.status_code == 201, answer.text
        async with asyncio.timeout(FILL_SECONDS):
            while True:
                for pool in (await self.api.get("/pools")).json()["pools"]:
                    if pool["ready"] >= POOL_SIZE:
                        if pool["memoryBytes"]:
                            self.measured.note("memory of a waiting session, MiB", pool["memoryBytes"] / 1024**2)
                        self.measured.note("sessions that found one waiting", pool["claimed24h"])
                        return
                await asyncio.sleep(0.5)

    async def _sleep_and_wake(self, session_id: str) -> None:
        await self.api.put(f"/sessions/{session_id}/hibernate")
        await self._until(session_id, "hibernated")
        page = await self._blank()
        began = time.time()
        answer = await self.api.post(f"/sessions/{session_id}/connect")
        assert not answer.json()["ready"], answer.text
        await self._until(session_id, "running")
        self.measured.note_since("wake: running", began)
        await self._look(page, session_id, began, "wake: click to first picture", details=False)
        await page.context.close()

    async def _blank(self) -> Page:
        """Return a new page with an empty cache, in the browser that is already warm."""
        context = await self.browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-US")
        await context.add_init_script(WATCH_FOR_A_PICTURE)
        page = await context.new_page()
        await asyncio.sleep(SETTLE_SECONDS)
        return page

    async def _look(self, page: Page, session_id: str, began: float, name: str, *, details: bool = True) -> None:
        asked = time.time()
        answer = (await self.api.post(f"/sessions/{session_id}/connect")).json()
        assert answer["ready"], answer
        opened = self.measured.note_since("connect answered", asked) if details else time.time()
        await page.goto(answer["sessionUrl"], wait_until="commit")
        if details:
            self.measured.note_since("page: first byte", opened)
        at = await self._picture(page)
        if details:
            self._note_page(await page.evaluate(ABOUT_THE_PAGE))
            self.measured.note("page: first picture", at - opened * 1e3)
        self.measured.note(name, at - began * 1e3)

    async def _after_a_reload(self, page: Page) -> None:
        """Look once more with the browser's cache filled."""
        began = time.time()
        await page.reload(wait_until="commit")
        self.measured.note("reloaded page: first picture", await self._picture(page) - began * 1e3)
        kb = (await page.evaluate(ABOUT_THE_PAGE))["page: kB over the wire"]
        self.measured.note("reloaded page: kB over the wire", kb)

    async def _picture(self, page: Page) -> float:
        await page.wait_for_function("window.pictureAt", polling=50, timeout=PATIENCE_SECONDS * 1e3)
        return float(await page.evaluate("window.pictureAt"))

    def _note_phases(self, began: float, progress: list[dict[str, Any]]) -> None:
        before = began
        at = {step["phase"]: datetime.fromisoformat(step["at"]).timestamp() for step in progress}
        for phase in PHASES:
            if phase in at:
                self.measured.note(f"until {phase}", (at[phase] - before) * 1e3)
                before = at[phase]

    def _note_page(self, about: dict[str, float]) -> None:
        for name, value in about.items():
            self.measured.note(name, value)

    async def _until(self, session_id: str, state: str) -> dict[str, Any]:
        async with asyncio.timeout(PATIENCE_SECONDS):
            async for text in self.events:
                event = json.loads(text)
                if event.get("sessionId") != session_id:
                    continue
                session: dict[str, Any] | None = event["data"].get("session")
                if session is None:
                    continue  # something else about it
                if session["state"] == state:
                    return session
                if session["state"] == "failed":
                    raise RuntimeError(session["reason"])
        raise RuntimeError("the socket closed")


def anchors(measured: Measured) -> None:
    """Time what a session cannot do without: a sandbox, a display, and the engine's own imports."""
    began = time.time()
    subprocess.run(["bwrap", "--unshare-all", "--ro-bind", "/", "/", "--proc", "/proc", "true"], check=True)
    after_sandbox = measured.note_since("anchor: bwrap true", began)
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL) as display:
        os.read(read, 16)
        now = measured.note_since("anchor: Xvfb answers", after_sandbox)
        display.terminate()
    os.close(read)
    os.close(write)
    measured.note("anchor: floor (both)", (now - began) * 1e3)
    began = time.time()
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([sys.executable, "-c", "import selkies.__main__"], env=environment, check=True, capture_output=True)
    measured.note_since("anchor: engine imported", began)


def _free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports


@contextlib.asynccontextmanager
async def _installation(folder: Path, platform: str) -> AsyncIterator[str]:
    """Run `streamspace up` and yield where it is."""
    port, gateway_port = _free_ports(2)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("STREAMSPACE_")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    arguments = ["up", "--port", str(port), "--gateway-port", str(gateway_port), "--data-dir", str(folder / "data")]
    arguments += ["--platform", platform]
    with (folder / "up.log").open("wb") as log:
        program = await asyncio.create_subprocess_exec(
            Path(sys.executable).with_name("streamspace"),
            *(*arguments, "--no-browser"),
            env=environment | {"STREAMSPACE_ADMIN_PASSWORD": PASSWORD},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield f"http://localhost:{port}"
    except BaseException:
        print((folder / "up.log").read_text()[-4000:], file=sys.stderr)
        raise
    finally:
        with contextlib.suppress(ProcessLookupError):
            program.send_signal(signal.SIGINT)
        try:
            await asyncio.wait_for(program.wait(), 30)
        except TimeoutError:
            program.kill()
            await program.wait()


async def _signed_in(api: httpx2.AsyncClient) -> str:
    """Wait for the control plane, sign in, wait for the agent, and return the token."""
    until = time.monotonic() + PATIENCE_SECONDS
    token = ""
    while time.monotonic() < until:
        with contextlib.suppress(httpx2.TransportError, KeyError):
            if not token:
                answer = await api.post("/auth/login", json={"username": "admin", "password": PASSWORD})
                token = answer.json()["token"]
                api.headers["Authorization"] = f"Bearer {token}"
            agents = (await api.get("/agents")).json()["agents"]
            if agents and agents[0]["status"] == "online":
                return token
        await asyncio.sleep(0.2)
    raise RuntimeError("streamspace up did not get ready")


async def measure(rounds: int, template: str, platform: str, *, warm: bool) -> Measured:
    """Run the rounds; the first one of all warms files and caches and is not counted."""
    with tempfile.TemporaryDirectory(prefix="ss-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)  # noqa: ASYNC240 - nothing else runs yet
        async with (
            _installation(folder, platform) as url,
            httpx2.AsyncClient(base_url=f"{url}/api/v1", timeout=30) as api,
        ):
            token = await _signed_in(api)
            socket_url = f"{url.replace('http', 'ws', 1)}/api/v1/ws/sessions"
            headers = {"Authorization": f"Bearer {token}"}
            async with connect(socket_url, additional_headers=headers) as events, async_playwright() as playwright:
                browser = await playwright.chromium.launch(
                    executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
                )
                bench = Bench(api, events, browser, template, warm)
                for number in range(rounds + 1):
                    if number == 1:
                        bench.measured = Measured()
                    await asyncio.to_thread(anchors, bench.measured)
                    await bench.round()
                await browser.close()
                return bench.measured


def p95(values: list[float]) -> float:
    """Return the value that 95 of 100 do not exceed; of fewer than 20 the largest."""
    return sorted(values)[max(0, -(-len(values) * 95 // 100) - 1)]


def report(measured: Measured, bounds: dict[str, float]) -> dict[str, Any]:
    """Print the table and return what goes into the file."""
    columns: dict[str, Callable[[list[float]], float]] = {"p50": statistics.median, "p95": p95, "min": min}
    print(f"{'ms unless named otherwise':36}" + "".join(f"{column:>10}" for column in columns))
    table = {name: {c: round(f(values), 2) for c, f in columns.items()} for name, values in measured.values.items()}
    for name, row in table.items():
        print(f"{name:36}" + "".join(f"{value:10.1f}" for value in row.values()))
    ratios = {
        f"{name} / {anchor}": round(table[name]["p50"] / table[anchor]["p50"], 2)
        for anchor in ("anchor: floor (both)", "anchor: engine imported")
        for name in ("click to first picture", "wake: click to first picture", "running (told by the socket)")
        if name in table
    }
    print()
    for name, value in ratios.items():
        print(f"{name:56}{value:8.1f}")
    verdicts = {}
    for bound, limit in bounds.items():
        value = table[bound.removesuffix(", p95")]["p95"]
        verdicts[bound] = {"value": value, "bound": limit, "ok": value <= limit}
        print(f"{'ok' if value <= limit else 'BROKEN':7}{bound:39}{value:8.1f}  bound {limit:.0f} ms")
    return {"table": table, "ratios": ratios, "verdicts": verdicts, "values": measured.values}


def main() -> int:
    """Measure, print, keep, and judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--quick", action="store_true", help="three rounds")
    parser.add_argument("--template", default="terminal")
    parser.add_argument("--platform", choices=["process", "docker"], default="process")
    parser.add_argument("--warm", action="store_true", help="sessions come from a warm pool")
    parser.add_argument("--json", type=Path, help="where the results go")
    options = parser.parse_args()
    kind = (options.platform, options.warm)
    name = "-".join(
        ["start", *(["docker"] if options.platform == "docker" else []), *(["warm"] if options.warm else [])]
    )
    target = options.json or RESULTS / f"{name}.json"
    if missing := [tool for tool in ("bwrap", "Xvfb", "chromium") if shutil.which(tool) is None]:
        print(f"Needs {', '.join(missing)}.", file=sys.stderr)
        return 2
    load_before = os.getloadavg()[0]
    measured = asyncio.run(measure(3 if options.quick else options.rounds, options.template, *kind[:1], warm=kind[1]))
    document = report(measured, BOUNDS_MS[kind])
    document["load"] = [load_before, os.getloadavg()[0]]
    document["cores"] = os.cpu_count()
    print(f"load {load_before:.1f} before, {document['load'][1]:.1f} after, on {document['cores']} cores")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(document, indent=1))
    return 0 if all(verdict["ok"] for verdict in document["verdicts"].values()) else 1


if __name__ == "__main__":
    sys.exit(main())
