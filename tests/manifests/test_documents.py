import contextlib
import json
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from streamspace.manifests.documents import load, load_json
from streamspace.manifests.text import CONTROL, Bounds, Mark, Unreadable
from streamspace.manifests.writing import write

# U+FEFF is a byte-order mark, and the others end a line in YAML 1.1 alone.
_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff"), max_size=40)
_LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63) + 1, 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | _TEXT
)
_VALUES = st.recursive(
    _LEAVES, lambda below: st.lists(below, max_size=4) | st.dictionaries(_TEXT, below, max_size=4), max_leaves=20
)
_MANIFESTS = st.dictionaries(st.text("abcdefgXYZ_", min_size=1, max_size=8), _VALUES, min_size=1, max_size=6)


class TestScalars:
    @pytest.mark.parametrize(
        ("written", "value"),
        [
            ("yes", "yes"),
            ("on", "on"),
            ("true", True),
            ("False", False),
            ("22:22", "22:22"),
            ("2026-01-31", "2026-01-31"),
            ("1_000", "1_000"),
            ("0755", 755),
            ("0o17", 15),
            ("0x1F", 31),
            ("-3", -3),
            ("1e3", 1000.0),
            (".5", 0.5),
            ("1.", 1.0),
            ("~", None),
            ("", None),
            ("'1'", "1"),
            ("!!str 1", "1"),
            ("!!float 1", 1),
            ("=", "="),
            ("1.2.3", "1.2.3"),
        ],
    )
    def test_follow_yaml_1_2(self, written: str, value: object) -> None:
        found = load(f"a: {written}".encode()).value["a"]
        assert (type(found), found) == (type(value), value)


class TestStructure:
    def test_remembers_where_each_value_and_key_stands(self) -> None:
        document = load(b"a:\n  - b: 1\n    c: [x, y]\n")
        assert document.marks[("a", 0, "c", 1)] == Mark(3, 12)
        assert document.keys[("a", 0, "c")] == Mark(3, 5)

    def test_what_is_missing_is_shown_where_it_would_belong(self) -> None:
        finding = load(b"a: 1\nspec:\n  b: 2\n").finding(("spec", "c", 0, "d"), "error", "missing", "It is missing.")
        assert (finding.path, finding.line, finding.column) == ("spec.c[0].d", 2, 1)

    def test_aliases_and_merges_mean_what_they_say(self) -> None:
        value = load(b"x: &x {a: 1, b: 2}\ny: {<<: *x, b: 3}\nz: [*x]\n").value
        assert value["y"] == {"a": 1, "b": 3}
        assert value["z"] == [{"a": 1, "b": 2}]

    def test_of_several_merges_the_first_wins(self) -> None:
        text = b"x: &x {a: 1}\ny: &y {a: 2, b: 2}\nz: {<<: [*x, *y]}\n"
        assert load(text).value["z"] == {"a": 1, "b": 2} == yaml.safe_load(text)["z"]

    def test_a_quoted_merge_key_is_a_key(self) -> None:
        assert load(b'a: {"<<": 1}').value == {"a": {"<<": 1}}

    def test_a_byte_order_mark_is_no_part_of_the_text(self) -> None:
        assert load(b"\xef\xbb\xbfa: 1").value == {"a": 1}

    def test_bounds_are_inclusive(self) -> None:
        bounds = Bounds(depth=3, nodes=7, scalar=4, aliases=1)
        assert load(b"a: [b, [c]]", Bounds(depth=4)).value == {"a": ["b", ["c"]]}
        with pytest.raises(Unreadable, match="deeper than 3"):
            load(b"a: [b, [c]]", bounds)
        assert load(b"a: [b, c, d, e]", bounds).value == {"a": ["b", "c", "d", "e"]}
        with pytest.raises(Unreadable, match="more than 7 values"):
            load(b"a: [b, c, d, e, f]", bounds)


class TestJson:
    @pytest.mark.parametrize("text", ['{"a": "\\/"}', '{"a": "\\ud83d\\ude00"}', '{\n\t"a":\t[1, 2.5, null]\n}'])
    def test_is_read_also_where_yaml_differs(self, text: str) -> None:
        assert load(text.encode()).value == json.loads(text) == load_json(text.encode()).value

    @settings(deadline=None)
    @given(_VALUES)
    def test_is_read_as_json_reads_it(self, value: Any) -> None:
        data = json.dumps({"a": value}).encode()
        assert load_json(data).value == {"a": value}

    def test_what_is_no_json_is_said(self) -> None:
        with pytest.raises(Unreadable, match="no JSON"):
            load_json(b"a: 1")


class TestWriting:
    @settings(deadline=None, max_examples=60)
    @given(_MANIFESTS)
    @example({"a": "1e3", "b": "0o17", "c": "yes", "d": "~", "e": "", "f": "2026-01-01", "g": "a\nb\n", "h": " a\nb"})
    @example({"a": "<<", "b": "=", "c": "- x", "d": "#", "e": "a: b", "f": "\n", "g": "a\n\n", "h": "0x1F", "i": ".5"})
    @example({"a": {"<<": 1, "1": 2, "true": 3, "": 4}})
    def test_reads_back_as_the_same_values(self, value: dict[str, Any]) -> None:
        assert load(write(value).encode()).value == value

    def test_a_reader_of_yaml_1_1_sees_the_same(self) -> None:
        value = {"a": "yes", "b": "22:22", "c": "012", "d": "1_000", "e": "1e3", "f": "null", "g": "=", "h": "<<"}
        assert yaml.safe_load(write(value)) == value


@settings(deadline=None)
@given(st.binary(max_size=400))
@example(b"\xef\xbb\xbf")
@example(b"%YAML 9.9\n---\na")
@example(b"a: &a\n? *a\n")
@example(b'"\\ud800"')
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    with contextlib.suppress(Unreadable):
        assert not CONTROL.search(json.dumps(load(data).value, ensure_ascii=False))
