"""`streamspace up`, `server`, `gateway` and `agent`: flags only; the programs read their other settings.

A flag that is not given is not passed on, so that the variable `STREAMSPACE_…`, the settings file and the
default apply, in this order. Flags are passed as keywords to the program's `run`.
"""

import importlib
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import Parameter

from streamspace.cli.failures import USAGE, CommandFailed

Setting = Annotated[list[str] | None, Parameter(name="--set", negative="")]
LogFormat = Literal["console", "json"]
LogLevel = Literal["debug", "info", "warning", "error"]
Switch = Annotated[bool | None, Parameter(negative="")]


def up(
    *,
    host: str | None = None,
    port: int | None = None,
    gateway_port: int | None = None,
    data_dir: Path | None = None,
    platform: str | None = None,
    open_browser: Annotated[bool | None, Parameter(name="--browser", negative="--no-browser")] = None,
    tls: Switch = None,
    tls_cert: Path | None = None,
    tls_key: Path | None = None,
    public_url: str | None = None,
    gateway_url: str | None = None,
    database_url: str | None = None,
    log_format: LogFormat | None = None,
    log_level: LogLevel | None = None,
    config: Path | None = None,
    settings: Setting = None,
) -> int:
    """Run everything on this machine: control plane, gateway and an agent.

    Prints the address, and at the first start the administrator's password.

    Args:
        host: Address to listen on; 127.0.0.1 unless given. 0.0.0.0 (with --tls) lets others reach it.
        port: Port of the API and web UI; 8000 unless given.
        gateway_port: Port of the streams; 8001 unless given.
        data_dir: Where the database, secrets, homes and logs live.
        platform: How sessions run: `process` is the only one so far.
        open_browser: Open the web UI in the browser.
        tls: Serve HTTPS, with a certificate made in the data directory unless --tls-cert names one.
        tls_cert: Certificate chain (PEM).
        tls_key: Its private key (PEM).
        public_url: Where browsers reach the web UI, if not at host and port.
        gateway_url: Where browsers reach the streams, if not at host and gateway port.
        database_url: PostgreSQL instead of SQLite: postgresql+psycopg://user:password@host/name.
        log_format: Lines for people or for machines.
        log_level: How much to log.
        config: Settings file (YAML).
        settings: Any other setting, as name=value or group.name=value; may be repeated.
    """
    return _run(
        "streamspace.single",
        "all",
        host=host,
        port=port,
        gateway_port=gateway_port,
        data_dir=data_dir,
        platform=platform,
        open_browser=open_browser,
        tls=tls,
        tls_cert=tls_cert,
        tls_key=tls_key,
        public_url=public_url,
        gateway_url=gateway_url,
        database_url=database_url,
        log_format=log_format,
        log_level=log_level,
        config=config,
        settings=settings,
    )


def server(
    *,
    host: str | None = None,
    port: int | None = None,
    data_dir: Path | None = None,
    database_url: str | None = None,
    public_url: str | None = None,
    log_format: LogFormat | None = None,
    log_level: LogLevel | None = None,
    config: Path | None = None,
    settings: Setting = None,
) -> int:
    """Run the control plane: API and web UI.

    Args:
        host: Address to listen on; 127.0.0.1 unless given.
        port: Port to listen on; 8000 unless given.
        data_dir: Where secrets, and the database if it is SQLite, live.
        database_url: SQLite in the data directory, or postgresql+psycopg://user:password@host/name.
        public_url: Where browsers reach it.
        log_format: Lines for people or for machines.
        log_level: How much to log.
        config: Settings file (YAML).
        settings: Any other setting, as name=value or group.name=value; may be repeated.
    """
    return _run(
        "streamspace.server.program",
        "server",
        host=host,
        port=port,
        data_dir=data_dir,
        database_url=database_url,
        public_url=public_url,
        log_format=log_format,
        log_level=log_level,
        config=config,
        settings=settings,
    )


def gateway(
    *,
    server: Annotated[str | None, Parameter(env_var="STREAMSPACE_SERVER", show_env_var=True)] = None,
    host: str | None = None,
    port: int | None = None,
    public_url: str | None = None,
    agent_url: str | None = None,
    gateway_id: str | None = None,
    log_format: LogFormat | None = None,
    log_level: LogLevel | None = None,
    settings: Setting = None,
) -> int:
    """Run a gateway, which carries the streams between browsers and agents.

    Args:
        server: The control plane's address.
        host: Address to listen on; 127.0.0.1 unless given.
        port: Port to listen on; 8001 unless given.
        public_url: Where browsers reach it.
        agent_url: Where agents reach it; the public address unless given.
        gateway_id: Its name, unique and kept across restarts; the host's name unless given.
        log_format: Lines for people or for machines.
        log_level: How much to log.
        settings: Any other setting, as name=value or group.name=value; may be repeated.
    """
    return _run(
        "streamspace.gateway.program",
        "gateway",
        server=server,
        host=host,
        port=port,
        public_url=public_url,
        agent_url=agent_url,
        gateway_id=gateway_id,
        log_format=log_format,
        log_level=log_level,
        settings=settings,
    )


def agent(
    *,
    server: Annotated[str | None, Parameter(env_var="STREAMSPACE_SERVER", show_env_var=True)] = None,
    agent_id: str | None = None,
    platform: str | None = None,
    region: str | None = None,
    data_dir: Path | None = None,
    log_format: LogFormat | None = None,
    log_level: LogLevel | None = None,
    config: Path | None = None,
    settings: Setting = None,
) -> int:
    """Run an agent, which runs sessions on this machine.

    At the first start it registers with the join token in STREAMSPACE_AGENT_JOIN_TOKEN (see `agents join-token`).

    Args:
        server: The control plane's address.
        agent_id: Its name, unique and kept across restarts; the host's name unless given.
        platform: How sessions run: `process` is the only one so far.
        region: Where it is, for placement.
        data_dir: Where its key, homes and logs live.
        log_format: Lines for people or for machines.
        log_level: How much to log.
        config: Settings file (YAML).
        settings: Any other setting, as name=value or group.name=value; may be repeated.
    """
    return _run(
        "streamspace.agent.program",
        "agent",
        server=server,
        agent_id=agent_id,
        platform=platform,
        region=region,
        data_dir=data_dir,
        log_format=log_format,
        log_level=log_level,
        config=config,
        settings=settings,
    )


def _run(module: str, extra: str, *, settings: list[str] | None, **flags: Any) -> int:
    given = {name: value for name, value in flags.items() if value is not None}
    nested = parse_settings(settings or [])
    try:
        # By name: the command line stands beside the programs and never imports them for other commands.
        program = importlib.import_module(module)
    except ModuleNotFoundError as error:
        if error.name is not None and error.name.startswith("streamspace"):
            raise
        raise CommandFailed(
            f"This program needs {error.name!r}, which is not installed.",
            hint=f"Install it with `pip install 'streamspace[{extra}]'`.",
        ) from None
    return int(program.run(**given, settings=nested) or 0)


def parse_settings(pairs: list[str]) -> dict[str, Any]:
    """Turn `group.name=value` into nested settings."""
    found: dict[str, Any] = {}
    for pair in pairs:
        path, equals, value = pair.partition("=")
        *groups, name = path.strip().replace("-", "_").split(".")
        inside = found
        for group in groups:
            inside = inside.setdefault(group, {})
            if not isinstance(inside, dict):
                raise CommandFailed(f"--set {pair!r}: {group!r} is already a value.", USAGE)
        if not equals or not name or "" in groups:
            raise CommandFailed(f"--set {pair!r} is not name=value or group.name=value.", USAGE)
        inside[name] = value
    return found
