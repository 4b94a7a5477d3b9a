"""How long a person waits: from the click on Terminal to the first picture, against this machine's own floor.

`uv run python -m benchmarks.start [--rounds N] [--quick] [--template NAME] [--platform process|docker] [--warm]
[--through api|ui] [--json FILE]`. Runs a real `streamspace up` in a folder of its own and a headless Chromium. With
`--warm` each session comes from a warm pool, which is full again before the next; without it none does, and images are
there already. With `--through ui` the click is on the application's button in the web UI, and the picture is the one in
its viewer; otherwise a program starts the session and a new page opens it. A picture counts once a canvas or video of
the engine's page shows a pixel that is not black, so it was sent, decoded and drawn. Ends with 1 if a bound is broken;
the bounds are for an idle machine, so the load is printed with the results.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import re
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx2
from playwright.async_api import Browser, Frame, Page, async_playwright
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.start.looking import ABOUT_THE_PAGE, ABOUT_THE_PORTAL, CLICK, WATCH_FOR_A_PICTURE, gained
from benchmarks.start.measuring import Measured, anchors, report

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


@dataclass
class Bench:
    """A signed-in administrator, the events of sessions, and a warm browser."""

    api: httpx2.AsyncClient
    events: ClientConnection
    browser: Browser
    template: str
    warm: bool = False
    portal: Page | None = None
    """The web UI, signed in, where sessions are started with a click."""
    measured: Measured = field(default_factory=Measured)

    async def round(self) -> None:
        """Start a session and look at it, let it sleep, wake it and look again, end it."""
        if self.warm:
            await self.fill()
        if self.portal is not None:
            await self._round_of_a_person(self.portal)
            return
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

    async def sign_in(self, url: str) -> None:
        """Open the web UI as a person does, and let its caches fill."""
        context = await self.browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-US")
        await context.add_init_script(WATCH_FOR_A_PICTURE)
        self.portal = await context.new_page()
        await self.portal.goto(url)
        await self.portal.get_by_label("User name").fill("admin")
        await self.portal.get_by_label("Password", exact=True).fill(PASSWORD)
        await self.portal.keyboard.press("Enter")

    async def _round_of_a_person(self, portal: Page) -> None:
        """Click on the application, and look at it in its viewer."""
        name = (await self.api.get(f"/templates/{self.template}")).json()["displayName"]
        tiles = portal.get_by_role("region", name="Applications")
        button = tiles.get_by_role("button", name=re.compile(f"^{re.escape(name)}"))
        await button.wait_for()
        await asyncio.sleep(SETTLE_SECONDS)
        await button.evaluate(CLICK)
        await portal.wait_for_url("**/sessions/*", wait_until="commit")
        session_id = portal.url.rsplit("/", 1)[1]
        started = await self._until(session_id, "running")
        running = time.time() * 1e3
        frame = await (await portal.wait_for_selector("iframe", state="attached")).content_frame()
        assert frame is not None
        await frame.wait_for_url(f"**/s/{session_id}/*", wait_until="commit")
        picture = await self._picture(frame)
        steps = await portal.evaluate(ABOUT_THE_PORTAL)
        self._note_phases(steps["post"][0] / 1e3, started["progress"])
        for step, took in gained(steps, running, await frame.evaluate("performance.timeOrigin"), picture).items():
            self.measured.note(step, took)
        await self.api.delete(f"/sessions/{session_id}")
        await self._until(session_id, "terminated")
        await portal.get_by_role("link", name="Home").first.click()

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

    async def _picture(self, page: Page | Frame) -> float:
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


async def measure(rounds: int, template: str, platform: str, *, warm: bool, through: str) -> Measured:
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
                if through == "ui":
                    await bench.sign_in(url)
                for number in range(rounds + 1):
                    if number == 1:
                        bench.measured = Measured()
                    await asyncio.to_thread(anchors, bench.measured)
                    await bench.round()
                await browser.close()
                return bench.measured


def main() -> int:
    """Measure, print, keep, and judge."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--quick", action="store_true", help="three rounds")
    parser.add_argument("--template", default="terminal")
    parser.add_argument("--platform", choices=["process", "docker"], default="process")
    parser.add_argument("--warm", action="store_true", help="sessions come from a warm pool")
    parser.add_argument("--through", choices=["api", "ui"], default="api", help="who starts: a program, or a click")
    parser.add_argument("--json", type=Path, help="where the results go")
    options = parser.parse_args()
    kind = (options.platform, options.warm)
    docker, ui = options.platform == "docker", options.through == "ui"
    name = "-".join(["start", *["docker"] * docker, *["warm"] * options.warm, *["ui"] * ui])
    target = options.json or RESULTS / f"{name}.json"
    if missing := [tool for tool in ("bwrap", "Xvfb", "chromium") if shutil.which(tool) is None]:
        print(f"Needs {', '.join(missing)}.", file=sys.stderr)
        return 2
    load_before = os.getloadavg()[0]
    rounds = 3 if options.quick else options.rounds
    measured = asyncio.run(
        measure(rounds, options.template, options.platform, warm=options.warm, through=options.through)
    )
    document = report(measured, BOUNDS_MS[kind])
    document["load"] = [load_before, os.getloadavg()[0]]
    document["cores"] = os.cpu_count()
    print(f"load {load_before:.1f} before, {document['load'][1]:.1f} after, on {document['cores']} cores")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(document, indent=1))
    return 0 if all(verdict["ok"] for verdict in document["verdicts"].values()) else 1


if __name__ == "__main__":
    sys.exit(main())
