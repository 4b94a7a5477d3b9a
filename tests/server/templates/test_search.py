"""Words, grams and slips of the finger, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streamspace.protocol.manifest import TemplateManifest
from streamspace.server.templates import search
from tests.server import catalog

letters = st.text(alphabet="abcdefgh", min_size=1, max_size=9)


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [("gimp", "gimp", 0), ("gmip", "gimp", 1), ("gim", "gimp", 1), ("gixmp", "gimp", 1), ("gump", "gimp", 1)],
)
def test_a_slip_is_one_letter_or_two_swapped(one: str, other: str, slips: int) -> None:
    assert search.distance(one, other, 2) == slips


@given(letters, letters)
def test_a_distance_has_no_direction(one: str, other: str) -> None:
    assert search.distance(one, other, 9) == search.distance(other, one, 9)


@given(letters, letters)
def test_giving_up_early_says_only_that_it_is_more(one: str, other: str) -> None:
    assert search.distance(one, other, 1) == min(search.distance(one, other, 9), 2)


@given(st.text(max_size=60))
def test_what_is_looked_for_is_folded_once_and_for_all(text: str) -> None:
    found = search.asked(text)
    assert all(search.words(word) == [word] or len(search.folded(word)) > search.LONGEST_WORD for word in found)
    assert len(found) <= search.MOST_ASKED


@given(letters, letters)
def test_a_word_has_all_grams_of_what_it_begins_with(start: str, rest: str) -> None:
    assert search.certain_grams(start) <= search.grams(start + rest)


def test_accents_and_case_do_not_matter() -> None:
    assert search.words("Übersetzer CAFÉ") == ["ubersetzer", "cafe"]


def test_a_name_in_pieces_is_found_in_one() -> None:
    manifest = TemplateManifest.model_validate(catalog.manifest("vs-code", baseImage="x/y:1", tags=["editor"]))
    weights = search.weights(manifest)
    assert weights["vscode"] == weights["code"] > weights["editor"] > weights["test"]


def test_what_fits_better_comes_first() -> None:
    fits = search.certain("code", ["code", "codeblocks", "vscode", "node", "coda"])
    assert fits["code"] > fits["codeblocks"] > fits["vscode"]
    assert set(fits) == {"code", "codeblocks", "vscode"}
    guessed = search.likely("code", ["node", "coda", "gimp"])
    assert set(guessed) == {"node", "coda"}


def test_short_words_are_not_guessed_at() -> None:
    assert search.likely("vi", ["vim", "ui", "xi"]) == {"vim": search.certain("vi", ["vim"])["vim"]}
