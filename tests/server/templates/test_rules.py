"""Versions' order, merge patches, inheritance."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streamspace.server.templates import rules

# The order of semver.org §11.
ORDERED = [
    "0.9.9",
    "1.0.0-alpha",
    "1.0.0-alpha.1",
    "1.0.0-alpha.beta",
    "1.0.0-beta",
    "1.0.0-beta.2",
    "1.0.0-beta.11",
    "1.0.0-rc.1",
    "1.0.0",
    "1.2.0",
    "1.10.0",
]
json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=10,
)


def test_versions_are_ordered_as_semver_says() -> None:
    assert sorted(set(ORDERED), key=rules.precedence) == ORDERED


@pytest.mark.parametrize(
    "text", ["1", "1.0", "01.0.0", "1.0.0-", "1.0.0-01", "v1.0.0", "1.0.0 ", "1.0.0-" + "x" * 70, ""]
)
def test_what_is_no_version(text: str) -> None:
    assert not rules.is_version(text)


@pytest.mark.parametrize(
    ("versions", "following"),
    [([], "1.0.0"), (["1.0.0"], "1.0.1"), (["1.9.0", "1.10.3"], "1.10.4"), (["2.0.0-beta"], "2.0.0")],
)
def test_the_next_patch(versions: list[str], following: str) -> None:
    assert rules.following(versions) == following


# The examples of RFC 7396, appendix A.
@pytest.mark.parametrize(
    ("target", "patch", "result"),
    [
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
        ({"e": None}, {"a": 1}, {"e": None, "a": 1}),
        ([1, 2], {"a": "b", "c": None}, {"a": "b"}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ],
)
def test_a_merge_patch(target: Any, patch: Any, result: Any) -> None:
    assert rules.patched(target, patch) == result


@given(st.dictionaries(st.text(max_size=3), json, max_size=4))
def test_what_nobody_knows_stays(written: dict[str, Any]) -> None:
    kept = rules.kept(written, {})
    assert kept == written


def test_what_was_read_wins_over_what_was_written() -> None:
    written = {"spec": {"cpu": 1, "mine": "x", "list": [{"a": 1, "b": 2}]}}
    assert rules.kept(written, {"spec": {"cpu": "1", "list": [{"a": "1"}]}}) == {
        "spec": {"cpu": "1", "list": [{"a": "1", "b": 2}], "mine": "x"}
    }


def test_inheritance_names_what_differs() -> None:
    same, other = rules.inheritance({"spec": {"a": 1, "b": 2}}, {"spec": {"a": 1, "b": 3, "c": 4}})
    assert same == ["spec.a"]
    assert other == [
        {"path": "spec.b", "value": 2, "parentValue": 3},
        {"path": "spec.c", "value": None, "parentValue": 4},
    ]
