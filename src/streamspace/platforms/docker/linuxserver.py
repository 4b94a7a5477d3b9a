"""Images that follow LinuxServer.io's contract: a web page on port 3000, `/config` as home, a start as root.

Their init (s6) begins as root, makes a user of the numbers PUID and PGID, gives it `/config`, and drops to it. For
that the container keeps five capabilities and a root file system it may write to. All else stays as for any session: no
other capability, no-new-privileges, the engine's seccomp profile, limits, an own network, no published port. Nothing
but a relay of ours, in the container's own network, reaches its page.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from streamspace.platforms.base import NotRunning, StartFailed, ToolMissing
from streamspace.platforms.process import launching, protocols

if TYPE_CHECKING:
    from streamspace.platforms.base import SessionSpec
    from streamspace.platforms.local.records import Folder, Record

CONFIG = "/config"
CAPABILITIES = ("CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID")
"""What s6's init needs to hand files over and to become its user; nothing that reaches beyond the container."""
_INSIDE = Path(__file__).parents[1] / "inside"
_PACKAGE = "streamspace.platforms.inside"
_BOOT = f"""
import importlib, sys, types
names = {_PACKAGE!r}.split(".")
for number in range(len(names)):
    package = types.ModuleType(".".join(names[: number + 1]))
    package.__path__ = [{str(_INSIDE)!r}] if number == len(names) - 1 else []
    sys.modules[package.__name__] = package
importlib.import_module({_PACKAGE!r} + ".beside").main()
"""
"""Imports what it needs from one folder; the packages around it would load a whole agent."""


def follows(spec: SessionSpec) -> bool:
    """Return whether a template's image is one of these."""
    manifest = spec.manifest.spec
    return manifest.image_contract == "linuxserver" and manifest.debian is None


def check(spec: SessionSpec, *, allowed: bool) -> None:
    """Make sure that such an image may, and can, run here.

    Raises:
        StartFailed: this agent's operator did not allow it.
        ToolMissing: the relay cannot be set up.
    """
    name = spec.manifest.spec.display_name
    if not allowed:
        raise StartFailed(
            f"{name} has an image that starts as root, which this agent does not allow. Its operator may: "
            "allow_root_images."
        )
    if os.geteuid() != 0 or shutil.which("nsenter") is None:
        raise ToolMissing(f"{name} needs an agent that is root and has nsenter (apt install util-linux).")


def loosened(asked: dict[str, Any], spec: SessionSpec, record: Record) -> dict[str, Any]:
    """Return what to ask the engine for, from what it would be asked for any session."""
    manifest = spec.manifest.spec
    known = protocols.variables(spec)
    own = {variable.name: protocols.filled_in(variable.value, known) for variable in manifest.env}
    contract = {
        "PUID": str(record.owner),
        "PGID": str(record.owner),
        "TZ": "Etc/UTC",
        "TITLE": manifest.display_name,
        "SUBFOLDER": known["SUBFOLDER"],
        **known,
    }
    # Who comes has been let in by the gateway; a second password would only be in the way.
    environment = contract | own | spec.environment | {"CUSTOM_USER": "", "PASSWORD": ""}
    environment = {
        name: value for name, value in environment.items() if value or name not in {"CUSTOM_USER", "PASSWORD"}
    }
    host = dict(asked["HostConfig"])
    volumes = [mount | {"Target": CONFIG} for mount in host["Mounts"] if mount["Type"] == "volume"]
    tmpfs = {path: options for path, options in host["Tmpfs"].items() if not path.startswith("/run")}
    host |= {"CapAdd": list(CAPABILITIES), "ReadonlyRootfs": False, "Mounts": volumes, "Tmpfs": tmpfs}
    kept = {key: value for key, value in asked.items() if key not in {"Cmd", "User", "WorkingDir", "Env", "Labels"}}
    return kept | {"Env": [f"{name}={value}" for name, value in environment.items()], "HostConfig": host}


def stand_beside(
    settings: launching.Settings, spec: SessionSpec, record: Record, folder: Folder, container_pid: int
) -> None:
    """Start the relay in a container's network, and return at once; it lives as long as the container.

    Raises:
        NotRunning: the container ended.
    """
    with ExitStack() as stack:

        def opened(descriptor: int) -> int:
            stack.callback(os.close, descriptor)
            return descriptor

        try:
            container = opened(os.pidfd_open(container_pid))
            network = opened(os.open(f"/proc/{container_pid}/ns/net", os.O_RDONLY))
        except OSError:
            raise NotRunning("The container ended as soon as it had started.") from None
        listener: socket.socket = stack.enter_context(launching.listen(folder.socket))
        status = opened(os.open(folder.private / "status", os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600))
        log = opened(os.open(folder.log, os.O_RDWR | os.O_CREAT, 0o600))
        body = {
            "target": f"127.0.0.1:{protocols.port(spec.manifest.spec)}",
            "prefix": f"/s/{spec.session_id}",
            "owner": record.owner,
            "deadline": settings.start_seconds,
            "log_bytes": settings.log_bytes,
            "status_fd": status,
            "log_fd": log,
            "listen_fd": listener.fileno(),
            "container_fd": container,
        }
        config = opened(launching.readable(json.dumps(body).encode()))
        command = [
            "nsenter",
            f"--net=/proc/self/fd/{network}",
            "--",
            sys.executable,
            "-I",
            "-S",
            "-c",
            _BOOT,
            str(config),
        ]
        subprocess.Popen(  # noqa: S603 - our own program; it outlives this one on purpose
            command,
            pass_fds=[status, log, listener.fileno(), container, network, config],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"},
            cwd="/",
            start_new_session=True,
        )
