"""The agent's own key, and the one that follows it."""

from __future__ import annotations

import os
from pathlib import Path

from streamspace.kit import ids


class Keyring:
    """Two files that only their owner can read: `agent.key`, and `agent.key.next` while a new key is on its way.

    The new key is on disk before the control plane hears of it, and the old one goes only when the control plane has
    taken the new one or refuses the old. So a crash at any moment leaves a key that works.
    """

    def __init__(self, data_dir: Path, given: str | None = None) -> None:
        self._path = data_dir / "agent.key"
        self._next = data_dir / "agent.key.next"
        data_dir.mkdir(parents=True, exist_ok=True)
        if given is not None:
            _write(self._path, given)
        elif not self._path.exists():
            _write(self._path, ids.secret())
        self.current = self._path.read_text().strip()

    def make_next(self) -> str:
        """Make the key that will follow; asked again, it is the same one."""
        if not self._next.exists():
            _write(self._next, ids.secret())
        return self._next.read_text().strip()

    def advance(self) -> bool:
        """Use the key that follows from now on; false if there is none."""
        if not self._next.exists():
            return False
        self._next.replace(self._path)
        self.current = self._path.read_text().strip()
        return True


def _write(path: Path, key: str) -> None:
    fresh = path.with_name(f"{path.name}.new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
