"""What words a template is found by, and which words somebody may have meant. Pure.

Words are folded (no accents, no case). A word that was asked for means every known word that is it, begins with it or
contains it; where that finds nothing, also those that are a slip of the finger away.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from streamspace.protocol.manifest import TemplateManifest

RULES = 1
"""Raise it when words are made differently: what was indexed by older rules is indexed again at the next start."""
LONGEST_WORD = 40
MOST_ASKED = 6
"""Further words of a question are left out."""
SHORTEST_TYPO = 3
_MOST_DESCRIBING = 80
_NAME, _TAG, _CATEGORY, _DESCRIPTION = 10, 6, 5, 2
_EXACT, _PREFIX, _INSIDE, _ONE_SLIP, _TWO_SLIPS = 10, 8, 5, 3, 2
_TWO_SLIPS_FROM = 8
_GRAM = 3
_WORD = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """Return a text without accents and case, so that Ünïcode is found by unicode."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold()


def words(text: str) -> list[str]:
    """Return the words of a text, folded."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(folded(text))]


def asked(text: str) -> list[str]:
    """Return the words that somebody looks for, each once."""
    return list(dict.fromkeys(words(text)))[:MOST_ASKED]


def weights(manifest: TemplateManifest) -> dict[str, int]:
    """Return the words that a template is found by, and how much each says."""
    spec, name = manifest.spec, manifest.metadata.name
    described = list(dict.fromkeys(words(spec.description)))[:_MOST_DESCRIBING]
    found: dict[str, int] = {}
    for weight, parts in (
        (_DESCRIPTION, described),
        (_CATEGORY, words(spec.category)),
        (_TAG, [word for tag in spec.tags for word in words(tag)]),
        # Also in one piece: "vs-code" is looked for as "vscode".
        (_NAME, [*words(name), *words(spec.display_name), *_joined(name), *_joined(spec.display_name)]),
    ):
        found |= dict.fromkeys(parts, weight)
    return found


def _joined(text: str) -> list[str]:
    parts = words(text)
    whole = "".join(parts)
    return [whole] if len(parts) > 1 and len(whole) <= LONGEST_WORD else []


def grams(word: str) -> set[str]:
    """Return what a word is looked up by: three letters in a row, with two blanks before it and one after."""
    padded = f"  {word} "
    return {padded[at : at + _GRAM] for at in range(len(padded) - _GRAM + 1)}


def certain_grams(asked_for: str) -> set[str]:
    """Return the grams that every word has which begins with or contains this one; of a short one, begins with."""
    if len(asked_for) < _GRAM:
        return {f"  {asked_for}"[-_GRAM:]}
    return {asked_for[at : at + _GRAM] for at in range(len(asked_for) - _GRAM + 1)}


def certain(asked_for: str, known: Iterable[str]) -> dict[str, int]:
    """Return those known words that are, begin with or contain what was asked for, and how well they fit."""
    found = {}
    for word in known:
        if word == asked_for:
            found[word] = _EXACT
        elif word.startswith(asked_for):
            found[word] = _PREFIX
        elif asked_for in word and len(asked_for) >= _GRAM:
            found[word] = _INSIDE
    return found


def likely(asked_for: str, known: Iterable[str]) -> dict[str, int]:
    """Return those known words that are, or begin with, what was asked for but for a slip or two."""
    found = certain(asked_for, known := list(known))
    if len(asked_for) < SHORTEST_TYPO:
        return found
    most = 2 if len(asked_for) >= _TWO_SLIPS_FROM else 1
    for word in known:
        if word not in found and (slips := _slips(asked_for, word, most)) is not None:
            found[word] = _ONE_SLIP if slips == 1 else _TWO_SLIPS
    return found


def _slips(asked_for: str, word: str, most: int) -> int | None:
    lengths = {min(len(word), len(asked_for) + off) for off in range(-most, most + 1)} | {len(word)}
    tried = [length for length in lengths if length > 0 and abs(length - len(asked_for)) <= most]
    slips = min((distance(asked_for, word[:length], most) for length in tried), default=most + 1)
    return slips if 0 < slips <= most else None


def distance(one: str, other: str, most: int) -> int:
    """Return how many letters were added, left out, mistaken or swapped with their neighbour; `most` + 1 if more."""
    before: Sequence[int] = ()
    row: Sequence[int] = range(len(other) + 1)
    for i, letter in enumerate(one, 1):
        following = [i]
        for j, against in enumerate(other, 1):
            cost = min(row[j] + 1, following[j - 1] + 1, row[j - 1] + (letter != against))
            if before and i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, before[j - 2] + 1)
            following.append(cost)
        if min(following) > most:
            return most + 1
        before, row = row, following
    return min(row[-1], most + 1)


def meant(certainties: Sequence[Mapping[str, int]]) -> bool:
    """Say whether each word that was asked for may mean something."""
    return bool(certainties) and all(certainties)
