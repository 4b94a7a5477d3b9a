"""What a gateway must be told; each is also a variable `STREAMSPACE_GATEWAY_…`."""

from __future__ import annotations

import socket
import ssl
from datetime import timedelta
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import SettingsConfigDict

from streamspace.kit.configuration import Duration, FileSettings
from streamspace.protocol.tokens import SHORTEST_SECRET

CONFIG_FILES = ("/etc/streamspace/gateway.yaml", "streamspace-gateway.yaml")


def origin_of(url: str) -> str:
    """Return the origin of a URL as browsers write it: no default port, lower case."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    if ":" in host:
        host = f"[{host}]"
    default = {"http": 80, "https": 443}.get(parts.scheme)
    port = "" if parts.port in (None, default) else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"


class GatewaySettings(FileSettings):
    """One gateway."""

    model_config = SettingsConfigDict(env_prefix="STREAMSPACE_GATEWAY_", yaml_file=CONFIG_FILES)

    gateway_id: str = Field(default_factory=socket.gethostname, min_length=1, max_length=100)
    """Its name, unique and kept across restarts; the host's name unless given."""
    host: str = "127.0.0.1"
    """Address to listen on."""
    port: int = Field(default=8001, ge=0, le=65535)
    """0 takes a free port; `public_url` must then be set afterwards, which only tests do."""
    public_url: str = "http://localhost:8001"
    """Where browsers reach it. Sessions live on this origin, which must not be the portal's."""
    agent_url: str | None = None
    """Where agents reach it, if not at `public_url`."""
    control_plane_url: str = "http://127.0.0.1:8000"
    """Where it finds the control plane."""
    secret: SecretStr
    """Signs tickets and cookies; the control plane has the same. There is no default on purpose."""
    portal_origins: tuple[str, ...] = ()
    """Who may frame sessions and ask for their status."""
    direct_root: Path | None = None
    """Folder whose Unix sockets the gateway may connect to itself, sparing the agent's dial-back."""
    direct_agents: frozenset[str] = frozenset()
    """Agents on this machine, the only ones whose sockets in `direct_root` are believed."""
    tls_cert: Path | None = None
    """PEM certificate chain; with it the gateway speaks HTTPS."""
    tls_key: Path | None = None
    """PEM key of the certificate."""
    tls_ca: Path | None = None
    """Certificates that the control plane's is checked against, if not the system's."""
    grace: Duration = timedelta(seconds=60)
    """How long streams are still opened without a link to the control plane."""
    drain: Duration = timedelta(seconds=10)
    """How long open streams may go on after a stop was asked for."""
    open_timeout: Duration = timedelta(seconds=10)
    """How long authorising and connecting may take."""
    answer_timeout: Duration = timedelta(seconds=120)
    """How long a session may take to begin its answer to a plain request."""
    largest_body_bytes: int = Field(default=16 * 1024**3, ge=0)
    """Of a request to a session, such as an upload."""
    most_streams: int = Field(default=200, ge=1)
    """Open at once per session; a browser tab needs a handful."""
    metrics_token: SecretStr | None = None
    """Bearer token of `/metrics`; without one only this machine may read it."""

    @field_validator("secret")
    @classmethod
    def _long(cls, value: SecretStr) -> SecretStr:
        if len(value.get_secret_value()) < SHORTEST_SECRET:
            raise ValueError(f"The secret needs at least {SHORTEST_SECRET} characters.")
        return value

    @field_validator("public_url", "agent_url", "control_plane_url")
    @classmethod
    def _url(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
            raise ValueError("An address such as https://apps.example.org, without a path, is needed.")
        return value.rstrip("/")

    @field_validator("portal_origins")
    @classmethod
    def _origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(origin_of(url) for url in value)

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if (self.tls_cert is None) != (self.tls_key is None):
            raise ValueError("TLS needs a certificate and a key.")
        return self

    @property
    def origin(self) -> str:
        """The only origin whose pages may open streams."""
        return origin_of(self.public_url)

    @property
    def secure(self) -> bool:
        """Whether browsers reach it over TLS, here or at a proxy in front."""
        return self.public_url.startswith("https:")

    def client_tls(self) -> ssl.SSLContext:
        """Return what the control plane's certificate is checked with."""
        return ssl.create_default_context(cafile=self.tls_ca)
