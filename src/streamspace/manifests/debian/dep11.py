"""Reads AppStream metadata of a Debian archive (DEP-11): one compressed file of thousands of YAML documents.

It is read as a stream, a document at a time, and of each only what is used: most of the file is translations.
Source of the format: Debian's DEP-11 specification, and the generator's own output.
"""

from __future__ import annotations

import gzip
import io
import lzma
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from streamspace.manifests.debian.applications import Application, Screenshot
from streamspace.manifests.documents import load
from streamspace.manifests.importers import drafts
from streamspace.manifests.importers.desktop import LANGUAGES
from streamspace.manifests.text import Bounds, Unreadable

MAX_BYTES = 512 * 1024**2
"""How much is unpacked at most; Debian 12 has 20 MB."""
MAX_APPLICATIONS = 50_000
_DOCUMENT = Bounds(bytes=512 * 1024, nodes=5_000, aliases=0)
_LONGEST_LINE = 256 * 1024
_CHUNK = 256 * 1024
_LANGUAGES = frozenset({b"C", *(language.encode() for language in LANGUAGES)})
_USED = {
    **dict.fromkeys(
        (b"Type", b"ID", b"Package", b"ProjectLicense", b"Categories", b"Launchable", b"Screenshots"), None
    ),
    **dict.fromkeys((b"Name", b"Summary"), _LANGUAGES),
    **dict.fromkeys((b"Description", b"Keywords"), frozenset({b"C"})),
    b"Provides": frozenset({b"binaries"}),
    b"Icon": frozenset({b"cached", b"remote"}),
    b"Url": frozenset({b"homepage"}),
    **dict.fromkeys((b"Launchable", b"Screenshots", b"File", b"MediaBaseUrl"), None),
}
"""The fields that are read, and where not all of one is, which keys below it."""
_PACKAGE = re.compile(r"[a-z0-9][a-z0-9+.-]{1,99}")
_DESKTOP_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+-]{0,190}\.desktop")
_PROGRAM = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+-]{0,99}")
_MARKUP = re.compile(r"<[^<>]{0,200}>")
_OPENERS = {".gz": gzip.open, ".xz": lzma.open}
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}


class BadIndex(ValueError):  # noqa: N818 - reads as the sentence it is
    """A file that holds no AppStream metadata of Debian."""


def read(path: Path) -> Iterator[Application]:
    """Read the desktop applications of a `Components-*.yml`, plain or compressed with gzip or xz.

    Raises:
        BadIndex: it is another kind of file, or damaged.
    """
    opener: Any = _OPENERS.get(path.suffix, open)
    try:
        with opener(path, "rb") as stream:
            yield from applications(io.BufferedReader(stream, _CHUNK))
    except (OSError, EOFError, lzma.LZMAError, gzip.zlib.error) as error:  # type: ignore[attr-defined]
        raise BadIndex(f"{path.name} cannot be read: {error}") from error


def applications(stream: IO[bytes]) -> Iterator[Application]:
    """Read the desktop applications of an uncompressed stream; those that are damaged are left out."""
    documents = _documents(stream)
    media = _media(next(documents, b""))
    for number, document in enumerate(documents):
        if number >= MAX_APPLICATIONS:
            raise BadIndex(f"It holds more than {MAX_APPLICATIONS} components.")
        if b"\nType: desktop-application\n" not in b"\n" + document[:200]:
            continue
        try:
            value = load(document, _DOCUMENT).value
        except Unreadable:
            continue
        if isinstance(value, dict) and (found := _application(value, media)):
            yield found


def _documents(stream: IO[bytes]) -> Iterator[bytes]:
    lines: list[bytes] = []
    size = total = 0
    for line in _lines(stream):
        total += len(line)
        if total > MAX_BYTES:
            raise BadIndex(f"It holds more than {MAX_BYTES // 1024**2} MB.")
        if line == b"---\n":
            if lines:
                yield b"".join(_used(lines))
            lines, size = [], 0
        elif size < _DOCUMENT.bytes * 4:
            lines.append(line)
            size += len(line)
    if lines:
        yield b"".join(_used(lines))


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    while line := stream.readline(_LONGEST_LINE):
        yield line


def _used(lines: list[bytes]) -> Iterator[bytes]:
    """Leave out languages and fields that nobody asks for, before anything is parsed."""
    kept, below = False, None
    for line in lines:
        if not line.startswith((b" ", b"-", b"\n")):
            key = line.partition(b":")[0]
            kept, below = key in _USED, _USED.get(key)
        elif below is not None and line.startswith(b"  ") and line[2:3] not in b" -\n":
            kept = line[2:].partition(b":")[0] in below
        if kept:
            yield line


