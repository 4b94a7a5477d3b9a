"""The control plane's settings: each is a flag, a variable (`STREAMSPACE_…`) and a line of YAML."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import SettingsConfigDict

from streamspace.kit.configuration import Duration, FileSettings
from streamspace.server.core.outbound import Reach

CONFIG_FILES = ("/etc/streamspace/server.yaml", "streamspace-server.yaml")
_SHORTEST_SECRET = 32


FIRST_PASSWORD = "admin-password"  # noqa: S105 - a file
"""File in the data directory with the password that was made for the first administrator, for its owner."""


class Settings(FileSettings):
    """Everything the control plane can be told. Flags win over variables, variables over YAML."""

    model_config = SettingsConfigDict(env_prefix="STREAMSPACE_", yaml_file=CONFIG_FILES)

    host: str = "127.0.0.1"
    """Address to listen on."""
    port: int = Field(default=8000, ge=0, le=65535)
    """Port of the API and the web UI."""
    data_dir: Path = Path("streamspace-data")
    """Where the SQLite database and generated secrets live."""
    database_url: str = ""
    """SQLAlchemy URL; empty means SQLite in the data directory. `postgresql+psycopg://…` for PostgreSQL."""
    public_url: str = ""
    """Address browsers use, such as `https://desk.example.org`; empty means http://localhost:PORT."""
    canonical_host: bool = False
    """Whether a page asked for at another name of this machine, such as 127.0.0.1, is sent to `public_url`."""
    allowed_origins: tuple[str, ...] = ()
    """Further origins that may send unsafe requests and open sockets with a browser's cookies."""
    gateway_origins: tuple[str, ...] = ()
    """Origins of the gateways, such as `https://stream.example.org`; the UI may frame these and no others."""
    metrics_token: SecretStr | None = None
    """What Prometheus must show at /metrics; without it only this machine may scrape."""
    trusted_proxies: tuple[str, ...] = ()
    """Addresses of reverse proxies whose X-Forwarded-For is believed."""

    secret_key: SecretStr
    """Signs logins. There is no default on purpose; `up` makes one and keeps it."""
    gateway_secret: SecretStr
    """Shared with the gateways; signs stream tickets."""
    admin_username: str = "admin"
    """Name of the first administrator, made when there is no user yet."""
    admin_password: SecretStr | None = None
    """The first administrator's password; without it one is generated and kept in the data directory, for its owner."""

    login_lifetime: Duration = timedelta(days=14)
    """How long a login lasts when it is used; signing out ends it at once."""
    token_lifetime: Duration = timedelta(minutes=15)
    """How long an access token lasts before it must be refreshed."""
    login_attempts: int = 10
    """Wrong passwords per minute for one name or address before further tries must wait."""

    default_cpu: str = "1000m"
    """What a session gets when neither the request nor the template says."""
    default_memory: str = "1Gi"
    """What a session gets when neither the request nor the template says."""
    start_timeout: Duration = timedelta(minutes=3)
    """How long a start or wake may take before it counts as failed; building or pulling its image does not count."""
    image_timeout: Duration = timedelta(minutes=30)
    """How long a start may take in all while its image is built or pulled, and something is heard of that."""
    command_timeout: Duration = timedelta(minutes=1)
    """How long a stop or hibernation may take before it is ordered again."""
    agent_gone_after: Duration = timedelta(minutes=10)
    """How long an agent may be away before its ending sessions count as ended."""
    agent_away_after: Duration = timedelta(seconds=30)
    """How long an agent may be away before a session that has yet to start goes to another."""
    duration_warnings: tuple[Duration, ...] = (timedelta(minutes=15), timedelta(minutes=5))
    """How long before its longest duration a session's people are warned."""
    cpu_overcommit: float = Field(default=8.0, ge=1.0)
    """How many times an agent's cores may be promised; sessions idle most of the time."""

    placement_strategy: str = Field(default="least_loaded", pattern="^(least_loaded|region_first|spread|pack)$")
    """Which of the agents with room gets a session: `least_loaded`, `region_first`, `spread` or `pack`."""
    warm_sessions_per_organization: int = Field(default=20, ge=0, le=10_000)
    """How many sessions an organisation's own pools may keep waiting in all."""
    starts_per_agent: int = Field(default=4, ge=1, le=1000)
    """How many starts and wakes an agent is given at once, unless its own `maxStarts` says otherwise."""
    agent_key_overlap: Duration = timedelta(minutes=10)
    """How long an agent's former key works beside its new one."""

    catalog_dir: Path | None = None
    """Folder of the official catalog; the one that ships with the package by default."""
    outbound_allow: tuple[str, ...] = ()
    """Hosts and networks that repositories may be at though they are private: `git.example.org`, `10.20.0.0/16`."""
    allow_package_install: bool = False
    """Whether administrators may have agents install the Debian packages that templates name."""
    log_format: str = Field(default="console", pattern="^(console|json)$")
    """`console` for people, `json` for machines."""
    log_level: str = Field(default="info", pattern="^(debug|info|warning|error)$")
    """The least important message that is written."""
    tls_cert: Path | None = None
    """PEM certificate chain; with it the server speaks HTTPS."""
    tls_key: Path | None = None
    """PEM key of the certificate."""

    @field_validator("outbound_allow")
    @classmethod
    def _can_be_reached(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        Reach.of(value)
        return value

    @model_validator(mode="after")
    def _secrets_are_long(self) -> Settings:
        for name in ("secret_key", "gateway_secret"):
            if len(getattr(self, name).get_secret_value()) < _SHORTEST_SECRET:
                raise ValueError(f"{name} must have at least {_SHORTEST_SECRET} characters.")
        return self

    @property
    def resolved_database_url(self) -> str:
        """The database, with the default filled in."""
        return self.database_url or f"sqlite+aiosqlite:///{self.data_dir.absolute() / 'streamspace.db'}"

    @property
    def resolved_public_url(self) -> str:
        """The browsers' address, with the default filled in and no slash at the end."""
        scheme = "https" if self.tls_cert else "http"
        return (self.public_url or f"{scheme}://localhost:{self.port}").rstrip("/")

    @property
    def secure(self) -> bool:
        """Whether browsers reach us over TLS."""
        return self.resolved_public_url.startswith("https://")
