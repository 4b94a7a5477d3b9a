"""Workspaces of Kasm registries: `workspace.json` of one, `list.json` of all; schemas 1.0 and 1.1."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from streamspace.manifests import images
from streamspace.manifests.documents import load_json
from streamspace.manifests.findings import quoted
from streamspace.manifests.importers import drafts
from streamspace.manifests.importers.drafts import Account, Conversion, Draft, Names
from streamspace.manifests.text import Bounds, Unreadable

TITLE = "Kasm registry"
LIST = Bounds(bytes=16 * 1024**2, nodes=1_000_000)
_PORT = 6901
_LARGEST_MEGABYTES = 1_000_000
"""An amount of memory above it counts bytes: both spellings are found in public registries."""
_KNOWN = {"friendly_name", "name", "description", "image_src", "categories", "cores", "memory", "run_config"}
_NEEDLESS = {"sha", "enabled", "image_type", "docker_registry", "compatibility", "uncompressed_size_mb", "architecture"}
_NEEDLESS |= {"cpu_allocation_method", "available_tags", "hidden", "channel", "default_channel"}
_ASKS = {
    "privileged",
    "cap_add",
    "devices",
    "security_opt",
    "network_mode",
    "network",
    "pid_mode",
    "ipc_mode",
    "volumes",
}
_ASKS |= {"mounts", "device_requests", "sysctls", "runtime"}


def can_read(data: bytes, name: str) -> bool:
    """Return whether this looks like a workspace or a list of them."""
    start = data.lstrip()[:1] == b"{"
    return start and (name.endswith("workspace.json") or (b'"friendly_name"' in data and b'"image_src"' in data))


def convert(data: bytes, name: str) -> Conversion:
    """Make a template of each workspace that is a container."""
    account = Account()
    try:
        value = load_json(data, LIST).value
    except Unreadable as error:
        return Conversion(not_understood=(str(error.finding),))
    if not isinstance(value, dict):
        return Conversion(not_understood=(f"{quoted(name)} is no registry",))
    base = value.get("list_url")
    listed = value.get("workspaces")
    workspaces = listed if isinstance(listed, list) else [value]
    return account.conversion(*_templates(workspaces, base if isinstance(base, str) else "", account))


def _templates(workspaces: list[Any], base: str, account: Account) -> Iterator[Draft]:
    names = Names()
    for workspace in workspaces:
        if not isinstance(workspace, dict):
            account.missed("a workspace that is no mapping")
            continue
        shown = drafts.line(workspace.get("friendly_name"))
        account.about = shown if len(workspaces) > 1 else ""
        if workspace.get("image_type", "Container") != "Container":
            account.missed(f"it is a {quoted(workspace['image_type'])}, no container")
        elif workspace.get("enabled") is False:
            account.missed("it is not enabled")
        elif image := _image(workspace):
            yield _template(names, workspace, image, base, account)
        else:
            account.missed("it names no image")


def _image(workspace: Mapping[str, Any]) -> str | None:
    """Return the image: schema 1.0 names one, 1.1 one for each version of Kasm, the newest first."""
    versions = workspace.get("compatibility")
    newer = [one.get("image") for one in versions if isinstance(one, dict)] if isinstance(versions, list) else []
    for image in (*newer, workspace.get("name")):
        if isinstance(image, str) and images.parse(image.strip()):
            return _with_registry(image.strip(), workspace.get("docker_registry"))
    return None


def _with_registry(image: str, registry: object) -> str:
    host = registry.removeprefix("https://").partition("/")[0] if isinstance(registry, str) else ""
    first = image.partition("/")[0]
    if not host or host in {"index.docker.io", "docker.io", "registry-1.docker.io"} or "." in first or ":" in first:
        return image
    return f"{host}/{image}" if images.parse(f"{host}/{image}") else image


def _template(names: Names, workspace: Mapping[str, Any], image: str, base: str, account: Account) -> Draft:
    shown = drafts.line(workspace.get("friendly_name")) or drafts.title(image.rpartition("/")[2].partition(":")[0])
    categories = workspace.get("categories")
    categories = categories if isinstance(categories, list) else []
    draft = Draft(names.give(shown), shown)
    draft.spec = {
        "description": drafts.text(workspace.get("description")),
        "category": drafts.category(categories) or "Other",
        "icon": _icon(workspace, base, account),
        "baseImage": image,
        "appType": "webapp",
        "streamingProtocol": "http",
        "ports": [{"name": "kasmvnc", "containerPort": _PORT, "protocol": "TCP"}],
        "defaultResources": _resources(workspace, account),
        "env": _run_config(workspace, account),
        "capabilities": ["Network", "Clipboard"],
        "tags": drafts.tags([*categories, "kasm"]),
    }
    account.took(f"image {image}")
    account.took("name, description and categories")
    _report(workspace, account)
    return draft


def _icon(workspace: Mapping[str, Any], base: str, account: Account) -> str:
    source = workspace.get("image_src")
    if not isinstance(source, str) or not source:
        return ""
    if source.startswith("https://"):
        return source[:2000]
    if base.startswith("https://") and len(base) < 1000:  # noqa: PLR2004 - an icon's address has at most 2000
        return f"{base.rstrip('/')}/icons/{quote(source[:300], safe='')}"
    account.missed(f"the icon {quoted(source)} is a file of its registry")
    return ""


def _resources(workspace: Mapping[str, Any], account: Account) -> dict[str, dict[str, str]]:
    limits: dict[str, str] = {}
    memory = workspace.get("memory")
    if isinstance(memory, int | float) and not isinstance(memory, bool):
        amount = drafts.mebibytes(f"{int(memory)}m" if 0 < memory < _LARGEST_MEGABYTES else str(int(memory)))
        limits |= {"memory": amount} if amount else {}
    if cpu := drafts.processors(workspace.get("cores")):
        limits["cpu"] = cpu
    if limits:
        account.took("cores and memory")
    return {"limits": limits} if limits else {}


def _run_config(workspace: Mapping[str, Any], account: Account) -> list[dict[str, str]]:
    config = workspace.get("run_config")
    if not isinstance(config, dict):
        return []
    variables = config.get("environment")
    for key, value in config.items():
        if key in _ASKS and value not in (None, False, [], {}):
            account.missed(f"run_config.{key}: a session is never given that")
        elif key == "hostname":
            account.took("run_config.hostname: a session has a name of its own")
        elif key != "environment":
            account.missed(f"run_config.{drafts.line(key, 60)} is left out")
    if isinstance(variables, list):
        variables = dict(str(item).partition("=")[::2] for item in variables if isinstance(item, str))
    return drafts.environment(variables, account) if isinstance(variables, dict) else []


def _report(workspace: Mapping[str, Any], account: Account) -> None:
    if workspace.get("gpu_count") or workspace.get("require_gpu"):
        account.missed("a graphics card: a session is never given one")
    for key in workspace:
        if key not in _KNOWN | _NEEDLESS | {"gpu_count", "require_gpu"}:
            account.missed(f"{quoted(key)} is left out")
    account.missed(
        f"its page on port {_PORT} speaks TLS and asks for a password: the docker platform does not run such images "
        "yet, so the template is there to be edited"
    )
