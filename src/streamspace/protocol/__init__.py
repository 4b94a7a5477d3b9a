"""What the programs say to each other: message models, stream handshake, versions. No I/O."""

VERSION = 1
"""Version of the control channel. A peer speaks with peers of the same or the previous version."""

OLDEST_VERSION = 1
MAX_MESSAGE_BYTES = 512 * 1024
"""Largest control message; larger ones are refused with a reason."""
