"""Makes catalog entries of a repository's files, and says of each file what became of it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from streamspace import manifests
from streamspace.manifests import Finding, Reading, Rules
from streamspace.server.repositories.bounds import Found, Skipped

_TEMPLATE = re.compile(rb"""^[ \t]*["']?kind["']?[ \t]*:[ \t]*["']?Template\b""", re.MULTILINE)
_ICONS = {".svg": "image/svg+xml", ".png": "image/png", ".webp": "image/webp"}
_MOST_FINDINGS = 20
_LONGEST_MESSAGE = 300


def read(found: Found, rules: Rules) -> Iterator[dict[str, Any]]:
    """Yield what became of each file, in the order of their paths: accepted with its template, or rejected and why."""
    taken: dict[str, str] = {}
    for skipped in found.skipped:
        if _is_manifest(skipped.path):
            yield _rejected(skipped.path, [_reason(skipped)])
    for path in sorted(found.files):
        data = found.files[path]
        if not _is_manifest(path) or not _TEMPLATE.search(data):
            continue
        reading = manifests.read(data, path)
        findings = [*reading.findings, *manifests.danger(reading, rules)]
        template = None
        if reading.manifest is not None and not manifests.errors(findings):
            name = reading.manifest.metadata.name
            if name in taken:
                findings.append(_error("twice", f"There is another template named {name}, in {taken[name]}."))
            else:
                icon = _icon(found, path, reading.manifest.spec.icon, findings)
                template = _template(reading, icon)
        if template is None or manifests.errors(findings):
            yield _rejected(path, findings)
        else:
            taken[template["name"]] = path
            yield {"path": path, "outcome": "accepted", "findings": _shown(findings), "template": template}


def _is_manifest(path: str) -> bool:
    return path.lower().endswith((".yaml", ".yml"))


def _template(reading: Reading, icon: tuple[bytes, str] | None) -> dict[str, Any]:
    assert reading.manifest is not None  # noqa: S101 - the caller looked
    manifest, spec, raw = reading.manifest, reading.manifest.spec, dict(reading.raw)
    text = json.dumps(raw, sort_keys=True, default=str).encode()
    image = (spec.base_image or "").partition("@")[0].rpartition("/")[2]
    labels = manifest.metadata.labels | manifest.metadata.annotations
    return {
        "name": manifest.metadata.name,
        "displayName": spec.display_name,
        "description": spec.description,
        "category": spec.category,
        "appType": spec.app_type,
        "tags": spec.tags,
        "featured": spec.featured,
        "icon": spec.icon,
        "iconData": base64.b64encode(icon[0]).decode() if icon else None,
        "iconType": icon[1] if icon else None,
        "version": (labels.get("app.kubernetes.io/version") or image.partition(":")[2])[:60],
        "manifest": raw,
        "digest": hashlib.sha256(text + b"\0" + (icon[0] if icon else b"")).hexdigest(),
    }


def _icon(found: Found, path: str, name: str, findings: list[Finding]) -> tuple[bytes, str] | None:
    """Find an icon in the repository, beside the manifest or from the top; one elsewhere is left to the catalog."""
    if not name or "://" in name:
        return None
    if ".." in PurePosixPath(name).parts or name.startswith("/"):
        findings.append(_error("icon_outside", "The icon lies outside the repository.", "spec.icon"))
        return None
    plain = PurePosixPath(name).as_posix()
    beside = (PurePosixPath(path).parent / plain).as_posix()
    data = found.files.get(plain) or found.files.get(beside)
    kind = _ICONS.get(PurePosixPath(plain).suffix.lower())
    if kind is None and data is None and "." not in plain:
        return None  # the name of an icon of a theme
    if data is None or kind is None or not _looks_like(data, kind):
        findings.append(
            Finding("spec.icon", None, None, "warning", "no_icon", "There is no such SVG, PNG or WebP file in bounds.")
        )
        return None
    return data, kind


def _looks_like(data: bytes, kind: str) -> bool:
    if kind == "image/png":
        return data.startswith(b"\x89PNG\r\n\x1a\n")
    if kind == "image/webp":
        return data.startswith(b"RIFF") and data[8:12] == b"WEBP"
    return b"<svg" in data[:4096] and b"<!ENTITY" not in data


def _rejected(path: str, findings: list[Finding]) -> dict[str, Any]:
    return {"path": path, "outcome": "rejected", "findings": _shown(findings)}


def _reason(skipped: Skipped) -> Finding:
    return _error(skipped.code, skipped.message)


def _error(code: str, message: str, path: str = "") -> Finding:
    return Finding(path, None, None, "error", code, message)


def _shown(findings: list[Finding]) -> list[dict[str, Any]]:
    return [
        {
            "path": finding.path[:200],
            "line": finding.line,
            "column": finding.column,
            "severity": finding.severity,
            "code": finding.code,
            "message": finding.message[:_LONGEST_MESSAGE],
        }
        for finding in sorted(findings, key=lambda finding: finding.severity != "error")[:_MOST_FINDINGS]
    ]
