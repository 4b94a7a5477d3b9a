"""Host user ids for the people whose sessions run here."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import threading
from pathlib import Path

FIRST_UID = 1_900_000_000
"""Above what systemd and the container engines give out (their ranges end at 1,879,048,191), below 2^31."""
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class Identities:
    """Gives each user a host user id of their own, the same one for ever, so that not even the kernel mixes them up."""

    def __init__(self, root: Path) -> None:
        self._path = root / "uids.json"
        self._homes = root / "homes"
        self._making = threading.Lock()

    def owner(self, org_id: str, user_id: str) -> int:
        """Return the host user id that this user's sandboxes run as; an agent that is not root has only its own."""
        if os.geteuid() != 0:
            return os.geteuid()
        known = self._known()
        name = f"{org_id}/{user_id}"
        if name not in known:
            known[name] = max(known.values(), default=FIRST_UID - 1) + 1
            draft = self._path.with_suffix(".new")
            draft.write_text(json.dumps(known, indent=0))
            draft.chmod(0o600)
            draft.replace(self._path)
        return known[name]

    def _known(self) -> dict[str, int]:
        return dict(json.loads(self._path.read_text())) if self._path.exists() else {}

    def home(self, org_id: str, user_id: str) -> Path:
        """Return where a user's persistent home is."""
        return self._homes / file_name(org_id) / file_name(user_id)

    def homes(self) -> dict[tuple[str, str], Path]:
        """Return where all persistent homes are, by their organisation's and user's ids."""
        known = [tuple(name.split("/", 1)) for name in self._known()]
        named = {(file_name(org_id), file_name(user_id)): (org_id, user_id) for org_id, user_id in known}
        found = {}
        for path in self._homes.glob("*/*"):
            place = (path.parent.name, path.name)
            if path.is_dir() and not any(name.startswith(".") for name in place):
                found[named.get(place, place)] = path
        return found

    def make_home(self, path: Path, owner: int) -> None:
        """Create a home from the machine's skeleton unless it exists."""
        # A user's first sessions may start at the same moment, each in a thread.
        with self._making:
            if not path.is_dir():
                self._make_home(path, owner)

    @staticmethod
    def _make_home(path: Path, owner: int) -> None:
        draft = path.with_name(f".{path.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True, mode=0o700)
        for entry in Path("/etc/skel").glob(".*"):
            if entry.is_file():
                shutil.copyfile(entry, draft / entry.name)
        for name in ("Desktop", "Documents", "Downloads"):
            (draft / name).mkdir()
        if os.geteuid() == 0:
            for entry in (draft, *draft.rglob("*")):
                os.chown(entry, owner, owner, follow_symlinks=False)
        draft.rename(path)


def file_name(text: str) -> str:
    """Return the text where it is harmless as a file name, else a digest of it."""
    return text if _PLAIN.fullmatch(text) else "x" + hashlib.sha256(text.encode()).hexdigest()[:32]
