"""LinuxServer.io's own descriptions: `readme-vars.yml` of an image, and the JSON list of all images of its API."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from streamspace.manifests.documents import load, load_json
from streamspace.manifests.importers import containers, drafts
from streamspace.manifests.importers.containers import Container
from streamspace.manifests.importers.drafts import Account, Conversion, Draft, Names
from streamspace.manifests.text import Bounds, Unreadable

TITLE = "LinuxServer.io description"
LIST = Bounds(bytes=16 * 1024**2, nodes=1_000_000)
_REGISTRY = "lscr.io/linuxserver/"
_PLACEHOLDER = re.compile(r"\{\{\s*([a-z_]{1,60})\s*\}\}")
_GRAPHICAL = frozenset({3000, 3001})
_ASKS = {
    "privileged": "privileged",
    "param_device_map": "devices",
    "opt_param_device_map": "devices",
    "cap_add_param": "capabilities",
    "opt_cap_add_param": "capabilities",
    "security_opt_param": "security options",
    "opt_security_opt_param": "security options",
    "param_usage_include_net": "a network mode",
}
_CONFIG_ASKS = {
    "devices": "devices",
    "cap_add": "capabilities",
    "security_opt": "security options",
    "privileged": "privileged",
}


def can_read(data: bytes, name: str) -> bool:
    """Return whether this looks like one of the two."""
    if re.search(rb"^project_name:", data[:16_384], re.MULTILINE) is not None:
        return True
    return name.endswith("readme-vars.yml") or b'"linuxserver"' in data[:4096]


def convert(data: bytes, name: str) -> Conversion:  # noqa: ARG001 - all importers are asked alike
    """Make a template of the image, or of each image of the list that shows a desktop."""
    account = Account()
    try:
        if data.lstrip()[:1] in {b"{", b"["}:
            return _from_list(load_json(data, LIST).value, account)
        value = load(data).value
    except Unreadable as error:
        return Conversion(not_understood=(str(error.finding),))
    if not isinstance(value, dict) or not drafts.slug(value.get("project_name", "")):
        return Conversion(not_understood=("it has no project_name",))
    draft = _from_readme(value, account)
    return account.conversion(*([draft] if draft else []))


def _from_readme(value: Mapping[str, Any], account: Account) -> Draft | None:
    project = drafts.slug(_filled(value["project_name"], value))
    made = Container(project, _REGISTRY + f"{project}:latest", display_name=drafts.title(project))
    for key in ("common_param_env_vars", "param_env_vars", "opt_param_env_vars"):
        for item in _mappings(value.get(key)):
            made.environment[drafts.line(item.get("env_var"))] = _filled(item.get("env_value", ""), value)
    made.environment.pop("", None)
    for key in ("param_ports", "opt_param_ports"):
        ports = [containers.inner_port(item.get("internal_port")) for item in _mappings(value.get(key))]
        made.ports += [port for port in ports if port is not None]
    for key in ("param_volumes", "opt_param_volumes"):
        made.mounts += [drafts.line(item.get("vol_path"), 400) for item in _mappings(value.get(key))]
    made.asks = list(dict.fromkeys(words for key, words in _ASKS.items() if value.get(key)))
    draft = containers.template(made, account)
    if draft is not None:
        categories = drafts.line(value.get("project_categories")).split(",")
        logo = _filled(value.get("project_logo"), value)
        _describe(draft, _filled(value.get("project_blurb"), value), categories, logo, account)
    return draft


def _from_list(value: Any, account: Account) -> Conversion:
    for key in ("data", "repositories", "linuxserver"):
        value = value.get(key, value) if isinstance(value, dict) else value
    if not isinstance(value, list):
        return Conversion(not_understood=("it has no list of images at data.repositories.linuxserver",))
    names = Names()
    made = []
    others = 0
    for item in _mappings(value):
        project = drafts.slug(item.get("name", ""))
        account.about = project
        if item.get("deprecated") is True or not project:
            account.missed("it is deprecated" if project else "an image without a name")
        elif not _graphical(item):
            others += 1
        elif draft := _from_item(names.give(project), item, account):
            made.append(draft)
    account.about = ""
    if others:
        account.missed(f"{others} images are services without a desktop of their own")
    return account.conversion(*made)


def _from_item(name: str, item: Mapping[str, Any], account: Account) -> Draft | None:
    config = _config(item)
    made = Container(name, _REGISTRY + f"{name}:latest", display_name=drafts.title(name))
    made.environment = {drafts.line(one.get("name")): one.get("value", "") for one in _mappings(config.get("env_vars"))}
    made.environment.pop("", None)
    ports = [containers.inner_port(one.get("internal")) for one in _mappings(config.get("ports"))]
    made.ports = [port for port in ports if port is not None]
    made.mounts = [drafts.line(one.get("path"), 400) for one in _mappings(config.get("volumes"))]
    made.asks = [words for key, words in _CONFIG_ASKS.items() if config.get(key)]
    draft = containers.template(made, account)
    if draft is not None:
        categories = drafts.line(item.get("category")).split(",")
        _describe(draft, item.get("description"), categories, item.get("project_logo"), account)
    return draft


def _graphical(item: Mapping[str, Any]) -> bool:
    ports = {containers.inner_port(one.get("internal")) for one in _mappings(_config(item).get("ports"))}
    return bool(ports & _GRAPHICAL)


def _config(item: Mapping[str, Any]) -> Mapping[str, Any]:
    config = item.get("config")
    return config if isinstance(config, dict) else {}


def _describe(draft: Draft, blurb: object, categories: list[str], logo: object, account: Account) -> None:
    draft.spec["description"] = drafts.text(blurb)
    draft.spec["category"] = drafts.category(categories) or "Other"
    draft.spec["tags"] = drafts.tags([*categories, "linuxserver"])
    if isinstance(logo, str) and logo.startswith("https://"):
        draft.spec["icon"] = logo[:2000]
    elif logo:
        account.missed("the logo has no https address")
    account.took("description, category and logo")


def _filled(value: object, known: Mapping[str, Any]) -> str:
    """Put in what the same file says of `{{ project_name }}` and the like; the rest is left out."""

    def put(found: re.Match[str]) -> str:
        said = known.get(found[1])
        return said if isinstance(said, str) and "{{" not in said else ""

    return _PLACEHOLDER.sub(put, drafts.scalar(value) or "")


def _mappings(value: Any) -> Iterator[Mapping[str, Any]]:
    yield from (item for item in value if isinstance(item, dict)) if isinstance(value, list) else ()
