"""What the programs say to each other: message models, stream handshake, versions. No I/O."""

from __future__ import annotations

VERSION = 2
"""Version of the control channel: 2 added standing by, epochs and administrators' commands."""

OLDEST_VERSION = 1
MAX_MESSAGE_BYTES = 512 * 1024
"""Largest control message; larger ones are refused with a reason."""


def misfit(control_plane: int, agent: int) -> str | None:
    """Say which side must be upgraded, if the two do not understand each other: versions may differ by one."""
    if abs(control_plane - agent) <= 1 and min(control_plane, agent) >= OLDEST_VERSION:
        return None
    behind = "agent" if agent < control_plane else "control plane"
    # Travels as a WebSocket close reason, which has at most 123 bytes.
    return f"The control plane speaks version {control_plane}, the agent {agent}: upgrade the {behind}."
