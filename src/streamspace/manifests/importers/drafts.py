"""What an importer makes: a manifest in the works, and an account of what was understood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from streamspace.kit import quantities
from streamspace.manifests.findings import quoted
from streamspace.manifests.text import CONTROL

LONGEST_NAME = 63
LONGEST_DISPLAY = 100
LONGEST_DESCRIPTION = 4000
LONGEST_VALUE = 4000
MOST_TAGS = 40
MOST_VARIABLES = 100
MOST_LINES = 500
"""How many remarks an account holds."""
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}")
_LINK = re.compile(r"\[([^\[\]]{1,300})\]\([^()]{0,500}\)")
_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
CATEGORIES = {
    "browsers": "Web Browsers",
    "browser": "Web Browsers",
    "webbrowser": "Web Browsers",
    "web browser": "Web Browsers",
    "desktop": "Desktop",
    "development": "Development",
    "programming": "Development",
    "ide": "Development",
    "productivity": "Office",
    "office": "Office",
    "graphics": "Graphics",
    "design": "Graphics",
    "image editor": "Graphics",
    "multimedia": "Media",
    "audiovideo": "Media",
    "audio": "Media",
    "video": "Media",
    "media": "Media",
    "games": "Games",
    "game": "Games",
    "gaming": "Games",
    "education": "Education",
    "science": "Science",
    "communication": "Communication",
    "chat": "Communication",
    "network": "Internet",
    "security": "Security",
    "privacy": "Security",
    "finance": "Finance",
    "utility": "Utilities",
    "utilities": "Utilities",
    "tools": "Utilities",
    "system": "System",
    "settings": "System",
}
"""What others call their categories, and what the official catalog calls the same; compared without case."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """Templates, as they would be written, and what became of each part of what was read."""

    manifests: tuple[Mapping[str, Any], ...] = ()
    understood: tuple[str, ...] = ()
    not_understood: tuple[str, ...] = ()


@dataclass(slots=True)
class Account:
    """Collects the two lists; a prefix tells entries of a long file apart."""

    understood: list[str] = field(default_factory=list)
    not_understood: list[str] = field(default_factory=list)
    about: str = ""

    def took(self, text: str) -> None:
        """Say that something is in the template now."""
        self._add(self.understood, text)

    def missed(self, text: str) -> None:
        """Say that something is not in the template, or not as it was."""
        self._add(self.not_understood, text)

    def conversion(self, *drafts: Draft) -> Conversion:
        """Close the account."""
        manifests = tuple(draft.manifest() for draft in drafts)
        return Conversion(manifests, tuple(self.understood), tuple(self.not_understood))

    def _add(self, lines: list[str], text: str) -> None:
        line = f"{self.about}: {text}" if self.about else text
        if len(lines) < MOST_LINES and line not in lines:
            lines.append(line)


@dataclass(slots=True)
class Draft:
    """A manifest in the works."""

    name: str
    display_name: str
    spec: dict[str, Any] = field(default_factory=dict)
    annotations: dict[str, str] = field(default_factory=dict)

    def manifest(self) -> dict[str, Any]:
        """Return it as it would be written."""
        metadata: dict[str, Any] = {"name": self.name}
        if self.annotations:
            metadata["annotations"] = dict(self.annotations)
        spec = {key: value for key, value in self.spec.items() if value not in (None, "", [], {})}
        return {
            "apiVersion": "stream.space/v1alpha1",
            "kind": "Template",
            "metadata": metadata,
            "spec": {"displayName": self.display_name, **spec},
        }


class Names:
    """Gives each template of a file a name of its own."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def give(self, wanted: object, fallback: str = "application") -> str:
        """Return a name as near as possible to what is wanted."""
        name = base = slug(wanted) or fallback
        number = 2
        while name in self._given:
            name = f"{base[: LONGEST_NAME - 5].rstrip('-')}-{number}"
            number += 1
        self._given.add(name)
        return name


def slug(wanted: object) -> str:
    """Turn any text into a template's name: lower case, digits, hyphens; empty if nothing of it can be used."""
    text = unicodedata.normalize("NFKD", str(wanted)[:200]).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")[:LONGEST_NAME].strip("-")


def text(value: object, most: int = LONGEST_DESCRIPTION) -> str:
    """Return what is text of a value, on sensible terms: no control characters, no Markdown links, not too long."""
    if not isinstance(value, str):
        return ""
    plain = _REORDERING.sub("", CONTROL.sub("", value[: most * 4]))
    plain = _LINK.sub(r"\1", plain).strip()
    return plain if len(plain) <= most else plain[: most - 1].rstrip() + "…"


def line(value: object, most: int = LONGEST_DISPLAY) -> str:
    """Return what is text of a value, on one line."""
    return " ".join(text(value, most).split())


def title(name: str) -> str:
    """Make a name fit to be shown: `my-app` is My App."""
    return " ".join(word[:1].upper() + word[1:] for word in re.split(r"[-_\s]+", name) if word)[:LONGEST_DISPLAY]


def category(names: Iterable[object]) -> str | None:
    """Return our category for the first name that has one, else the first name as it is."""
    words = [word for name in names if (word := line(name, 60))]
    known = (CATEGORIES[word.casefold()] for word in words if word.casefold() in CATEGORIES)
    return next(known, words[0] if words else None)


def tags(names: Iterable[object]) -> list[str]:
    """Return tags without empty ones and doubles."""
    found = dict.fromkeys(tag for name in names if (tag := line(name, 40).casefold()))
    return list(found)[:MOST_TAGS]


def environment(pairs: Mapping[str, object], account: Account) -> list[dict[str, str]]:
    """Return variables as a template writes them; names and values that it cannot have are reported."""
    variables: list[dict[str, str]] = []
    for name, value in pairs.items():
        written = scalar(value)
        if not _VARIABLE.fullmatch(name) or written is None or CONTROL.search(written):
            account.missed(f"the variable {quoted(name)} cannot be written in a template")
        elif len(written) > LONGEST_VALUE or len(variables) >= MOST_VARIABLES:
            account.missed(f"the variable {quoted(name)} is one too many, or too long")
        else:
            variables.append({"name": name, "value": written})
    if variables:
        account.took("environment: " + ", ".join(variable["name"] for variable in variables))
    return variables


def scalar(value: object) -> str | None:
    """Write a plain value as the text a variable has; None where it is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | float) else None


def mebibytes(value: object) -> str | None:
    """Read an amount of memory as containers' tools write it: bytes, `512m`, `2g`, `1.5GB`, `2Gi`."""
    if isinstance(value, bool):
        return None
    found = re.fullmatch(r"([0-9]{1,15}(?:\.[0-9]{1,3})?)\s*([bkmgt]?)i?b?", str(value).strip().casefold())
    if found is None:
        return None
    size = int(float(found[1]) * 1024 ** "bkmgt".index(found[2] or "b"))
    megabytes = size // 1024**2
    return quantities.format_bytes(megabytes * 1024**2) if megabytes else None


def processors(value: object) -> str | None:
    """Read an amount of processor in cores: 2, `0.5`."""
    if isinstance(value, bool) or not re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,3})?", str(value)):
        return None
    return quantities.format_millicores(round(float(str(value)) * 1000)) if float(str(value)) else None
