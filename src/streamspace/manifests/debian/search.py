"""Finds applications by a few words: ranked, and forgiving of a slip."""

from __future__ import annotations

import hashlib
import json
import os
import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from streamspace.manifests.debian.applications import Application
from streamspace.manifests.debian.dep11 import BadIndex, read
from streamspace.manifests.importers.drafts import slug

_FORM = 2
"""Counts up when what is stored changes, so that older files are made anew."""
_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS = 8
_NAME, _PACKAGE, _KEYWORD, _SUMMARY, _CATEGORY = 10.0, 9.0, 4.0, 3.0, 2.0
_EXACT, _BEGINS, _INSIDE, _SWAPPED, _NEAR = 1.0, 0.7, 0.35, 0.4, 0.3
"""How much a word counts that is the one asked for, begins with it, holds it, has its letters, or is like it."""
_SHORTEST_INSIDE = 3
_SHORTEST_NEAR = 4
_LONG = 8
"""Words of this many letters may have two slips."""


class Index:
    """All applications, and where each word occurs in them."""

    def __init__(self, applications: Iterable[Application]) -> None:
        self.applications = tuple(applications)
        self._places: dict[str, dict[int, float]] = defaultdict(dict)
        self._keys: dict[str, list[Application]] = defaultdict(list)
        for number, application in enumerate(self.applications):
            for key in {application.package, application.desktop_id.casefold(), *_names(application)}:
                self._keys[key].append(application)
            for weight, text in _fields(application):
                for word in words(text):
                    places = self._places[word]
                    places[number] = max(places.get(number, 0.0), weight)
        self._vocabulary = sorted(self._places)
        self._letters = [(word, _letters(word)) for word in self._vocabulary]

    def __len__(self) -> int:
        return len(self.applications)

    def get(self, wanted: str) -> Application | None:
        """Return the application of a package, an id or a desktop entry; of several, the one that is named like it."""
        key = wanted.casefold()
        found = self._keys.get(key, [])
        named = [one for one in found if key in {one.name.casefold(), *_names(one)}]
        return next(iter(named or found), None)

    def name_of(self, application: Application) -> str:
        """Return a template's name that no other application has: the package's, for the one it is named after."""
        if self.get(application.package) is application:
            return slug(application.package)
        return slug(_names(application)[1]) or slug(application.id)

    def search(self, query: str, limit: int = 20) -> list[Application]:
        """Return the best matches for words that all must fit, the best first."""
        asked = list(dict.fromkeys(words(query)))[:_MOST_WORDS]
        if not asked:
            return []
        scores = [self._scored(word) for word in asked]
        common = set(scores[0]).intersection(*scores[1:])
        ranked = sorted(common, key=lambda number: (-self._rank(number, scores, query), self.applications[number].name))
        return [self.applications[number] for number in ranked[:limit]]

    def _rank(self, number: int, scores: Sequence[dict[int, float]], query: str) -> float:
        application = self.applications[number]
        # Whose whole name it is comes before whoever has the word among many.
        whole = 20.0 if query.strip().casefold() in {application.name.casefold(), application.package} else 0.0
        return whole + sum(score[number] for score in scores) + 1 / (1 + len(application.name))

    def _scored(self, asked: str) -> dict[int, float]:
        scores: dict[int, float] = {}
        for word, share in self._alike(asked):
            for number, weight in self._places[word].items():
                scores[number] = max(scores.get(number, 0.0), weight * share)
        return scores

    def _alike(self, asked: str) -> list[tuple[str, float]]:
        found = {asked: _EXACT} if asked in self._places else {}
        start = bisect_left(self._vocabulary, asked)
        while start < len(self._vocabulary) and self._vocabulary[start].startswith(asked):
            found.setdefault(self._vocabulary[start], _BEGINS)
            start += 1
        if len(asked) >= _SHORTEST_INSIDE:
            for word in self._vocabulary:
                if asked in word:
                    found.setdefault(word, _INSIDE)
        if not found and len(asked) >= _SHORTEST_NEAR:
            found = {word: _SWAPPED if sorted(word) == sorted(asked) else _NEAR for word in self._near(asked)}
        return list(found.items())

    def _near(self, asked: str) -> list[str]:
        """Return the words that differ by a slip or two; comparing letters first keeps it cheap."""
        most, letters = 1 + (len(asked) >= _LONG), _letters(asked)
        return [
            word
            for word, has in self._letters
            if abs(len(word) - len(asked)) <= most
            and (has ^ letters).bit_count() <= 2 * most
            and slips(asked, word) <= most
        ]

    def write(self, path: Path) -> None:
        """Keep it in a file, one application a line; who reads it sees the old file or the new one."""
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f"{path.name}.{os.getpid()}")
        with beside.open("w", encoding="utf-8") as file:
            for application in self.applications:
                file.write(json.dumps(application.as_json(), ensure_ascii=False, separators=(",", ":")) + "\n")
        beside.replace(path)


