"""The programs that the first process started, and every orphan: what they say, and how they end."""

from __future__ import annotations

import contextlib
import os
import select
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from streamspace.platforms.inside.boundedlog import BoundedLog

_MOST_READ = 65536
_LONGEST_LINE = 4000


@dataclass
class Child:
    """A program this process started."""

    name: str
    process: subprocess.Popen[bytes]
    partial: bytes = b""


class Programs:
    """Starts programs, whose output goes to the log line by line, and collects what has ended."""

    def __init__(self, log: BoundedLog, poll: select.poll) -> None:
        self._log = log
        self._poll = poll
        self._running: dict[int, Child] = {}
        self._pipes: dict[int, Child] = {}

    def spawn(self, name: str, command: list[str], environment: dict[str, str], **options: Any) -> Child | None:
        """Start a program; None if that cannot be done, which the log then says."""
        try:
            process = subprocess.Popen(  # noqa: S603 - the command is the template's, and this is its sandbox
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **options,
            )
        except OSError as error:
            self._log.write(name, f"cannot start {command[0]}: {error.strerror}")
            return None
        child = Child(name, process)
        self._running[process.pid] = child
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        os.set_blocking(process.stdout.fileno(), False)
        self._pipes[process.stdout.fileno()] = child
        self._poll.register(process.stdout.fileno(), select.POLLIN)
        return child

    def heard(self, descriptor: int) -> None:
        """Log what the program behind a descriptor wrote."""
        self._read(self._pipes[descriptor])

    def read_all(self) -> None:
        """Log what any of them wrote."""
        for child in list(self._pipes.values()):
            self._read(child)

    def _read(self, child: Child) -> None:
        stream = child.process.stdout
        if stream is None:
            return
        try:
            data = os.read(stream.fileno(), _MOST_READ)
        except BlockingIOError:
            return
        lines = (child.partial + data).split(b"\n")
        child.partial = lines.pop()[-_LONGEST_LINE:]
        for line in lines:
            self._log.write(child.name, line.decode(errors="replace"))
        if not data:
            if child.partial:
                self._log.write(child.name, child.partial.decode(errors="replace"))
            descriptor = stream.fileno()
            self._poll.unregister(descriptor)
            del self._pipes[descriptor]
            stream.close()
            child.process.stdout = None

    def ended(self) -> Iterator[tuple[Child, int]]:
        """Collect what ended, orphans included, and yield those that were started here, each with its status."""
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            child = self._running.pop(pid, None)
            if child is None:
                continue
            code = os.waitstatus_to_exitcode(status)
            child.process.returncode = code
            if child.process.stdout is not None:
                self._read(child)
            yield child, code


def prefer_to_kill_me() -> None:
    """Let the kernel pick the application, not the engine, when memory runs out."""
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as score:  # noqa: PTH123
        score.write("500")
