"""Sessions as sandboxed processes of this machine: bubblewrap, a virtual display, Selkies and the application."""

from streamspace.platforms.process.platform import ProcessPlatform

__all__ = ["ProcessPlatform"]
