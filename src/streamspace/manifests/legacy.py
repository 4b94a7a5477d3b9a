"""Older sections of the public repositories' templates: `vnc`, `kasmvnc` and `webapp`, read as what they mean today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from streamspace.manifests import images
from streamspace.manifests.findings import Finding, Path
from streamspace.manifests.text import Document

SECTIONS: frozenset[Path] = frozenset({("spec", "vnc"), ("spec", "kasmvnc"), ("spec", "webapp")})
_HIGHEST_PORT = 65535


def findings(document: Document) -> Iterator[Finding]:
    """Say which sections are of the older kind, and what they are taken for."""
    spec = document.value.get("spec")
    if not isinstance(spec, dict):
        return
    for path in sorted(SECTIONS):
        section = spec.get(path[1], None) if path[1] in spec else None
        if path[1] not in spec:
            continue
        if not isinstance(section, dict):
            yield document.finding(path, "error", "model_type", "It must be a mapping.")
            continue
        port = section.get("port")
        if port is not None and not _is_port(port):
            yield document.finding((*path, "port"), "error", "port", "A port is a number from 1 to 65535.")
        yield document.finding(path, "warning", "legacy_section", _meaning(spec, str(path[1])), at_key=True)


def modern(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a manifest as it would be written today; what it says itself of its stream is left as it is."""
    spec = value.get("spec")
    if not isinstance(spec, dict):
        return value
    changes = _changes(spec)
    return {**value, "spec": {**spec, **changes}} if changes else value


def _changes(spec: Mapping[str, Any]) -> dict[str, Any]:
    kind, section = _enabled(spec)
    if kind is None or "streamingProtocol" in spec or "imageContract" in spec:
        return {}
    image = spec.get("baseImage")
    if kind == "webapp":
        changes: dict[str, Any] = {"streamingProtocol": "http", "appType": spec.get("appType", "webapp")}
    elif isinstance(image, str) and images.is_linuxserver(image) and not spec.get("debian"):
        changes = {"streamingProtocol": "http", "imageContract": "linuxserver"}
    else:
        changes = {"streamingProtocol": "http" if kind == "kasmvnc" else "vnc"}
    port = section.get("port")
    if not spec.get("ports") and _is_port(port):
        changes["ports"] = [{"name": kind, "containerPort": port, "protocol": "TCP"}]
    return changes


def _enabled(spec: Mapping[str, Any]) -> tuple[str | None, Mapping[str, Any]]:
    for kind in ("kasmvnc", "vnc", "webapp"):
        section = spec.get(kind)
        if isinstance(section, dict) and section.get("enabled", True) is not False:
            return kind, section
    return None, {}


def _meaning(spec: Mapping[str, Any], kind: str) -> str:
    protocol = _changes(spec).get("streamingProtocol") if _enabled(spec)[0] == kind else None
    if protocol is None:
        return "This section is of an older form; it is kept and not used."
    return f"This section is of an older form; it is taken as streamingProtocol {protocol}."


def _is_port(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _HIGHEST_PORT