def _media(head: bytes) -> str:
    try:
        value = load(head, _DOCUMENT).value
    except Unreadable as error:
        raise BadIndex(f"It has no header of AppStream metadata: {error}") from error
    if not isinstance(value, dict) or value.get("File") != "DEP-11":
        raise BadIndex("It has no header of AppStream metadata.")
    base = value.get("MediaBaseUrl")
    return base.rstrip("/") + "/" if isinstance(base, str) and base.startswith("https://") else ""


def _application(value: Mapping[str, Any], media: str) -> Application | None:
    package, name = value.get("Package"), drafts.line(_english(value, "Name"))
    if not isinstance(package, str) or not _PACKAGE.fullmatch(package) or not name:
        return None
    icon, icon_name = _icon(value.get("Icon"), media)
    return Application(
        id=drafts.line(value.get("ID"), 200),
        package=package,
        name=name,
        summary=drafts.line(_english(value, "Summary"), 300),
        description=_prose(_english(value, "Description")),
        categories=tuple(drafts.line(one, 60) for one in _list(value.get("Categories"))[:30]),
        keywords=tuple(word for one in _list(_english(value, "Keywords"))[:40] if (word := drafts.line(one, 60))),
        desktop_id=_named(_mapping(value.get("Launchable")).get("desktop-id"), _DESKTOP_ID),
        binaries=tuple(one for one in _list(_mapping(value.get("Provides")).get("binaries")) if _is(one, _PROGRAM))[
            :20
        ],
        icon=icon,
        icon_name=icon_name,
        screenshots=tuple(_screenshots(value.get("Screenshots"), media)),
        homepage=drafts.line(_mapping(value.get("Url")).get("homepage"), 500),
        license=drafts.line(value.get("ProjectLicense"), 200),
        translations=_translations(value),
    )


def _english(value: Mapping[str, Any], key: str) -> Any:
    return _mapping(value.get(key)).get("C")


def _translations(value: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        for key in ("Name", "Summary"):
            if said := drafts.line(_mapping(value.get(key)).get(language), 300):
                found.setdefault(language, {})[key.casefold()] = said
    return found


def _icon(value: Any, media: str) -> tuple[str, str]:
    remote = [one for one in _list(_mapping(value).get("remote")) if isinstance(one, dict)]
    remote.sort(key=lambda one: one.get("width") != 128)  # noqa: PLR2004 - pixels
    address = next((_address(one.get("url"), media) for one in remote), "")
    cached = [one for one in _list(_mapping(value).get("cached")) if isinstance(one, dict)]
    return address, next((name for one in cached if (name := drafts.line(one.get("name"), 200))), "")


def _screenshots(value: Any, media: str) -> Iterator[Screenshot]:
    for one in _list(value)[:10]:
        picture = _mapping(one)
        source = _address(_mapping(picture.get("source-image")).get("url"), media)
        small = [thumbnail for thumbnail in _list(picture.get("thumbnails")) if isinstance(thumbnail, dict)]
        # About the width of a card in the catalog.
        small.sort(key=lambda thumbnail: abs(_number(thumbnail.get("width")) - 624))
        if source:
            yield Screenshot(source, next((_address(thumbnail.get("url"), media) for thumbnail in small), ""))


def _address(path: Any, media: str) -> str:
    if not isinstance(path, str) or len(path) > 1000:  # noqa: PLR2004 - an icon's address has at most 2000
        return ""
    if path.startswith("https://"):
        return path
    if "://" in path or not media or ".." in path.split("/"):
        return ""
    return media + quote(path.lstrip("/"))


def _prose(value: Any) -> str:
    """Turn the paragraphs and lists of AppStream's markup into plain text."""
    if not isinstance(value, str):
        return ""
    spaced = re.sub(r"\s+", " ", value[:16_000])
    spaced = re.sub(r"</p> ?|</[uo]l> ?", "\n\n", spaced)
    text = _MARKUP.sub("", re.sub(r" ?<li> ?", "\n- ", spaced))
    for entity, char in _ENTITIES.items():
        text = text.replace(entity, char)
    return drafts.text(re.sub(r" *\n *", "\n", re.sub(r"\n{3,}", "\n\n", text)), 3000)


def _named(value: Any, form: re.Pattern[str]) -> str:
    return next((one for one in _list(value) if _is(one, form)), "")


def _is(value: Any, form: re.Pattern[str]) -> bool:
    return isinstance(value, str) and form.fullmatch(value) is not None


def _number(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
