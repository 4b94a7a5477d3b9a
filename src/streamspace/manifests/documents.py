"""Reads one document of a stranger into plain values, within bounds, and remembers where each value stands."""

from __future__ import annotations

from streamspace.manifests import json_text, yaml_text
from streamspace.manifests.text import MANIFEST, Bounds, Document, Unreadable, decode


def load(data: bytes, bounds: Bounds = MANIFEST) -> Document:
    """Read YAML or JSON, or raise `Unreadable`."""
    text = decode(data, bounds.bytes)
    try:
        return yaml_text.values(text, bounds)
    except Unreadable as error:
        # JSON has escapes that YAML 1.1 has not: \/ and pairs of surrogates.
        if error.finding.code != "syntax" or not text.lstrip().startswith(("{", "[")):
            raise
        document = json_text.values(text, bounds)
        if document is None:
            raise
        return document


def load_json(data: bytes, bounds: Bounds = MANIFEST) -> Document:
    """Read JSON alone, many times faster than YAML and without places, or raise `Unreadable`."""
    document = json_text.values(decode(data, bounds.bytes), bounds)
    if document is None:
        raise Unreadable("syntax", "This is no JSON.")
    return document
