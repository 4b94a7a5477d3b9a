"""Keeps the platform's own processes out of the application's reach, although they share a user."""

from __future__ import annotations

import ctypes

_PR_SET_DUMPABLE = 4


def hide_this_process() -> None:
    """Forbid other processes of this user to trace this one, or to read its memory, environment and descriptors."""
    ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
