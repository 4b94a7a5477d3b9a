"""Reads template manifests as strangers write them: every fault with its place, nothing lost that we do not know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from streamspace.manifests import legacy
from streamspace.manifests.documents import load
from streamspace.manifests.findings import Finding, Path, quoted
from streamspace.manifests.json_text import check
from streamspace.manifests.text import MANIFEST, Bounds, Document, Unreadable
from streamspace.protocol.manifest import TemplateManifest

MOST_FINDINGS = 100
# They make a text read differently from what it is; right-to-left marks, which scripts need, are not among them.
_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SENTENCES = {
    "missing": "It is missing.",
    "string_type": "It must be text.",
    "int_type": "It must be a whole number.",
    "int_parsing": "It must be a whole number.",
    "int_from_float": "It must be a whole number.",
    "bool_type": "It must be true or false.",
    "bool_parsing": "It must be true or false.",
    "list_type": "It must be a list.",
    "dict_type": "It must be a mapping.",
    "model_type": "It must be a mapping.",
    "model_attributes_type": "It must be a mapping.",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of a text: a manifest unless it has errors, and all that is to be said of it."""

    manifest: TemplateManifest | None
    findings: tuple[Finding, ...] = ()
    document: Document = field(default_factory=lambda: Document(None))
    """The text as plain values, with those that we do not know; kept, it can be written again without loss."""
    source: str = ""

    @property
    def raw(self) -> Mapping[str, Any]:
        """The manifest as it was written, unknown fields and all."""
        return self.document.value if isinstance(self.document.value, dict) else {}


def read(data: bytes, source: str = "", bounds: Bounds = MANIFEST) -> Reading:
    """Read one template manifest, YAML or JSON. Never raises: what is wrong is a finding."""
    try:
        document = load(data, bounds)
    except Unreadable as error:
        return Reading(None, (error.finding,), source=source)
    return validate(document, source)


def validate(document: Document, source: str = "") -> Reading:
    """Check values that are read already; those of a JSON body have no places."""
    if not document.marks:
        try:
            check(document.value, MANIFEST)
        except Unreadable as error:
            return Reading(None, (error.finding,), source=source)
    if not isinstance(document.value, dict):
        said = "A manifest is a mapping with apiVersion, kind, metadata and spec."
        wrong = document.finding((), "error", "type", said)
        return Reading(None, (wrong,), document, source)
    findings = [*_reordered(document), *legacy.findings(document), *_unknown(document)]
    manifest = None
    try:
        manifest = TemplateManifest.model_validate(legacy.modern(document.value))
    except ValidationError as error:
        findings += [_finding(document, detail) for detail in error.errors(include_url=False)]
    if any(finding.severity == "error" for finding in findings):
        manifest = None
    return Reading(manifest, bounded(findings), document, source)


def bounded(findings: list[Finding]) -> tuple[Finding, ...]:
    """Put errors first, then by place, and keep a reader from being flooded."""
    ordered = sorted(findings, key=lambda found: (found.severity != "error", found.line or 0, found.column or 0))
    if len(ordered) <= MOST_FINDINGS:
        return tuple(ordered)
    rest = f"There are {len(ordered) - MOST_FINDINGS} more."
    return (*ordered[:MOST_FINDINGS], Finding("", None, None, ordered[MOST_FINDINGS].severity, "more", rest))


def _finding(document: Document, detail: ErrorDetails) -> Finding:
    path = tuple(part for part in detail["loc"] if part != "[key]")
    kind = detail["type"]
    missing = kind == "missing"
    return document.finding(path, "error", kind, _sentence(detail), at_key=missing)


def _sentence(detail: ErrorDetails) -> str:
    kind, value = detail["type"], detail.get("input")
    if kind == "value_error":
        return str(detail.get("ctx", {}).get("error", detail["msg"]))
    sentence = _SENTENCES.get(kind)
    if kind == "string_type" and isinstance(value, bool | int | float):
        return f"It must be text: put {quoted(value)[1:-1]} in quotes."
    if sentence is not None:
        return sentence
    return detail["msg"].rstrip(".") + "."


def _reordered(document: Document) -> Iterator[Finding]:
    for path, value in walk(document.value):
        if isinstance(value, str) and _REORDERING.search(value):
            yield document.finding(
                path, "error", "reordered_text", "It has characters that make it read differently from what it is."
            )


def walk(value: Any) -> Iterator[tuple[Path, Any]]:
    """Go through a value and all below it."""
    waiting: list[tuple[Path, Any]] = [((), value)]
    while waiting:
        path, value = waiting.pop()
        yield path, value
        if isinstance(value, dict):
            waiting += [((*path, key), below) for key, below in value.items()]
        elif isinstance(value, list):
            waiting += [((*path, index), below) for index, below in enumerate(value)]


def _unknown(document: Document) -> Iterator[Finding]:
    for path in _strangers(document.value, TemplateManifest, ()):
        if path[:2] not in legacy.SECTIONS:
            yield document.finding(
                path, "warning", "unknown_field", f"{quoted(path[-1])} is not known; it is kept.", at_key=True
            )


def _strangers(value: Any, model: type[BaseModel], path: Path) -> Iterator[Path]:
    if not isinstance(value, dict):
        return
    known = dict(model.model_fields)
    known |= {info.alias: info for info in model.model_fields.values() if info.alias}
    for key, below in value.items():
        if key not in known:
            yield (*path, key)
            continue
        for holder, inner in _models(known[key].annotation):
            for place, item in _held(below, holder):
                yield from _strangers(item, inner, (*path, key, *place))


def _held(value: Any, holder: type | None) -> Iterator[tuple[Path, Any]]:
    """Go through what a list or a mapping of models holds; without either, the value is one itself."""
    if holder is list:
        yield from (((index,), item) for index, item in enumerate(value)) if isinstance(value, list) else ()
    elif holder is dict:
        yield from (((name,), item) for name, item in value.items()) if isinstance(value, dict) else ()
    else:
        yield (), value


def _models(annotation: Any, holder: type | None = None) -> Iterator[tuple[type | None, type[BaseModel]]]:
    """Return the models of a field, and whether it has them in a list or a mapping."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield holder, annotation
    origin = get_origin(annotation)
    for part in get_args(annotation):
        yield from _models(part, origin if origin in {list, dict} else holder)
