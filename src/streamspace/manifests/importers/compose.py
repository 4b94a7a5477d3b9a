"""Compose files: each service with an image becomes a template."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from streamspace.manifests.documents import load
from streamspace.manifests.findings import quoted
from streamspace.manifests.importers import containers, drafts
from streamspace.manifests.importers.containers import Container
from streamspace.manifests.importers.drafts import Account, Conversion, Draft, Names
from streamspace.manifests.text import Unreadable

TITLE = "compose file"
MOST_SERVICES = 200
_ASKS = {
    "privileged": "privileged",
    "cap_add": "capabilities",
    "devices": "devices",
    "device_cgroup_rules": "device rules",
    "security_opt": "security options",
    "network_mode": "a network mode",
    "pid": "a process name space",
    "ipc": "an IPC name space",
    "userns_mode": "a user name space",
    "cgroup_parent": "a control group",
    "sysctls": "kernel parameters",
    "gpus": "a graphics card",
}
_NEEDLESS = {
    "restart": "a session is ended by its person",
    "container_name": "taken as the name",
    "hostname": "a session has a name of its own",
    "networks": "a session has a network of its own",
    "logging": "a session's log is kept by the agent",
    "stdin_open": "a session has no terminal",
    "tty": "a session has no terminal",
    "init": "a session has an init of its own",
    "pull_policy": "the agent pulls what it lacks",
    "expose": "a session shows one port",
    "platform": "the agent's machine decides",
}
_KNOWN = {"image", "environment", "ports", "volumes", "deploy", "mem_limit", "cpus", "labels", *_ASKS, *_NEEDLESS}
_REFERENCE = re.compile(r"\$\$|\$\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-?+])([^{}]*))?\}|\$([A-Za-z_][A-Za-z0-9_]*)")


def can_read(data: bytes, name: str) -> bool:
    """Return whether this looks like a compose file."""
    if name.casefold().rpartition("/")[2].startswith(("docker-compose", "compose.")):
        return True
    return re.search(rb"^services:", data, re.MULTILINE) is not None and b"kind: Template" not in data


def convert(data: bytes, name: str) -> Conversion:
    """Make a template of each service that has an image."""
    account = Account()
    try:
        value = load(data).value
    except Unreadable as error:
        return Conversion(not_understood=(str(error.finding),))
    services = value.get("services") if isinstance(value, dict) else None
    if not isinstance(services, dict):
        return Conversion(not_understood=(f"{quoted(name)} has no services",))
    made = list(_templates(services, account))
    account.about = ""
    for key in value:
        if key not in {"services", "version", "name", "volumes", "networks"} and not key.startswith("x-"):
            account.missed(f"{quoted(key)} is left out")
    return account.conversion(*made)


def _templates(services: Mapping[str, Any], account: Account) -> Iterator[Draft]:
    names = Names()
    for number, (key, service) in enumerate(services.items()):
        account.about = drafts.line(key, 60)
        if number >= MOST_SERVICES:
            account.missed(f"a file may have {MOST_SERVICES} services; the rest is left out")
            return
        if not isinstance(service, dict):
            account.missed("it is no mapping")
        elif not isinstance(service.get("image"), str):
            account.missed("it has no image: what is built from sources must be pushed to a registry first")
        elif draft := containers.template(_container(names.give(key), service, account), account):
            yield draft


def _container(name: str, service: Mapping[str, Any], account: Account) -> Container:
    made = Container(name, _filled(service["image"], account), environment=_environment(service, account))
    for written in _items(service.get("ports")):
        target = written.get("target") if isinstance(written, dict) else _filled(drafts.scalar(written) or "", account)
        port = containers.inner_port(target)
        if port is None or (isinstance(written, dict) and written.get("protocol", "tcp") != "tcp"):
            account.missed(f"the port {quoted(written)}")
        else:
            made.ports.append(port)
    made.mounts = list(_mounts(service, account, made.asks))
    limits = _limits(service)
    made.memory = drafts.mebibytes(service.get("mem_limit", limits.get("memory", "")))
    made.cpu = drafts.processors(service.get("cpus", limits.get("cpus", "")))
    made.asks += [words for key, words in _ASKS.items() if service.get(key) not in (None, False, [], {})]
    for key in service:
        if key in _NEEDLESS:
            account.took(f"{key}: {_NEEDLESS[key]}")
        elif key not in _KNOWN and not key.startswith("x-"):
            account.missed(f"{quoted(key)} is left out")
    return made


def _environment(service: Mapping[str, Any], account: Account) -> dict[str, object]:
    listed = service.get("environment")
    pairs: dict[str, object] = {}
    for item in _items(listed):
        written = drafts.scalar(item) or ""
        key, equals, value = written.partition("=")
        if equals:
            pairs[key] = value
        else:
            account.missed(f"the variable {quoted(key)} has its value from somewhere else")
    if isinstance(listed, dict):
        pairs = dict(listed)
    return {key: _filled(value, account) if isinstance(value, str) else value for key, value in pairs.items()}


def _mounts(service: Mapping[str, Any], account: Account, asks: list[str]) -> Iterator[str]:
    for item in _items(service.get("volumes")):
        if isinstance(item, dict):
            source, target = item.get("source"), item.get("target")
        else:
            written = _filled(drafts.scalar(item) or "", account)
            source, target = written.partition(":")[0], containers.inner_path(written)
        if isinstance(source, str) and source.endswith(".sock"):
            asks.append(f"the socket {quoted(source)}")
        elif isinstance(target, str):
            yield target


def _limits(service: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Any = service
    for key in ("deploy", "resources", "limits"):
        found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _filled(text: str, account: Account) -> str:
    """Put in the defaults of `${NAME:-default}`; what has none is left empty and reported."""

    def put(found: re.Match[str]) -> str:
        if found[0] == "$$":
            return "$"
        if found[2] in {":-", "-"}:
            return str(found[3])
        account.missed(f"{quoted(found[0])} has its value from somewhere else; it is left empty")
        return ""

    return _REFERENCE.sub(put, text)
