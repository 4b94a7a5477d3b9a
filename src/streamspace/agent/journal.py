"""What the agent did, on disk: a repeated order is answered, not done twice, also after a crash."""

from __future__ import annotations

import json
from collections import OrderedDict
from pathlib import Path
from typing import Any

import structlog

log = structlog.get_logger(__name__)

KEPT = 2000


class Journal:
    """Results of commands by id, and sessions that were stopped for good. One JSON object a line."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._results: OrderedDict[str, dict[str, Any]] = OrderedDict()
        self._stopped: OrderedDict[str, None] = OrderedDict()
        path.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_text() if path.exists() else ""
        lines = text.splitlines()
        for line in lines:
            self._read(line)
        if len(lines) > 2 * KEPT:
            self._compact()
        self._file = path.open("ab", buffering=0)
        self._torn = bool(text) and not text.endswith("\n")
        """Whether the file ends with half a line, or lacks what is known here."""

    def _read(self, line: str) -> None:
        try:
            entry = json.loads(line)
        except ValueError:
            return  # the last line of a crash may be half a line
        if "stopped" in entry:
            self._note(self._stopped, entry["stopped"], None)
        else:
            self._note(self._results, entry["command"], entry)

    @staticmethod
    def _note(entries: OrderedDict[str, Any], key: str, value: Any) -> None:
        entries[key] = value
        while len(entries) > KEPT:
            entries.popitem(last=False)

    def _compact(self) -> None:
        kept = [json.dumps({"stopped": session}) for session in self._stopped]
        kept += [json.dumps(entry) for entry in self._results.values()]
        fresh = self._path.with_suffix(".new")
        fresh.write_text("".join(f"{line}\n" for line in kept))
        fresh.replace(self._path)

    def _append(self, entry: dict[str, Any]) -> None:
        """Write a line, if the disk has room; what it has no room for is known until this process ends."""
        try:
            self._write(f"{json.dumps(entry)}\n".encode())
        except OSError as error:
            if not self._torn:
                log.warning("journal_not_written", reason=str(error))
            self._torn = True

    def _write(self, line: bytes) -> None:
        if self._torn:
            self._rewrite()
        elif self._file.write(line) < len(line):
            raise OSError("No space is left for a whole line.")

    def _rewrite(self) -> None:
        self._compact()
        self._file.close()
        self._file = self._path.open("ab", buffering=0)
        self._torn = False

    def result(self, command_id: str) -> dict[str, Any] | None:
        """Return how a command ended: `{"type": complete or failed, "payload": …}`, or None."""
        return self._results.get(command_id)

    def finish(self, command_id: str, kind: str, payload: dict[str, Any]) -> None:
        """Note how a command ended."""
        entry = {"command": command_id, "type": kind, "payload": payload}
        self._note(self._results, command_id, entry)
        self._append(entry)

    def stop(self, session_id: str) -> None:
        """Note that a session must never be started again."""
        self._note(self._stopped, session_id, None)
        self._append({"stopped": session_id})

    def was_stopped(self, session_id: str) -> bool:
        """Say whether a session was stopped for good."""
        return session_id in self._stopped

    def close(self) -> None:
        """Close the file."""
        self._file.close()
