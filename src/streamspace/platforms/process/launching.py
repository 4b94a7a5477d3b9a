"""Starts a sandbox: writes its configuration, opens what it inherits, and lets it go."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from streamspace.platforms.base import PackagesMissing, SessionSpec, StartFailed, ToolMissing
from streamspace.platforms.local import participants
from streamspace.platforms.local.records import Folder, Record
from streamspace.platforms.local.surroundings import base_environment
from streamspace.platforms.process import engine as engines
from streamspace.platforms.process import protocols
from streamspace.platforms.process import sandbox as sandboxes
from streamspace.platforms.process.engine import Engine
from streamspace.platforms.process.limits import SMALLEST_BYTES, Limits
from streamspace.platforms.process.sandbox import Sandbox

BACKLOG = 128


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
    """What an operator may choose."""

    portal_origin: str | None
    log_bytes: int
    start_seconds: float
    first_size: str
    allow_root_images: bool = False


@dataclass(frozen=True, slots=True)
class Launch:
    """What the agent keeps open while a start is under way."""

    block: int | None
    """Written to once the network is there; the sandbox waits for it, or for the agent's death."""
    exit_descriptor: int | None
    """Ends the network when the sandbox does."""


def check_tools() -> None:
    """Make sure that the programs every session needs are installed.

    Raises:
        ToolMissing: with the command that installs what is missing.
    """
    missing = [package for program, package in sandboxes.PROGRAMS.items() if shutil.which(program) is None]
    if missing:
        raise ToolMissing(f"This machine lacks {', '.join(missing)}. Install: apt install {' '.join(missing)}")


def check_packages(spec: SessionSpec, missing: Callable[[list[str]], list[str]]) -> None:
    """Make sure that the application is installed.

    Raises:
        PackagesMissing: naming the packages.
        StartFailed: the template has no Debian packages, so this platform cannot run it.
    """
    debian = spec.manifest.spec.debian
    name = spec.manifest.spec.display_name
    if debian is None:
        raise StartFailed(f"{name} has only a container image; the process platform runs Debian packages.")
    absent = missing(protocols.packages(spec.manifest.spec))
    if absent:
        raise PackagesMissing(f"{name} needs packages that this machine lacks: {', '.join(absent)}")
    if shutil.which(debian.command[0]) is None and not debian.command[0].startswith("/opt/"):
        raise PackagesMissing(f"{name} needs the program {debian.command[0]}, which this machine lacks.")


def configuration(settings: Settings, spec: SessionSpec, record: Record) -> dict[str, Any]:
    """Return what the supervisor inside needs to know."""
    manifest = spec.manifest.spec
    debian = manifest.debian
    if debian is None:
        raise StartFailed
    capabilities = {name.casefold() for name in manifest.capabilities}
    known = protocols.variables(spec)
    own = {variable.name: protocols.filled_in(variable.value, known) for variable in manifest.env}
    return {
        "environment": base_environment(),
        "application_environment": own | known | spec.environment,
        "command": [protocols.filled_in(word, known) for word in debian.command],
        "window_manager": (
            ["openbox", "--config-file", f"{sandboxes.CODE}/streamspace/platforms/inside/openbox.xml"]
            if debian.window_manager
            else []
        ),
        "first_size": settings.first_size,
        "engine": engines.settings(
            session_id=spec.session_id,
            title=manifest.display_name,
            portal_origin=settings.portal_origin,
            master_token=record.tokens["master"],
            clipboard=not capabilities or "clipboard" in capabilities,
            page=sandboxes.PAGE,
            policy=spec.policy,
            user=spec.user,
        ),
        "socket": sandboxes.SOCKET,
        "prefix": f"/s/{spec.session_id}",
        "master_token": record.tokens["master"],
        "tokens": participants.table(record),
        "deadline": settings.start_seconds,
        "log_bytes": settings.log_bytes,
        **protocols.parts(spec, settings.first_size),
    }


