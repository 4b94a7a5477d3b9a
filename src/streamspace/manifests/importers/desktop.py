"""`.desktop` files: an application that is installed on a machine, or in a Debian package.

Source: the Desktop Entry Specification, versions 1.0 to 1.5.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from streamspace.manifests.findings import quoted
from streamspace.manifests.importers import drafts
from streamspace.manifests.importers.drafts import Account, Conversion, Draft
from streamspace.manifests.text import Unreadable, decode

TITLE = "desktop entry"
LANGUAGES = ("de",)
"""Of whose names and summaries a template keeps a copy; the web UI has these beside English."""
_GROUP = "[Desktop Entry]"
_KEY = re.compile(r"([A-Za-z0-9-]{1,100})(?:\[([A-Za-z0-9_.@-]{1,40})\])?\s*=\s*(.*)")
_ESCAPES = {"s": " ", "n": "\n", "t": "\t", "r": "\r", "\\": "\\"}
_CODES = frozenset("fFuUdDnNvmk")
"""Stand for files and the like, none of which a session starts with; %k is the entry's own address."""
_MOST_ARGUMENTS = 40
_TERMINAL = ("xfce4-terminal", ["xfce4-terminal", "--disable-server", "--hide-menubar", "--hide-scrollbar", "-x"])
_GENERIC = frozenset({"gtk", "qt", "gnome", "kde", "xfce", "core", "application"})
_KNOWN = frozenset({"Type", "Version", "Name", "GenericName", "Comment", "Icon", "Exec", "TryExec", "Terminal"})
_LISTED = frozenset({"Keywords", "Categories", "Path", "Hidden", "DBusActivatable"})
_NEEDLESS = frozenset({"MimeType", "StartupNotify", "StartupWMClass", "OnlyShowIn", "NotShowIn", "Actions"})


@dataclass(frozen=True, slots=True)
class Entry:
    """The main group of a desktop file: keys without a language, and those of the languages we keep."""

    plain: Mapping[str, str]
    localized: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def text(self, key: str, language: str | None = None) -> str:
        """Return a text with its escapes resolved."""
        value = self.localized.get((key, language), "") if language else self.plain.get(key, "")
        return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[0]), value)

    def words(self, key: str) -> list[str]:
        """Return a list that is written with semicolons."""
        return [word.strip() for word in self.text(key).split(";") if word.strip()]

    def is_true(self, key: str) -> bool:
        """Return a truth value; older files write 1."""
        return self.plain.get(key, "").casefold() in {"true", "1"}


class BadEntry(ValueError):  # noqa: N818 - reads as the sentence it is
    """A desktop entry that nothing can be started from."""


def can_read(data: bytes, name: str) -> bool:
    """Return whether this looks like one."""
    return name.endswith(".desktop") or _GROUP.encode() in data[:8192]


def convert(data: bytes, name: str, packages: Sequence[str] = ()) -> Conversion:
    """Make a template of an entry; `packages` are those it comes from, if that is known."""
    account = Account()
    try:
        entry = parse(decode(data))
        draft = template(entry, PurePosixPath(name).stem, account, packages)
    except Unreadable as error:
        return Conversion(not_understood=(str(error.finding),))
    except BadEntry as error:
        account.missed(str(error))
        return account.conversion()
    return account.conversion(draft)


def parse(text: str) -> Entry:
    """Read the main group."""
    plain: dict[str, str] = {}
    localized: dict[tuple[str, str], str] = {}
    inside = False
    for raw in text.splitlines():
        row = raw.strip()
        if row.startswith("["):
            if inside:
                break
            inside = row == _GROUP
        elif inside and (found := _KEY.fullmatch(row)):
            key, language, value = found.groups()
            if language is None:
                plain.setdefault(key, value)
            elif language in LANGUAGES:
                localized.setdefault((key, language), value)
    if not plain:
        raise BadEntry(f"it has no group {_GROUP}")
    return Entry(plain, localized)


