"""Sessions as containers of this machine's engine: hardened, a network each, homes on volumes."""

from streamspace.platforms.docker.platform import DockerPlatform

__all__ = ["DockerPlatform"]
