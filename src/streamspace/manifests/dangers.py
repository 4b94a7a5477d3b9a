"""What a template may not ask for: fields that would lead out of a session, and images nobody can be sure of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from streamspace.manifests import images
from streamspace.manifests.findings import Finding, Path, Severity, quoted
from streamspace.manifests.reading import Reading, bounded, walk
from streamspace.manifests.text import Document

CAPABILITIES = frozenset({"network", "audio", "clipboard", "usb", "printing"})
"""Of the public format; nothing that Linux calls a capability is among them."""
_HOMES = ("/home/user", "/home/kasm-user", "/home/streamspace", "/config")


@dataclass(frozen=True, slots=True)
class Rules:
    """What an organisation lets its templates do."""

    privileges: bool = False
    """True takes fields that ask for the host: privileged, host paths, host network, devices, Linux capabilities."""
    homes: tuple[str, ...] = _HOMES
    """Where volumes may be mounted, and below."""
    registries: tuple[str, ...] | None = None
    """Images that may be used, as `images.allowed` reads them; None for all."""
    pinned: bool = False
    """Whether an image must be named by its digest."""


STRICT = Rules()


@dataclass(frozen=True, slots=True)
class _Ask:
    """A field, by its name without case and separators, and when it asks for too much."""

    code: str
    message: str
    wrong: Callable[[Any], bool]


def _true(value: Any) -> bool:
    return value is True or (isinstance(value, str) and value.casefold() in {"true", "yes", "on", "1"}) or value == 1


def _given(value: Any) -> bool:
    return value not in (None, False, "", [], {})


def _host(value: Any) -> bool:
    return isinstance(value, str) and (value.casefold().startswith(("host", "container:", "service:")))


def _unconfined(value: Any) -> bool:
    options = value if isinstance(value, list) else [value]
    return any("no-new-privileges" not in str(option) or "false" in str(option).casefold() for option in options)


_PRIVILEGED = _Ask("privileged", "A session is never privileged.", _true)
_NAMESPACE = _Ask("host_namespace", "A session never shares a namespace of its host.", _true)
_SHARED = _Ask("host_namespace", "A session never shares a namespace of its host.", _host)
_PATHS = _Ask("host_path", "A session sees no folder of its host.", _given)
_DEVICES = _Ask("device", "A session gets no device of its host.", _given)
_CAPS = _Ask("linux_capability", "A session gets no Linux capabilities.", _given)
_ASKS = {
    "privileged": _PRIVILEGED,
    "allowprivilegeescalation": _PRIVILEGED,
    "hostnetwork": _NAMESPACE,
    "hostpid": _NAMESPACE,
    "hostipc": _NAMESPACE,
    "shareprocessnamespace": _NAMESPACE,
    "networkmode": _SHARED,
    "pid": _SHARED,
    "pidmode": _SHARED,
    "ipc": _SHARED,
    "ipcmode": _SHARED,
    "uts": _SHARED,
    "usernsmode": _SHARED,
    "cgroup": _SHARED,
    "cgroupparent": _Ask("host_namespace", "A session's limits are not its own to choose.", _given),
    "hostpath": _PATHS,
    "hostport": _Ask("host_port", "A session opens no port of its host.", _given),
    "devices": _DEVICES,
    "devicecgrouprules": _DEVICES,
    "capadd": _CAPS,
    "linuxcapabilities": _CAPS,
    "securityopt": _Ask("unconfined", "A session's confinement cannot be loosened.", _unconfined),
    "procmount": _Ask("unconfined", "A session's confinement cannot be loosened.", lambda value: value == "Unmasked"),
    "sysctls": _Ask("sysctl", "A session sets no kernel parameters.", _given),
    "serviceaccountname": _Ask("service_account", "A session has no account of its cluster.", _given),
    "automountserviceaccounttoken": _Ask("service_account", "A session has no account of its cluster.", _true),
    "runasuser": _Ask("root", "A session does not run as root.", lambda value: value == 0),
}
_SOCKETS = re.compile(r"/(docker|podman/podman|containerd/containerd|crio/crio)\.sock\b|/cri-dockerd\.sock\b")
# What a loader, a shell or an interpreter reads before the program that was meant; it would reach the engine too.
_LOADER = re.compile(
    r"LD_.*|DYLD_.*|GCONV_PATH|GLIBC_TUNABLES|MALLOC_.*|NLSPATH|LOCPATH|PATH|IFS|ENV|BASH_ENV|BASH_FUNC_.*|SHELLOPTS"
    r"|PROMPT_COMMAND|PYTHON(PATH|HOME|STARTUP|INSPECT|USERBASE|BREAKPOINT|PYCACHEPREFIX)|PERL5?(LIB|OPT)|PERL5DB"
    r"|RUBY(OPT|LIB)|NODE_(OPTIONS|PATH)|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|GTK_MODULES|GIO_(MODULE_DIR|EXTRA_MODULES)"
    r"|QT_PLUGIN_PATH|DOCKER_HOST|KUBECONFIG|GIT_SSH(_COMMAND)?"
)
_OURS = re.compile(r"STREAMSPACE_.*")
_SECRET = re.compile(r".*(PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|CREDENTIAL).*|VNC_PW", re.IGNORECASE)


def danger(reading: Reading, rules: Rules = STRICT) -> tuple[Finding, ...]:
    """Return what a template asks for and may not have, by these rules, in what we know and in what we do not."""
    document = reading.document
    spec = document.value.get("spec") if isinstance(document.value, dict) else None
    if not isinstance(spec, dict):
        return ()
    found = [*_images(document, spec, rules), *_mounts(document, spec, rules), *_environment(document, spec)]
    found += [*_capabilities(document, spec, rules), *_addresses(document, spec)]
    if not rules.privileges:
        found += _asked(document)
    return bounded(found)


def _asked(document: Document) -> Iterator[Finding]:
    for path, value in walk(document.value):
        if not path:
            continue
        ask = _ASKS.get(_folded(path[-1])) if isinstance(path[-1], str) else None
        if ask is not None and not _is_name(path) and ask.wrong(value):
            yield document.finding(path, "error", ask.code, ask.message, at_key=True)
        if isinstance(value, str) and _SOCKETS.search(value):
            yield document.finding(path, "error", "container_engine", "A session never reaches a container engine.")


def _folded(name: str) -> str:
    return name.replace("_", "").replace("-", "").casefold()


def _is_name(path: Path) -> bool:
    """Return whether a key is somebody's own word: a label, an annotation, a parameter."""
    return path[:1] == ("metadata",) or path[:2] in {("spec", "parameters"), ("spec", "tags")}


