"""`streamspace up`: control plane, gateway and an agent in one process, talking over real sockets."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import secrets
import socket
import sys
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import structlog
import yaml
from pydantic import Field, SecretStr
from pydantic_settings import SettingsConfigDict
from rich.console import Console

from streamspace.agent import program as agent
from streamspace.agent.enrolment import Refused
from streamspace.agent.settings import AgentSettings
from streamspace.gateway.server import make_server as make_gateway
from streamspace.gateway.settings import GatewaySettings, origin_of
from streamspace.kit import certificates, logs
from streamspace.kit.configuration import BadSettings
from streamspace.kit.running import until_signalled
from streamspace.platforms.base import PlatformError
from streamspace.server import program
from streamspace.server.agents import joining
from streamspace.server.agents.schemas import JoinTokenIn
from streamspace.server.core.permissions import Actor, OrgRole, Role
from streamspace.server.core.settings import FIRST_PASSWORD, Settings
from streamspace.server.users import service as users

log = structlog.get_logger(__name__)

AGENT_ID = "local"
AGENT_IDS = {"docker": "local-docker"}
"""One agent for each platform: what ran on one cannot go on on another, and says so by being offline."""
_UNSET = SecretStr("-" * 32)
"""Stands for a secret that `up` makes itself."""
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}
_SYSTEM = Actor(id="system", username="system", org_id="", role=Role.ADMIN, org_role=OrgRole.ORG_ADMIN)


class CannotStart(Exception):  # noqa: N818 - reads as the fact it states
    """`up` cannot start; the text says what to do."""


class UpSettings(Settings):
    """What `up` can be told beyond the control plane's own settings."""

    model_config = SettingsConfigDict(yaml_file=("/etc/streamspace/up.yaml", "streamspace.yaml"))

    secret_key: SecretStr = _UNSET
    """Signs logins; made at the first start and kept in the data directory."""
    gateway_secret: SecretStr = _UNSET
    """Signs stream tickets; made at the first start and kept in the data directory."""
    allow_package_install: bool = Field(default_factory=lambda: os.geteuid() == 0)
    """Whether administrators may have the Debian packages installed that templates name; root can."""
    gateway_port: int = Field(default=8001, ge=0, le=65535)
    """Port of the streams; another origin than the web UI on purpose."""
    gateway_url: str = ""
    """Where browsers reach the streams, if not at the host and the gateway's port."""
    platform: str = "auto"
    """How sessions run on this machine: `docker`, `process`, or `auto` for Docker where an engine answers."""
    max_sessions: int = Field(default=50, ge=1)
    """How many sessions may run here at once."""
    tls: bool = False
    """Serve HTTPS, with a certificate made in the data directory unless one is named."""
    open_browser: bool = sys.stdout.isatty()
    """Open the web UI when it is ready."""


def run(settings: dict[str, Any] | None = None, config: Path | None = None, **flags: Any) -> int:
    """Run everything in the foreground until Ctrl-C or SIGTERM, which end every process it started."""
    console = Console(stderr=True)
    try:
        known = _settings({**(settings or {}), **flags}, config)
        logs.configure(fmt=known.log_format, level=known.log_level)
        until_signalled(lambda stop: _up(known, console, stop))
    except (BadSettings, CannotStart, PlatformError, Refused) as error:
        console.print(f"[bold red]StreamSpace cannot start.[/] {error}", highlight=False)
        return 1
    except program.StartFailedError:
        console.print("[bold red]StreamSpace cannot start.[/] The log above says why.", highlight=False)
        return 1
    return 0


def _settings(given: dict[str, Any], config: Path | None) -> UpSettings:
    """Read the settings; what a first start needs and nobody has set is made here and kept in the data directory."""
    asked = UpSettings.load(given, config)
    data_dir = (asked.data_dir if "data_dir" in asked.model_fields_set else _default_data_dir()).absolute()
    kept = _secrets(data_dir)
    made: dict[str, Any] = {
        name: kept[name] for name in ("secret_key", "gateway_secret") if getattr(asked, name) == _UNSET
    }
    return UpSettings.load({**made, **given, "data_dir": data_dir}, config)


