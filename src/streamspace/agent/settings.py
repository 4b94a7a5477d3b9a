"""The agent's settings: each is a flag, a variable (`STREAMSPACE_AGENT_…`) and a line of YAML."""

from __future__ import annotations

import re
import socket
from datetime import timedelta
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict

from streamspace.kit.configuration import Duration, FileSettings

CONFIG_FILES = ("/etc/streamspace/agent.yaml", "streamspace-agent.yaml")


def _host_name() -> str:
    name = re.sub(r"[^A-Za-z0-9._-]", "-", socket.gethostname()).strip("-._") or "agent"
    return f"{name}-agent" if len(name) < 3 else name[:100]  # noqa: PLR2004 - the spec's shortest name


class AgentSettings(FileSettings):
    """Everything an agent can be told."""

    model_config = SettingsConfigDict(env_prefix="STREAMSPACE_AGENT_", yaml_file=CONFIG_FILES)

    server: str = "http://localhost:8000"
    """The control plane's address."""
    agent_id: str = Field(default_factory=_host_name, min_length=3, max_length=100)
    """Its name, unique and kept across restarts."""
    platform: str = "process"
    """How sessions run: `process` in sandboxes of this machine, `docker` in containers of its engine."""
    base_image: str = "debian:bookworm-slim"
    """What session images are built from on the `docker` platform, if not from this machine's mmdebstrap."""
    keep_images: Duration = timedelta(days=14)
    """How long an image that was built here stays when no session uses it; looked at whenever another is built."""
    region: str | None = None
    """Where it is, for placement."""
    labels: dict[str, str] = Field(default_factory=dict)
    """What it is, for people: `{"gpu": "yes"}`; told at its first registration, then administrators change them."""
    data_dir: Path = Path("streamspace-agent")
    """Where its key and journal, and the homes and logs of its sessions, live."""
    join_token: SecretStr | None = None
    """Lets it register the first time; `streamspace agents join-token` makes one."""
    key: SecretStr | None = Field(default=None, min_length=64, max_length=64)
    """Its key, where an administrator made one with `agents generate-key`; it is kept, so it is needed only once."""
    max_sessions: int = Field(default=50, ge=1, le=100_000)
    """How many sessions may run here at once."""
    starts_at_once: int = Field(default=4, ge=1)
    """How many sessions may be starting at once; the others wait."""
    allow_package_install: bool = False
    """Whether administrators may have it install Debian packages that templates name."""
    allow_host_network: bool = False
    """Whether sessions may share this machine's network, its local services included, where slirp4netns is missing."""
    allow_root_images: bool = False
    """Whether images may start as root inside their container on the `docker` platform, as LinuxServer's do."""
    portal_origin: str | None = None
    """Origin of the web UI, which may frame sessions."""
    hibernate_on_exit: bool = False
    """Whether sessions are hibernated when the agent is told to stop; otherwise they go on without it."""
    heartbeat: Duration = timedelta(seconds=10)
    """How often it says that it lives."""
    home_interval: Duration = Field(default=timedelta(minutes=10), ge=timedelta(seconds=1))
    """How often it measures how much room people's homes take. One whose session ended is measured soon after."""
    tls_ca: Path | None = None
    """Certificates that the control plane's is checked against, if not the system's."""
    log_format: str = Field(default="console", pattern="^(console|json)$")
    """`console` for people, `json` for machines."""
    log_level: str = Field(default="info", pattern="^(debug|info|warning|error)$")
    """The least important message that is written."""
