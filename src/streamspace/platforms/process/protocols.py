"""What a session's first process starts and waits for, by how its application is streamed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from streamspace.platforms.base import StartFailed
from streamspace.platforms.local.surroundings import RUNTIME

if TYPE_CHECKING:
    from streamspace.platforms.base import SessionSpec
    from streamspace.protocol.manifest import Spec
    from streamspace.protocol.policies import Clipboard

LARGEST_SCREEN = "4096x2160x24"
VNC_SOCKET = f"{RUNTIME}/rfb"
VNC_PACKAGE = "tigervnc-standalone-server"
LINUXSERVER_PORT = 3000
_LONGEST_CLIPBOARD = 1_000_000
_CLOSED = ("-nolisten", "tcp", "-nolisten", "local", "-noreset")


def packages(spec: Spec) -> list[str]:
    """Return the Debian packages of a template, with what its way of streaming needs."""
    own = spec.debian.packages if spec.debian is not None else []
    added = [VNC_PACKAGE] if spec.streaming_protocol == "vnc" and VNC_PACKAGE not in own else []
    return [*own, *added]


def parts(spec: SessionSpec, first_size: str) -> dict[str, Any]:
    """Return the part of the first process's configuration that depends on the protocol.

    Raises:
        StartFailed: the template does not say what is needed.
    """
    manifest = spec.manifest.spec
    if manifest.streaming_protocol == "vnc":
        return {"protocol": "vnc", "target": VNC_SOCKET, "display": _vnc_server(spec, first_size)}
    if manifest.streaming_protocol == "http":
        check_policy(spec)
        return {"protocol": "http", "target": f"127.0.0.1:{port(manifest)}", "display": [], "window_manager": []}
    return {
        "protocol": "selkies",
        "display": ["/usr/bin/Xvfb", ":0", "-screen", "0", LARGEST_SCREEN, "-dpi", "96", *_CLOSED],
    }


def clipboard(spec: SessionSpec) -> Clipboard:
    """Return which way a session's clipboard crosses its border."""
    named = {name.casefold() for name in spec.manifest.spec.capabilities}
    return spec.policy.clipboard or "both" if not named or "clipboard" in named else "off"


def _vnc_server(spec: SessionSpec, first_size: str) -> list[str]:
    """Return the VNC server's words. Its socket is the session's own, so it asks for no password."""
    ways = clipboard(spec)
    settings = {
        "rfbunixpath": VNC_SOCKET,
        "rfbunixmode": "0600",
        "rfbport": "-1",
        "SecurityTypes": "None",
        "UseBlacklist": "0",
        "AlwaysShared": "1",
        "IdleTimeout": "0",
        "desktop": spec.manifest.spec.display_name,
        # Nothing inside may change what follows.
        "AllowOverride": "",
        "AcceptCutText": str(int(ways in {"both", "in"})),
        "SendCutText": str(int(ways in {"both", "out"})),
        "SendPrimary": "0",
        "MaxCutText": str(_LONGEST_CLIPBOARD),
    }
    words = [word for name, value in settings.items() for word in (f"-{name}", value)]
    return ["/usr/bin/Xtigervnc", ":0", "-geometry", first_size, "-depth", "24", "-dpi", "96", *words, *_CLOSED]


def check_policy(spec: SessionSpec) -> None:
    """Make sure that nothing is forbidden that a web application's own page does without asking anybody.

    Raises:
        StartFailed: something is.
    """
    policy = spec.policy.complete()
    if policy.clipboard != "both" or not policy.upload or not policy.download:
        raise StartFailed(
            f"{spec.manifest.spec.display_name} is a web application. The policy restricts clipboard, uploads or "
            "downloads, and nothing can keep a web application to that."
        )


def port(spec: Spec) -> int:
    """Return where a web application listens.

    Raises:
        StartFailed: the template does not say.
    """
    if not spec.ports and spec.image_contract == "linuxserver":
        return LINUXSERVER_PORT
    if not spec.ports:
        raise StartFailed(f"{spec.display_name} is a web application, and its template names no port (spec.ports).")
    return spec.ports[0].container_port


def variables(spec: SessionSpec) -> dict[str, str]:
    """Return what a web application is told: where browsers find it, and where it is to listen."""
    manifest = spec.manifest.spec
    if manifest.streaming_protocol != "http":
        return {}
    base = f"/s/{spec.session_id}"
    return {
        "STREAMSPACE_SESSION_ID": spec.session_id,
        "STREAMSPACE_BASE_PATH": base,
        "STREAMSPACE_PORT": str(port(manifest)),
        "SUBFOLDER": f"{base}/",
    }


def filled_in(text: str, known: dict[str, str]) -> str:
    """Return a word of a template with `$(NAME)` replaced, as Kubernetes does; an unknown name stays."""
    for name, value in known.items():
        text = text.replace(f"$({name})", value)
    return text
