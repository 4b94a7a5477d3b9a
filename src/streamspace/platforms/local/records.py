"""What the platform writes down, so that an agent that starts later finds every session."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from streamspace.platforms.base import PlatformError, SessionView, State
from streamspace.platforms.local import processes
from streamspace.platforms.local.processes import Process

LONGEST_SOCKET_PATH = 107
"""`sun_path` of unix(7), less its final zero."""
STALE_SECONDS = 60.0
"""How old the word of a session about its idleness may be."""


@dataclass(kw_only=True)
class Record:
    """One session, as it is kept on disk."""

    session_id: str
    user_id: str
    org_id: str
    template: str
    cpu_millicores: int
    memory_bytes: int
    persistent_home: bool
    network: bool
    owner: int
    """The host's user id that the sandbox runs as."""
    state: State = State.STARTING
    message: str = ""
    tokens: dict[str, str] = field(default_factory=dict)
    participants: dict[str, dict[str, str]] = field(default_factory=dict)
    """The engine's token and the role of each connection, by its id."""
    protocol: Literal["selkies", "vnc", "http"] = "selkies"
    """How the application is streamed."""
    clipboard: Literal["both", "in", "out", "off"] = "both"
    """Which way the clipboard crosses, as it was when the session started."""
    control: str = ""
    """The connection that alone may use keyboard and mouse; empty where all controllers may."""
    started_at: float = field(default_factory=time.time)
    warm: bool = False
    """Whether it waits for its person; `session_id` is then its own, and no session's."""
    key: str = ""
    """Under which its files and groups are kept: that of the warm one it was, if it was one."""
    made_of: str = ""
    """What a warm one was started from, as a digest."""


@dataclass(frozen=True, slots=True)
class Status:
    """What a sandbox's first process last said."""

    phase: str = ""
    idle_seconds: float | None = None
    at: float = 0.0
    outcome: str = ""
    message: str = ""


class Folder:
    """The files of one session below the data folder."""

    def __init__(self, root: Path, session_id: str, key: str = "") -> None:
        # Hashed: an id may be longer than a socket's path allows, and is not ours to trust as a file name.
        own = hashlib.sha256(session_id.encode()).hexdigest()[:12]
        # Groups and containers are the machine's: two agents on it may know sessions of the same name.
        self.key = key or hashlib.sha256(f"{root}\0{session_id}".encode()).hexdigest()[:12]
        self.private = root / "sessions" / self.key
        self.run = root / "run" / self.key
        self.socket = self.run / "s"
        self.files = self.run / "f"
        self.claims = self.run / "w"
        """Where a warm session is told whose it becomes."""
        self.log = root / "logs" / f"{own}.log"
        if len(os.fsencode(self.socket.absolute())) > LONGEST_SOCKET_PATH:
            raise PlatformError(
                f"The data folder's path is too long for a socket: {self.socket.absolute()} has more than "
                f"{LONGEST_SOCKET_PATH} bytes. Choose a shorter data folder."
            )

    def create(self) -> None:
        """Make the folders that a start needs, empty."""
        shutil.rmtree(self.run, ignore_errors=True)
        self.private.mkdir(parents=True, exist_ok=True, mode=0o700)
        for stale in ("launcher", "info", "first", "status", "network"):
            (self.private / stale).unlink(missing_ok=True)
        self.run.mkdir(parents=True)
        self.run.chmod(0o755)
        self.log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)

    def remove(self) -> None:
        """Forget the session, except for its log."""
        shutil.rmtree(self.run, ignore_errors=True)
        shutil.rmtree(self.private, ignore_errors=True)

    def save(self, record: Record) -> None:
        """Write the record so that a crash leaves the old one or the new one."""
        record.key = self.key
        self.private.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = self.private / "record.new"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(asdict(record), file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.private / "record.json")

    def status(self) -> Status:
        """Read what the sandbox last said."""
        found = _read_json(self.private / "status")
        idle = found.get("idle")
        return Status(
            phase=str(found.get("phase", "")),
            idle_seconds=float(idle) if isinstance(idle, int | float) else None,
            at=float(found.get("at", 0.0)),
            outcome=str(found.get("outcome", "")),
            message=str(found.get("message", ""))[:500],
        )

    def launcher(self) -> Process | None:
        """Return the process outside the sandbox that set it up, if it was started at all."""
        try:
            return processes.parse((self.private / "launcher").read_text())
        except (OSError, ValueError):
            return None

    def first_process(self) -> Process | None:
        """Return the sandbox's process 1, by its number on the host, once bubblewrap has told it."""
        known = _read_json(self.private / "first")
        if known:
            return Process(int(known["pid"]), int(known["started"]))
        pid = _read_json(self.private / "info").get("child-pid")
        launcher = self.launcher()
        if not isinstance(pid, int) or launcher is None or not launcher.alive():
            return None
        first = processes.of(pid)
        if first is not None and first.started >= launcher.started:
            (self.private / "first").write_text(json.dumps({"pid": first.pid, "started": first.started}))
            return first
        return None

    def log_tail(self, lines: int) -> str:
        """Return the end of the log."""
        try:
            text = self.log.read_text(errors="replace")
        except OSError:
            return ""
        return "\n".join(text.splitlines()[-lines:])


def view(record: Record, folder: Folder) -> SessionView:
    """Return a session as the inventory shows it: the record, and what the first process inside last said."""
    status = folder.status() if record.state in {State.STARTING, State.RUNNING} else Status()
    fresh = time.time() - status.at < STALE_SECONDS
    state = State.RUNNING if record.state is State.STARTING and status.phase == "ready" else record.state
    return SessionView(
        session_id=record.session_id,
        state=state,
        message=record.message,
        idle_seconds=status.idle_seconds if fresh else None,
        metadata={"template": record.template, "owner": str(record.owner), "key": folder.key},
    )


def load(root: Path) -> list[Record]:
    """Return every session that was written down; unreadable ones are left alone."""
    found = []
    for path in sorted((root / "sessions").glob("*/record.json")):
        fields = _read_json(path)
        try:
            found.append(Record(**{**fields, "state": State(fields["state"])}))
        except (KeyError, TypeError, ValueError):
            continue
    return found


def remove_strays(root: Path) -> None:
    """Remove folders of starts that were broken off before anything was written down."""
    for private in (root / "sessions").iterdir():
        if not (private / "record.json").exists():
            shutil.rmtree(private, ignore_errors=True)
            shutil.rmtree(root / "run" / private.name, ignore_errors=True)


def prune_logs(root: Path, older_than_days: float, keep: set[str]) -> None:
    """Delete logs of sessions that ended long ago."""
    limit = time.time() - older_than_days * 86400
    for path in (root / "logs").glob("*.log"):
        if path.stem not in keep and path.stat().st_mtime < limit:
            path.unlink(missing_ok=True)


def _read_json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