def _default_data_dir() -> Path:
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "streamspace"


def _secrets(data_dir: Path) -> dict[str, str]:
    """Return this installation's secrets, making them at the first start; only their owner can read the file."""
    path = data_dir / "secrets.yaml"
    try:
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            made = {name: secrets.token_hex(32) for name in ("secret_key", "gateway_secret")}
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                yaml.safe_dump(made, file)
        return dict(yaml.safe_load(path.read_text()))
    except OSError as error:
        raise CannotStart(
            f"The data directory {data_dir} cannot be written: {error.strerror}. "
            "Choose another with --data-dir, or give this user the right to write there."
        ) from None


def _check_port(host: str, port: int, flag: str) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                text = f"Port {port} on {host} is taken. Stop what uses it, or choose another with {flag}."
            else:
                text = f"Port {port} on {host} cannot be used: {error.strerror}. Choose another with {flag} or --host."
            raise CannotStart(text) from None


def _public_host(host: str) -> str:
    if host in _LOOPBACK:
        return "localhost"
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        return certificates.own_addresses()[0]
    return f"[{host}]" if ":" in host else host


def _resolve(known: UpSettings) -> tuple[UpSettings, GatewaySettings, AgentSettings]:
    """Work out the three programs' settings from one."""
    cert, key, authority = known.tls_cert, known.tls_key, None
    if known.tls and cert is None:
        cert, key = certificates.ensure(known.data_dir / "tls")
        authority = cert
    scheme = "https" if cert else "http"
    host = _public_host(known.host)
    public = (known.public_url or f"{scheme}://{host}:{known.port}").rstrip("/")
    streams = (known.gateway_url or f"{scheme}://{host}:{known.gateway_port}").rstrip("/")
    server = known.model_copy(
        update={
            "public_url": public,
            "gateway_origins": (origin_of(streams),),
            "tls_cert": cert,
            "tls_key": key,
            "canonical_host": not known.public_url,
        }
    )
    inside = "127.0.0.1" if known.host in {*_LOOPBACK, "0.0.0.0"} else _public_host(known.host)  # noqa: S104
    gateway = GatewaySettings(
        gateway_id=AGENT_ID,
        host=known.host,
        port=known.gateway_port,
        public_url=streams,
        agent_url=f"{scheme}://{inside}:{known.gateway_port}",
        control_plane_url=f"{scheme}://{inside}:{known.port}",
        secret=known.gateway_secret,
        portal_origins=(origin_of(public),),
        direct_root=known.data_dir / "agent",
        direct_agents=frozenset({AGENT_ID, *AGENT_IDS.values()}),
        tls_cert=cert,
        tls_key=key,
        tls_ca=authority,
        drain=0.2,
    )
    platform = agent.best_platform() if known.platform == "auto" else known.platform
    local = AgentSettings(
        server=f"{scheme}://{inside}:{known.port}",
        agent_id=AGENT_IDS.get(platform, AGENT_ID),
        platform=platform,
        # Below the first platform's folder, where the gateway may connect to sockets itself.
        data_dir=known.data_dir / "agent" / ("docker" if platform == "docker" else ""),
        max_sessions=known.max_sessions,
        allow_package_install=known.allow_package_install,
        portal_origin=origin_of(public),
        hibernate_on_exit=True,
        tls_ca=authority,
    )
    return server, gateway, local


async def _up(known: UpSettings, console: Console, stop: asyncio.Event) -> None:
    _check_port(known.host, known.port, "--port")
    _check_port(known.host, known.gateway_port, "--gateway-port")
    server_settings, gateway_settings, agent_settings = _resolve(known)
    platform = agent.make_platform(agent_settings)
    with _lock(known.data_dir):
        await _serve(server_settings, gateway_settings, agent_settings, platform, stop, console)