_NEEDED_AHEAD = ("environment", "window_manager", "display", "first_size", "deadline", "log_bytes")
_OF_A_SESSION = ("SELKIES_SUBFOLDER", "SELKIES_MASTER_TOKEN", "SELKIES_UI_TITLE")


def before_anybody(configured: dict[str, Any]) -> dict[str, Any]:
    """Return the part of a configuration that a sandbox needs while it waits: no name, no secret, no application."""
    engine = {name: value for name, value in configured["engine"].items() if name not in _OF_A_SESSION}
    return {name: configured[name] for name in _NEEDED_AHEAD} | {"engine": engine}


def new_tokens() -> dict[str, str]:
    """Return fresh secrets of the engine, one for each role."""
    return {role: secrets.token_urlsafe(32) for role in ("master", "controller", "viewer")}


def launch(
    settings: Settings,
    spec: SessionSpec,
    record: Record,
    folder: Folder,
    engine: Engine,
    home: Path | None,
    limits: Limits,
    *,
    own_network: bool,
) -> Launch:
    """Start the sandbox and return at once; from here on it lives by itself.

    Without a home it waits at the socket `folder.claims` until somebody comes.
    """
    memory = max(record.memory_bytes, SMALLEST_BYTES)
    sandbox = Sandbox(
        engine=engine,
        home=home,
        run=folder.run,
        private=folder.private,
        owner=record.owner,
        network=record.network,
        own_network=own_network,
        temporary_bytes=memory,
    )
    groups = limits.create(folder.key, record.memory_bytes)
    kept = ExitStack()
    with ExitStack() as stack:

        def opened(descriptor: int, *, ours: bool = False) -> int:
            (kept if ours else stack).callback(os.close, descriptor)
            return descriptor

        listener = stack.enter_context(listen(folder.socket))
        files = stack.enter_context(listen(folder.files))
        status = opened(os.open(folder.private / "status", os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600))
        log = opened(os.open(folder.log, os.O_RDWR | os.O_CREAT, 0o600))
        os.set_inheritable(log, True)
        info = opened(os.open(folder.private / "info", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        descriptors = {"info": info}
        block = exit_read = None
        held: list[int] = []
        if own_network:
            block_read, block_write = os.pipe()
            exit_read, exit_write = os.pipe()
            descriptors["block"] = opened(block_read)
            block = block_write
            held = [opened(exit_write), block_read]
        configured = configuration(settings, spec, record)
        body = (before_anybody(configured) if home is None else configured) | {
            "python": sandbox.python(),
            "status_fd": status,
            "log_fd": log,
            "listen_fd": listener.fileno(),
            "files_fd": files.fileno(),
        }
        if home is None:
            claims = stack.enter_context(listen(folder.claims))
            body["claim_fd"] = claims.fileno()
            held.append(claims.fileno())
        descriptors["config"] = opened(readable(json.dumps(body).encode()))
        hostname = spec.manifest.metadata.name
        command = sandbox.command(hostname, base_environment(), descriptors)
        if not groups:
            # Only each process by itself can be limited then.
            command = ["prlimit", f"--data={memory}", "--", *command]
        os.lseek(log, 0, os.SEEK_END)
        subprocess.run(  # noqa: S603 - our own script; it returns as soon as the sandbox is on its way
            sandbox.launch(groups, command),
            pass_fds=[status, log, listener.fileno(), files.fileno(), *descriptors.values(), *held],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env={"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"},
            start_new_session=True,
            check=True,
        )
    return Launch(block, exit_read)


def listen(path: Path) -> socket.socket:
    """Open the session's socket out here, so that nothing inside can put another in its place."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(str(path))
    path.chmod(0o666)  # its folder is what guards it
    listener.listen(BACKLOG)
    return listener


def readable(data: bytes) -> int:
    """Return a descriptor from which the data can be read, without a file that could be left behind."""
    descriptor = os.memfd_create("configuration", 0)
    os.write(descriptor, data)
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor
