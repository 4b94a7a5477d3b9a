"""A container as other tools describe it, made into a template."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from streamspace.manifests import images
from streamspace.manifests.findings import quoted
from streamspace.manifests.importers import drafts
from streamspace.manifests.importers.drafts import Account, Draft

_PAGES = (3000, 8080, 5800, 6080, 6901, 8443, 8888, 80, 443)
"""Where images of graphical applications show themselves, the likeliest first."""
_TLS = frozenset({443, 3001, 6901, 8443})
_HOMES = ("/config", "/home")
_GIVEN = frozenset({"PUID", "PGID", "UMASK", "SUBFOLDER", "TITLE", "CUSTOM_USER", "PASSWORD"})
"""What a session sets itself for images of LinuxServer.io's kind."""


@dataclass(slots=True)
class Container:
    """What is known of a container; ports are those inside, the first the one to show."""

    name: str
    image: str
    display_name: str = ""
    environment: dict[str, object] = field(default_factory=dict)
    ports: list[int] = field(default_factory=list)
    mounts: list[str] = field(default_factory=list)
    memory: str | None = None
    cpu: str | None = None
    asks: list[str] = field(default_factory=list)
    """What it wants of its host, in words; never given."""


def template(container: Container, account: Account) -> Draft | None:
    """Make a template, or say why there can be none."""
    image = container.image.strip()
    if images.parse(image) is None:
        account.missed(f"{quoted(image)} is no name of an image")
        return None
    account.took(f"image {image}")
    for ask in container.asks:
        account.missed(f"{ask}: a session is never given that")
    linuxserver = images.is_linuxserver(image)
    port = _page(container.ports, linuxserver=linuxserver)
    if port is None:
        account.missed("it has no port, so there is no page to show")
        return None
    draft = Draft(container.name, container.display_name or drafts.title(container.name))
    draft.spec = {
        "baseImage": image,
        "imageContract": "linuxserver",
        "appType": "webapp",
        "streamingProtocol": "http",
        "ports": [{"name": "http", "containerPort": port, "protocol": "TCP"}],
        "defaultResources": _resources(container, account),
        "env": drafts.environment(_own(container, account), account),
        "volumeMounts": _mounts(container.mounts, account),
        "capabilities": ["Network", "Clipboard"],
    }
    account.took(f"port {port}, shown as a web page")
    _warn(container.ports, port, account, linuxserver=linuxserver)
    return draft


def _page(ports: Iterable[int], *, linuxserver: bool) -> int | None:
    known = list(dict.fromkeys(ports))
    if not known:
        return 3000 if linuxserver else None
    return next((port for port in _PAGES if port in known), known[0])


def _warn(ports: list[int], port: int, account: Account, *, linuxserver: bool) -> None:
    rest = [str(other) for other in dict.fromkeys(ports) if other != port]
    if rest:
        account.missed(f"ports {', '.join(rest)}: a session shows one port")
    if port in _TLS:
        account.missed(
            f"port {port} usually speaks TLS; a session's page is plain HTTP inside, and the gateway adds TLS"
        )
    if not linuxserver:
        account.missed(
            "the image is not known to follow LinuxServer.io's contract (a start as root, a page, files in /config); "
            "it is started as if it did"
        )


def _own(container: Container, account: Account) -> dict[str, object]:
    given = [name for name in container.environment if name in _GIVEN]
    if given:
        account.took(f"{', '.join(given)}: set by the session itself")
    return {name: value for name, value in container.environment.items() if name not in _GIVEN}


def _mounts(paths: list[str], account: Account) -> list[dict[str, str]]:
    kept: list[dict[str, str]] = []
    for path in dict.fromkeys(paths):
        where = PurePosixPath(path)
        inside = where.is_absolute() and ".." not in where.parts and any(where.is_relative_to(home) for home in _HOMES)
        if inside and len(kept) < 20:  # noqa: PLR2004 - as many as a manifest takes
            kept.append({"name": "user-home" if not kept else f"user-home-{len(kept) + 1}", "mountPath": str(where)})
            account.took(f"{where} is kept, as part of the home")
        else:
            account.missed(f"the volume {quoted(path)}: only the home is kept")
    return kept


def _resources(container: Container, account: Account) -> dict[str, dict[str, str]]:
    limits = {name: amount for name, amount in (("memory", container.memory), ("cpu", container.cpu)) if amount}
    if limits:
        account.took("limits: " + ", ".join(f"{name} {amount}" for name, amount in limits.items()))
    return {"limits": limits} if limits else {}


def inner_port(written: object) -> int | None:
    """Return the port inside of a mapping such as `127.0.0.1:8080:80/tcp`; the first of a range; None for UDP."""
    found = re.fullmatch(r"(?:[0-9a-fA-F.:\[\]]*:)?(?:[0-9-]*:)?([0-9]{1,5})(?:-[0-9]{1,5})?(/[a-z]+)?", str(written))
    if found is None or found[2] not in {None, "/tcp"} or isinstance(written, bool):
        return None
    return int(found[1]) if 1 <= int(found[1]) <= 65535 else None  # noqa: PLR2004 - the highest port


def inner_path(written: str) -> str:
    """Return the path inside of a volume such as `./data:/config:ro`."""
    parts = written.split(":")
    return next((part for part in parts[1:] if part.startswith("/")), parts[0])