def opened(sources: Sequence[Path], cache: Path, say: Callable[[str], None]) -> Index:
    """Return the index of these files, from the cache where they have not changed since; `say` hears if it takes long.

    Raises:
        BadIndex: a file cannot be read.
    """
    path = cache / f"debian-{_fingerprint(sources)}.jsonl"
    try:
        with path.open(encoding="utf-8") as file:
            return Index(Application.from_json(json.loads(line)) for line in file)
    except FileNotFoundError:
        pass
    except (ValueError, TypeError):
        path.unlink(missing_ok=True)
    say("Reading the AppStream metadata…")
    unique: dict[str, Application] = {}
    for source in sources:
        for application in read(source):
            unique.setdefault(f"{application.id} {application.package}", application)
    if not unique:
        raise BadIndex("The metadata name no application.")
    index = Index(unique.values())
    for old in cache.glob("debian-*.jsonl"):
        old.unlink(missing_ok=True)
    index.write(path)
    return index


def _fingerprint(sources: Sequence[Path]) -> str:
    seen = [str(_FORM)]
    for source in sources:
        status = source.stat()
        seen.append(f"{source.name} {status.st_size} {status.st_mtime_ns}")
    return hashlib.sha256("\n".join(seen).encode()).hexdigest()[:16]


def _fields(application: Application) -> list[tuple[float, str]]:
    translated = [said for texts in application.translations.values() for said in texts.items()]
    return [
        (_NAME, application.name),
        (_PACKAGE, application.package),
        (_PACKAGE, _names(application)[1]),
        (_KEYWORD, " ".join(application.keywords)),
        (_SUMMARY, application.summary),
        (_CATEGORY, " ".join((*application.categories, application.category))),
        *((_NAME if key == "name" else _SUMMARY, text) for key, text in translated),
    ]


def _names(application: Application) -> tuple[str, str]:
    """Return the id, and its last part: `org.gimp.gimp` and `gimp`."""
    whole = application.id.casefold().removesuffix(".desktop")
    return whole, whole.rpartition(".")[2]


def words(text: str) -> list[str]:
    """Return the words of a text without case and accents."""
    decomposed = unicodedata.normalize("NFKD", text[:2000].casefold())
    return _WORD.findall("".join(char for char in decomposed if not unicodedata.combining(char)))


def _letters(word: str) -> int:
    """Return which letters a word has, a bit each."""
    bits = 0
    for letter in word:
        bits |= 1 << ord(letter) % 64
    return bits


def slips(one: str, other: str) -> int:
    """Count the letters that are wrong, missing, too many, or swapped with their neighbour."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        line = [row]
        for column, facing in enumerate(other, start=1):
            cost = min(last[column] + 1, line[column - 1] + 1, last[column - 1] + (letter != facing))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == facing:
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        before, last = last, line
    return last[-1]
