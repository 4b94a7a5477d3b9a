"""Watching a session start: each phase with its time, never a bare spinner."""

import asyncio
import sys
from contextlib import aclosing
from datetime import UTC, datetime
from itertools import zip_longest

from rich.live import Live
from rich.spinner import Spinner
from rich.table import Table
from rich.text import Text

from streamspace.cli.failures import TIMED_OUT, CommandFailed
from streamspace.cli.output import clean, console, say
from streamspace.client import Api, Session

LABELS = {
    "accepted": "Accepted",
    "sent": "Sent to an agent",
    "sandbox": "Building the sandbox",
    "display": "Starting the display",
    "engine": "Starting the streaming engine",
    "application": "Starting the application",
    "ready": "Ready",
}
LOG_LINES = 15
REFRESH_PER_SECOND = 8


async def wait_until_settled(api: Api, session: Session, *, seconds: float, show: bool) -> Session:
    """Wait until a session runs, showing its phases on stderr.

    Raises:
        CommandFailed: it failed or ended (with the reason and the end of its log), or took too long.
    """
    view = Phases(live=sys.stderr.isatty()) if show else None
    try:
        async with asyncio.timeout(seconds):
            session = await _follow(api, session, view)
    except TimeoutError:
        raise CommandFailed(
            f"{session.id} does not run yet after {seconds:.0f} s; it goes on starting.",
            TIMED_OUT,
            code="timed_out",
            hint=f"`streamspace sessions show {session.id}` tells how far it is.",
        ) from None
    finally:
        if view:
            view.close()
    if session.ready:
        return session
    raise CommandFailed(_why(session), code=session.reason.code if session.reason else session.state)


async def _follow(api: Api, session: Session, view: "Phases | None") -> Session:
    # A session that was just asked to wake may still be shown as hibernated.
    waking = session.state in {"hibernated", "waking"}
    async with aclosing(api.sessions.follow(session.id)) as states:
        async for state in states:
            session = state
            if view:
                view.update(session)
            if session.settled and not (waking and session.state == "hibernated"):
                break
    return session


class Phases:
    """Draws the phases of one start: a live table on a terminal, a line each elsewhere."""

    def __init__(self, *, live: bool) -> None:
        self._session: Session | None = None
        self._said: set[str] = set()
        self._live = Live(
            console=console(stderr=True), get_renderable=self._draw, refresh_per_second=REFRESH_PER_SECOND
        )
        self._is_live = live
        if live:
            self._live.start()

    def update(self, session: Session) -> None:
        """Show the session as it is now."""
        self._session = session
        if self._is_live:
            self._live.refresh()
            return
        for step in session.progress:
            if step.phase not in self._said:
                self._said.add(step.phase)
                after = (step.at - session.progress[0].at).total_seconds()
                say(f"{after:6.1f} s  {LABELS.get(step.phase, step.phase)}{_note(step.message)}")

    def close(self) -> None:
        """Leave the last picture on the screen."""
        if self._is_live:
            self._live.stop()

    def _draw(self) -> Table:
        table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
        table.add_column(width=1)
        table.add_column(no_wrap=True)
        table.add_column(justify="right", no_wrap=True)
        steps = self._session.progress if self._session else []
        for step, following in zip_longest(steps, steps[1:]):
            last = following is None
            over = step.phase == "ready" or (self._session is not None and self._session.settled)
            end = following.at if following else (step.at if over else datetime.now(UTC))
            took = max(0.0, (end - step.at).total_seconds())
            mark = Spinner("dots") if last and not over else self._mark(last=last)
            label = clean(LABELS.get(step.phase, step.phase) + _note(step.message))
            table.add_row(mark, Text(label), "" if step.phase == "ready" else f"{took:.1f} s")
        return table

    def _mark(self, *, last: bool) -> Text:
        failed = last and self._session is not None and self._session.state == "failed"
        return Text("✗", style="red") if failed else Text("✓", style="green")


def _note(message: str | None) -> str:
    return f": {message}" if message else ""


def _why(session: Session) -> str:
    reason = session.reason.message if session.reason else session.termination_reason or session.status.message
    state = "failed" if session.state == "failed" else f"is {session.state}"
    lines = [f"{session.id} {state}: {reason or 'no reason was given.'}"]
    tail = (session.reason.log_tail or "").strip() if session.reason else ""
    if tail:
        lines += ["Its log ends with:", *(f"  {line}" for line in tail.splitlines()[-LOG_LINES:])]
    return "\n".join(lines)