def template(entry: Entry, stem: str, account: Account, packages: Sequence[str] = (), icon: str = "") -> Draft:
    """Make a template, or raise `BadEntry`; `icon` is an address of a picture, where the name of one is of no use."""
    _refuse(entry)
    shown = drafts.line(entry.text("Name"))
    if not shown:
        raise BadEntry("it has no name")
    argv = command(entry, account)
    needed = list(packages)
    if entry.is_true("Terminal"):
        needed.append(_TERMINAL[0])
        argv = [*_TERMINAL[1], *argv]
        account.took("Terminal: it runs in a terminal of its own")
    name = drafts.slug(stem.rpartition(".")[2]) or drafts.slug(shown) or "application"
    draft = Draft(name, shown)
    categories = entry.words("Categories")
    draft.spec = {
        "description": drafts.text(entry.text("Comment")) or drafts.text(entry.text("GenericName")),
        "category": drafts.category(_main_first(categories)) or "Other",
        "icon": icon,
        "debian": {"packages": list(dict.fromkeys(needed)), "command": argv},
        "tags": drafts.tags([*_tag_words(categories), *entry.words("Keywords")]),
        "capabilities": ["Clipboard"],
    }
    if "Network" in categories:
        draft.spec["capabilities"] = ["Network", "Clipboard"]
        account.took("category Network: its sessions get a network")
    draft.annotations = _translations(entry)
    account.took("Name, Comment and Categories")
    if (named := entry.text("Icon")) and not icon:
        account.missed(f"the icon {quoted(named)} is a name on its machine: put a picture beside the template")
    _report(entry, account, packages)
    return draft


def command(entry: Entry, account: Account) -> list[str]:
    """Return the words of Exec without their field codes, or raise `BadEntry`."""
    line = entry.text("Exec")
    if not line:
        raise BadEntry(
            "it has no Exec: it is started over D-Bus alone" if entry.is_true("DBusActivatable") else "it has no Exec"
        )
    argv = [word for raw in _split(line) for word in _without_codes(raw, entry)]
    if not argv or len(argv) > _MOST_ARGUMENTS:
        raise BadEntry(f"its command has no words, or more than {_MOST_ARGUMENTS}")
    account.took(f"Exec: {drafts.line(' '.join(argv), 200)}")
    if directory := entry.text("Path"):
        account.missed(f"Path {quoted(directory)}: it starts in the home")
    return argv


def _split(line: str) -> list[str]:
    words, word, index, started, inside = [], [], 0, False, False
    while index < len(line):
        char = line[index]
        if char == '"':
            inside, started = not inside, True
        elif inside and char == "\\" and line[index + 1 : index + 2] in {'"', "`", "$", "\\"}:
            index += 1
            word.append(line[index])
        elif char.isspace() and not inside:
            if started:
                words.append("".join(word))
            word, started = [], False
        else:
            word.append(char)
            started = True
        index += 1
    if inside:
        raise BadEntry("a quotation mark in its Exec is not closed")
    return [*words, "".join(word)] if started else words


def _without_codes(word: str, entry: Entry) -> list[str]:
    if word == "%i":
        return ["--icon", entry.text("Icon")] if entry.text("Icon") else []
    if len(word) == 2 and word[0] == "%" and word[1] in _CODES:  # noqa: PLR2004 - a code and nothing else
        return []
    values = {"%": "%", "c": entry.text("Name")}
    return [re.sub(r"%(.)", lambda found: values.get(found[1], ""), word)]


def _refuse(entry: Entry) -> None:
    if (kind := entry.text("Type") or "Application") != "Application":
        raise BadEntry(f"it is a {quoted(kind)}, no application")
    if entry.is_true("Hidden"):
        raise BadEntry("it is marked as deleted (Hidden)")


def _main_first(categories: Iterable[str]) -> list[str]:
    listed = list(categories)
    return [one for one in listed if one == "WebBrowser"] + listed


def _tag_words(categories: Iterable[str]) -> list[str]:
    spaced = [re.sub(r"(?<=[a-z])(?=[A-Z])", " ", one) for one in categories if not one.startswith("X-")]
    return [one for one in spaced if one.casefold() not in _GENERIC]


def _translations(entry: Entry) -> dict[str, str]:
    found = {}
    for language in LANGUAGES:
        for key, said in (("display-name", "Name"), ("description", "Comment")):
            if value := drafts.line(entry.text(said, language), 500):
                found[f"streamspace.dev/{key}.{language}"] = value
    return found


def _report(entry: Entry, account: Account, packages: Sequence[str]) -> None:
    if not packages:
        account.missed("it does not say which Debian package it comes from: add it to spec.debian.packages")
    for key in entry.plain:
        if key in _NEEDLESS or key.startswith("X-"):
            account.took(f"{key}: not needed here")
        elif key not in _KNOWN | _LISTED:
            account.missed(f"{quoted(key)} is left out")
