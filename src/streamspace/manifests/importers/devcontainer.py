"""`devcontainer.json`: JSON with comments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from streamspace.manifests.documents import load
from streamspace.manifests.findings import quoted
from streamspace.manifests.importers import containers, drafts
from streamspace.manifests.importers.containers import Container
from streamspace.manifests.importers.drafts import Account, Conversion
from streamspace.manifests.text import Unreadable, decode

TITLE = "dev container"
_DESKTOP = 6080
_ASKS = {
    "privileged": "privileged",
    "capAdd": "capabilities",
    "securityOpt": "security options",
    "runArgs": "options of docker run",
}
_COMMANDS = ("initializeCommand", "onCreateCommand", "updateContentCommand", "postCreateCommand", "postStartCommand")
_KNOWN = {"name", "image", "containerEnv", "remoteEnv", "forwardPorts", "appPort", "mounts", "hostRequirements"}
_KNOWN |= {"features", "$schema", *_ASKS}


def can_read(data: bytes, name: str) -> bool:
    """Return whether this looks like one."""
    if name.rpartition("/")[2] in {"devcontainer.json", ".devcontainer.json"}:
        return True
    return data.lstrip()[:1] in {b"{", b"/"} and (b'"forwardPorts"' in data or b'"postCreateCommand"' in data)


def convert(data: bytes, name: str) -> Conversion:
    """Make a template of the container, if it has an image and a page to show."""
    account = Account()
    try:
        value = load(without_comments(decode(data)).encode()).value
    except Unreadable as error:
        return Conversion(not_understood=(str(error.finding),))
    if not isinstance(value, dict):
        return Conversion(not_understood=(f"{quoted(name)} is no mapping",))
    _report(value, account)
    image = value.get("image")
    if not isinstance(image, str):
        account.missed("it has no image: what is built from sources must be pushed to a registry first")
        return account.conversion()
    shown = drafts.line(value.get("name")) or drafts.title(image.rpartition("/")[2].partition(":")[0])
    made = Container(drafts.slug(shown) or "dev-container", image, display_name=shown)
    made.environment = {**_mapping(value, "containerEnv"), **_mapping(value, "remoteEnv")}
    made.ports = _ports(value, account)
    made.memory = drafts.mebibytes(_mapping(value, "hostRequirements").get("memory", ""))
    made.cpu = drafts.processors(_mapping(value, "hostRequirements").get("cpus", ""))
    made.asks = [words for key, words in _ASKS.items() if value.get(key) not in (None, False, [])]
    draft = containers.template(made, account)
    if draft is None:
        return account.conversion()
    draft.spec |= {"category": "Development", "tags": ["development", "devcontainer"]}
    return account.conversion(draft)


def _ports(value: Mapping[str, Any], account: Account) -> list[int]:
    listed: list[Any] = []
    for key in ("forwardPorts", "appPort"):
        said = value.get(key, [])
        listed += said if isinstance(said, list) else [said]
    ports = [port for one in listed if (port := containers.inner_port(one)) is not None]
    if any("desktop-lite" in feature for feature in _mapping(value, "features")):
        account.took("the feature desktop-lite: its page is on port 6080")
        ports.insert(0, _DESKTOP)
    return ports


def _report(value: Mapping[str, Any], account: Account) -> None:
    for feature in _mapping(value, "features"):
        account.missed(f"the feature {quoted(feature)} is not installed: the image must have it")
    for key in value:
        if key in _COMMANDS:
            account.missed(f"{key} is not run: the image must be ready to use")
        elif key == "mounts":
            account.missed("mounts: only the home is kept")
        elif key not in _KNOWN:
            account.missed(f"{quoted(key)} is left out")


def _mapping(value: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = value.get(key)
    return found if isinstance(found, dict) else {}


def without_comments(text: str) -> str:
    """Blank out comments and trailing commas, and leave each other character where it is."""
    out = list(text)
    index, comma = 0, -1
    while index < len(text):
        char = text[index]
        if char == '"':
            index, comma = _after_string(text, index), -1
            continue
        end = _comment_end(text, index)
        if end > index:
            out[index:end] = [mark if mark == "\n" else " " for mark in text[index:end]]
            index = end
            continue
        if char in "]}" and comma >= 0:
            out[comma] = " "
        if not char.isspace():
            comma = index if char == "," else -1
        index += 1
    return "".join(out)


def _after_string(text: str, index: int) -> int:
    index += 1
    while index < len(text) and text[index] != '"':
        index += 2 if text[index] == "\\" else 1
    return index + 1


def _comment_end(text: str, index: int) -> int:
    if text.startswith("//", index):
        end = text.find("\n", index)
        return len(text) if end < 0 else end
    if text.startswith("/*", index):
        end = text.find("*/", index + 2)
        return len(text) if end < 0 else end + 2
    return index