@contextlib.contextmanager
def _lock(data_dir: Path) -> Iterator[None]:
    """Hold the data directory, so that two installations never share one."""
    import fcntl  # noqa: PLC0415 - not on every system that can import this module

    with (data_dir / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart(
                f"Another StreamSpace uses {data_dir}. Stop it, or choose another place with --data-dir."
            ) from None
        yield


async def _serve(
    server_settings: UpSettings,
    gateway_settings: GatewaySettings,
    agent_settings: AgentSettings,
    platform: Any,
    stop: asyncio.Event,
    console: Console,
) -> None:
    stop_server, stop_gateway, ready = asyncio.Event(), asyncio.Event(), asyncio.Event()
    server = program.make_server(server_settings)
    context = program.context_of(server)
    gateway = make_gateway(gateway_settings)
    serving = asyncio.create_task(program.run_server(server, stop_server, ready), name="control-plane")
    await _first(ready.wait(), serving)
    async with context.database.work() as uow:
        token, _ = await joining.create(
            uow,
            _SYSTEM,
            JoinTokenIn(platform=agent_settings.platform, approve=True, expires_in="10m"),
        )
    agent_settings = agent_settings.model_copy(update={"join_token": SecretStr(token)})
    streaming = asyncio.create_task(gateway.serve(stop_gateway), name="gateway")
    await _first(gateway.started.wait(), streaming)
    working = asyncio.create_task(agent.Agent(agent_settings, platform).serve(stop), name="agent")
    await _greet(server_settings, context, console)
    if (lacking := agent.what_is_missing(platform)) is not None:
        console.print(f"[yellow]Sessions cannot start yet.[/] {lacking}\n", highlight=False)
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({serving, streaming, working, stopping}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        if stop.is_set():
            console.print("\nStopping: sessions are hibernated, their files are kept …", highlight=False)
        stop.set()
        # The agent first, so that what it says of its sessions still finds a listener.
        ended = [*await asyncio.gather(working, return_exceptions=True)]
        stop_gateway.set()
        ended += await asyncio.gather(streaming, return_exceptions=True)
        stop_server.set()
        ended += await asyncio.gather(serving, return_exceptions=True)
        stopping.cancel()
    for result in ended:
        if isinstance(result, Exception):
            raise result


async def _first(awaited: Any, program_task: asyncio.Task[Any]) -> None:
    """Wait for something, or for the program that should bring it about to fail."""
    waiting = asyncio.ensure_future(awaited)
    await asyncio.wait({waiting, program_task}, return_when=asyncio.FIRST_COMPLETED)
    if program_task.done():
        waiting.cancel()
        program_task.result()


async def _greet(settings: UpSettings, context: Any, console: Console) -> None:
    async with context.database.work(write=False) as uow:
        admin = await users.find(uow, settings.admin_username)
    url = settings.resolved_public_url
    console.print(f"\n[bold]StreamSpace is ready:[/] [link={url}]{url}[/]", highlight=False)
    kept = settings.data_dir / FIRST_PASSWORD
    if admin is not None and admin.last_login is None:
        if not admin.password_generated:
            console.print(f"Sign in as [bold]{settings.admin_username}[/] with the password you set.")
        elif kept.exists():
            password = kept.read_text().strip()
            console.print(f"Sign in as [bold]{settings.admin_username}[/] with [bold]{password}[/]", highlight=False)
            console.print(f"(kept in {kept}; shown until the first sign-in)", highlight=False)
    if settings.host not in _LOOPBACK and not settings.secure:
        console.print(
            "[yellow]Browsers show streams only on secure pages.[/] From another machine, "
            "start with --tls, or put a proxy with a certificate in front.",
            highlight=False,
        )
    if settings.tls:
        console.print("The certificate is self-signed: browsers ask once for each of the two ports.", highlight=False)
    console.print("Press Ctrl-C to stop.\n")
    if settings.open_browser:
        with contextlib.suppress(webbrowser.Error):
            webbrowser.open(url)
