"""A `docker run` line, as documentation of images shows it."""

from __future__ import annotations

import re
import shlex

from streamspace.manifests.findings import quoted
from streamspace.manifests.importers import containers, drafts
from streamspace.manifests.importers.containers import Container
from streamspace.manifests.importers.drafts import Account, Conversion, slug
from streamspace.manifests.text import Unreadable, decode

TITLE = "docker run command"
_LONGEST = 32 * 1024
_START = re.compile(
    rb"(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]*(?:\$ +)?(?:sudo +)?(?:docker|podman) +(?:container +)?(?:run|create)\b"
)
_SWITCHES = frozenset(
    {"detach", "d", "rm", "interactive", "i", "tty", "t", "it", "ti", "dit", "itd", "init", "read-only"}
)
_LETTERS = {"e": "env", "p": "publish", "v": "volume", "m": "memory", "h": "hostname", "u": "user", "w": "workdir"}
_ASKS = {
    "privileged": "privileged",
    "cap-add": "capabilities",
    "device": "devices",
    "device-cgroup-rule": "device rules",
    "security-opt": "security options",
    "pid": "a process name space",
    "ipc": "an IPC name space",
    "userns": "a user name space",
    "gpus": "a graphics card",
    "sysctl": "kernel parameters",
    "runtime": "a container runtime",
}
_NEEDLESS = frozenset({"name", "restart", "hostname", "label", "pull", "log-driver", "log-opt", "platform", *_SWITCHES})


def can_read(data: bytes, name: str) -> bool:  # noqa: ARG001 - all importers are asked alike
    """Return whether the text begins with the command."""
    return _START.match(data[:4096]) is not None


def convert(data: bytes, name: str) -> Conversion:
    """Make a template of the container that the line starts."""
    account = Account()
    try:
        words = shlex.split(decode(data, _LONGEST).replace("\\\n", " "), comments=True)
    except Unreadable as error:
        return Conversion(not_understood=(str(error.finding),))
    except ValueError as error:
        return Conversion(not_understood=(f"a quotation mark is not closed: {error}",))
    verbs = [index for index, word in enumerate(words) if word in {"run", "create"}]
    if not verbs:
        return Conversion(not_understood=(f"{quoted(name)} has no docker run in it",))
    options, rest = _options(words[verbs[0] + 1 :])
    if not rest:
        return Conversion(not_understood=("the line names no image",))
    if rest[1:]:
        account.missed(f"the command {quoted(' '.join(rest[1:]))}: the image's own is used")
    draft = containers.template(_container(options, rest[0], account), account)
    return account.conversion(*([draft] if draft else []))


def _options(words: list[str]) -> tuple[list[tuple[str, str]], list[str]]:
    options = []
    index = 0
    while index < len(words) and words[index].startswith("-") and words[index] != "-":
        key, equals, value = words[index].lstrip("-").partition("=")
        short = not words[index].startswith("--")
        if short and len(key) > 1 and key not in _SWITCHES:
            key, value, equals = key[0], key[1:] + equals + value, "="  # -eNAME=value
        if key == "privileged" and not equals:
            value = "true"
        elif not equals and key not in _SWITCHES:
            index += 1
            value = words[index] if index < len(words) else ""
        options.append((_LETTERS.get(key, key) if short else key, value))
        index += 1
    return options, words[index:]


def _container(options: list[tuple[str, str]], image: str, account: Account) -> Container:
    named = next((value for key, value in options if key == "name"), "")
    made = Container(slug(named) or slug(re.split(r"[:@]", image.rpartition("/")[2])[0]) or "application", image)
    for key, value in options:
        if key == "env" and "=" in value:
            variable, _, content = value.partition("=")
            made.environment[variable] = content
        elif key == "publish" and (port := containers.inner_port(value)):
            made.ports.append(port)
        elif key == "volume":
            _mount(made, value)
        elif key == "memory":
            made.memory = drafts.mebibytes(value)
        elif key == "cpus":
            made.cpu = drafts.processors(value)
        elif key in _ASKS or (key in {"network", "net"} and value.startswith(("host", "container:"))):
            made.asks.append(_ASKS.get(key, "the network of its host"))
        elif key in _NEEDLESS:
            account.took(f"--{key}: not needed here")
        else:
            account.missed(f"--{key} {quoted(value)} is left out")
    return made


def _mount(container: Container, value: str) -> None:
    if value.partition(":")[0].endswith(".sock"):
        container.asks.append(f"the socket {quoted(value.partition(':')[0])}")
    else:
        container.mounts.append(containers.inner_path(value))
