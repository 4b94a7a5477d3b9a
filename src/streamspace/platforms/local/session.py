"""One session in the agent's memory: its files and its lock. What matters is on disk too."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod

from streamspace.platforms.base import NoSuchSession, SessionView
from streamspace.platforms.local import records
from streamspace.platforms.local.records import Folder, Record


class Session(ABC):
    """What is known of a session here, whatever runs it."""

    def __init__(self, folder: Folder, lock: asyncio.Lock, record: Record | None = None) -> None:
        self.folder = folder
        self.record = record
        self.lock = lock
        self.admitting = asyncio.Lock()
        """Held while the engine's table of tokens is replaced, which is done as a whole."""
        self.abandoned = asyncio.Event()
        """Set by a stop, so that a start under way gives up."""

    @abstractmethod
    def alive(self) -> bool:
        """Return whether it runs, or is being set up."""

    def release(self) -> None:  # noqa: B027 - not every kind listens
        """Stop listening to it."""

    def view(self) -> SessionView:
        """Return what is known of it.

        Raises:
            NoSuchSession: nothing was written down yet.
        """
        record = self.record
        if record is None:
            raise NoSuchSession
        return records.view(record, self.folder)
