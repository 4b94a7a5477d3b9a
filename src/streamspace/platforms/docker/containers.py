"""What a session's container may be and do: everything that hardens it is named here."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

from streamspace.platforms.local.records import Record
from streamspace.platforms.local.surroundings import INSIDE_HOME, INSIDE_UID, RUNTIME, base_environment
from streamspace.platforms.process.limits import MOST_PROCESSES, SMALLEST_BYTES

AGENT_LABEL = "streamspace.agent"
"""Whose it is: an agent touches nothing of another's, nor what people run beside."""
KEY_LABEL = "streamspace.key"
CONFIG_LABEL = "streamspace.config"
_SHARED_BYTES = 512 * 1024**2
_RUNTIME_BYTES = 64 * 1024**2
_OUTPUT_BYTES = "256k"
_PLACEHOLDER_BYTES = 1024**2


def identity(root: Path) -> str:
    """Return a data folder's name among the engine's agents, made once."""
    path = root / "agent"
    if not path.exists():
        path.write_text(secrets.token_hex(8))
    return path.read_text().strip()


def body(
    record: Record,
    *,
    image: str,
    home: str | None,
    network: str | None,
    run: Path,
    etc: Path,
    labels: dict[str, str],
    loosen: Callable[[dict[str, Any]], dict[str, Any]] = dict,
) -> dict[str, Any]:
    """Return what to ask the engine to create; a label tells whether a container is still what would be asked for.

    Without a home there is an empty place where one is mounted later.
    """
    memory = max(record.memory_bytes, SMALLEST_BYTES)
    ours = f"uid={record.owner},gid={record.owner}"
    asked: dict[str, Any] = {
        "Image": image,
        "Cmd": ["contained"],
        "User": f"{record.owner}:{record.owner}",
        "Hostname": record.template,
        "Env": [f"{name}={value}" for name, value in base_environment().items()],
        "WorkingDir": INSIDE_HOME,
        "NetworkDisabled": network is None,
        "HostConfig": {
            "NetworkMode": network or "none",
            "CapDrop": ["ALL"],
            # The engine's own seccomp profile and AppArmor stay on by not being mentioned.
            "SecurityOpt": ["no-new-privileges"],
            "Privileged": False,
            "ReadonlyRootfs": True,
            "PublishAllPorts": False,
            "IpcMode": "private",
            "PidsLimit": MOST_PROCESSES,
            "Memory": memory,
            "MemorySwap": memory,
            "ShmSize": min(memory, _SHARED_BYTES),
            "Tmpfs": {
                "/tmp": f"rw,exec,nosuid,nodev,mode=1777,size={memory}",  # noqa: S108 - the container's own
                "/var/tmp": f"rw,exec,nosuid,nodev,mode=1777,size={memory}",  # noqa: S108
                RUNTIME: f"rw,nosuid,nodev,mode=0700,size={_RUNTIME_BYTES},{ours}",
                **({} if home else {INSIDE_HOME: f"rw,nosuid,nodev,mode=0700,size={_PLACEHOLDER_BYTES},{ours}"}),
            },
            "Mounts": [
                *([{"Type": "volume", "Source": home, "Target": INSIDE_HOME}] if home else []),
                {"Type": "bind", "Source": str(run), "Target": "/run/streamspace", "ReadOnly": True},
                *(
                    {"Type": "bind", "Source": str(path), "Target": f"/etc/{path.name}", "ReadOnly": True}
                    for path in sorted(etc.iterdir())
                ),
            ],
            "LogConfig": {"Type": "json-file", "Config": {"max-size": _OUTPUT_BYTES, "max-file": "1"}},
            "RestartPolicy": {"Name": "no"},
        },
    }
    asked = loosen(asked)
    digest = hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()[:32]
    asked["Labels"] = {**labels, CONFIG_LABEL: digest}
    return asked


def write_accounts(folder: Path, owner: int) -> Path:
    """Write the accounts a session sees, its user under the number it has on this machine, and return their folder."""
    etc = folder / "etc"
    etc.mkdir(parents=True, exist_ok=True)
    files = {
        "passwd": f"user:x:{owner}:{owner}:User:{INSIDE_HOME}:/bin/bash\nroot:x:0:0::/:/usr/sbin/nologin\n"
        "nobody:x:65534:65534::/:/usr/sbin/nologin\n",
        "group": f"user:x:{owner}:\nroot:x:0:\nnogroup:x:65534:\n",
    }
    for name, text in files.items():
        path = etc / name
        path.write_text(text)
        path.chmod(0o644)
    return etc


def owner_of(wanted: int, info: dict[str, Any]) -> int:
    """Return the user a session runs as: its own on this machine, or the image's where the engine maps users."""
    return INSIDE_UID if maps_users(info) or wanted == 0 else wanted


def maps_users(info: dict[str, Any]) -> bool:
    """Return whether users of a container are others on this machine."""
    return any(option.startswith(("name=userns", "name=rootless")) for option in info.get("SecurityOptions") or [])