def _images(document: Document, spec: dict[str, Any], rules: Rules) -> Iterator[Finding]:
    text, path = spec.get("baseImage", spec.get("base_image")), ("spec", "baseImage")
    if not isinstance(text, str):
        return

    def say(severity: Severity, code: str, message: str) -> Finding:
        return document.finding(path, severity, code, message)

    image = images.parse(text)
    if image is None:
        yield say("error", "image", f"{quoted(text)} is no name of an image.")
        return
    if rules.registries is not None and not images.allowed(image, rules.registries):
        yield say("error", "image_not_allowed", f"Images of {image.name} may not be used here.")
    if rules.pinned and image.digest is None:
        yield say("error", "image_not_pinned", "An image must be named by its digest here: …@sha256:….")
    elif image.moving:
        yield say("warning", "moving_tag", "The tag is one that moves; name a release or a digest.")


def _mounts(document: Document, spec: dict[str, Any], rules: Rules) -> Iterator[Finding]:
    for path, mount in _items(spec, "volumeMounts", "volume_mounts"):
        where = mount.get("mountPath", mount.get("mount_path"))
        if not isinstance(where, str):
            continue
        if not _below(where, rules.homes):
            message = f"A volume is mounted in the home: below {' or '.join(rules.homes)}."
            yield document.finding((*path, "mountPath"), "error", "mount_path", message)


def _below(where: str, homes: tuple[str, ...]) -> bool:
    path = PurePosixPath(where)
    return path.is_absolute() and ".." not in path.parts and any(path.is_relative_to(home) for home in homes)


def _environment(document: Document, spec: dict[str, Any]) -> Iterator[Finding]:
    for path, variable in _items(spec, "env"):
        name = variable.get("name")
        if isinstance(name, str):
            yield from _variable(document, (*path, "name"), name)
            if _SECRET.fullmatch(name) and _secret(variable.get("value")):
                message = f"{quoted(name)} looks like a secret: everybody who may read the template can read it."
                yield document.finding((*path, "name"), "warning", "secret", message)
    asked = spec.get("parameters")
    for name, parameter in asked.items() if isinstance(asked, dict) else ():
        given = parameter.get("env") if isinstance(parameter, dict) else None
        if isinstance(given, str) and given:
            yield from _variable(document, ("spec", "parameters", name, "env"), given)
        else:
            yield from _variable(document, ("spec", "parameters", name), name.replace("-", "_"))


def _variable(document: Document, path: Path, name: str) -> Iterator[Finding]:
    if _LOADER.fullmatch(name.upper()):
        message = f"{quoted(name)} changes which programs are loaded."
        yield document.finding(path, "error", "loader_environment", message)
    elif _OURS.fullmatch(name.upper()):
        message = "Names that begin with STREAMSPACE_ are given by the platform."
        yield document.finding(path, "error", "reserved_environment", message)


def _secret(value: Any) -> bool:
    return isinstance(value, str) and value.casefold() not in {"", "true", "false"} and not value.startswith("$(")


def _capabilities(document: Document, spec: dict[str, Any], rules: Rules) -> Iterator[Finding]:
    named = spec.get("capabilities")
    if isinstance(named, dict):  # the form of Kubernetes: {add: [SYS_ADMIN]}
        if not rules.privileges and named.get("add"):
            path = ("spec", "capabilities", "add")
            yield document.finding(path, "error", "linux_capability", "A session gets no Linux capabilities.")
        return
    for index, name in enumerate(named if isinstance(named, list) else []):
        if isinstance(name, str) and name.casefold() not in CAPABILITIES:
            message = f"{quoted(name)} is none of Network, Audio, Clipboard, USB and Printing."
            yield document.finding(("spec", "capabilities", index), "error", "capability", message)


def _addresses(document: Document, spec: dict[str, Any]) -> Iterator[Finding]:
    icon = spec.get("icon")
    if isinstance(icon, str) and icon and not _is_icon(icon):
        message = "An icon is an https address, or a path inside its repository."
        yield document.finding(("spec", "icon"), "error", "icon", message)
    for name in ("homeUrl", "home_url"):
        home = spec.get(name)
        if isinstance(home, str) and home and not home.startswith(("https://", "http://", "about:blank")):
            yield document.finding(("spec", name), "error", "address", "A home page is an http or https address.")


def _is_icon(icon: str) -> bool:
    try:
        parts = urlsplit(icon)
    except ValueError:
        return False
    if parts.scheme or parts.netloc:
        return parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc
    return not icon.startswith(("/", "\\")) and ".." not in re.split(r"[/\\]", icon)


def _items(spec: dict[str, Any], *names: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    for name in names:
        listed = spec.get(name)
        for index, item in enumerate(listed if isinstance(listed, list) else []):
            if isinstance(item, dict):
                yield ("spec", name, index), item
