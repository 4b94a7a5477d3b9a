"""Writes manifests as YAML that our reader, and one of YAML 1.1, takes for the same values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from streamspace.manifests.yaml_text import resolve


class _Dumper(yaml.SafeDumper):
    """Quotes what YAML 1.1 or 1.2 would take for something else than text; no anchors."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the name and the shape are PyYAML's
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        super().increase_indent(flow, indentless=False)


def _text(dumper: _Dumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value and not value.startswith((" ", "\n")) else None
    if style is None and not isinstance(resolve(value), str):
        style = "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)


def write(manifest: Mapping[str, Any]) -> str:
    """Return a manifest as YAML, keys in the order they have."""
    text: str = yaml.dump(dict(manifest), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
    return text
