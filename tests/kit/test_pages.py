import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streamspace.kit import pages
from streamspace.kit.pages import BadCursor


class TestDecode:
    @given(st.text(), st.integers())
    def test_reads_what_encode_wrote(self, text: str, number: int) -> None:
        assert pages.decode(pages.encode(text, number), 2) == [text, number]

    @given(st.text(max_size=300))
    def test_any_text_is_read_or_refused(self, text: str) -> None:
        with contextlib.suppress(BadCursor):
            assert len(pages.decode(text, 2)) == 2

    @pytest.mark.parametrize("cursor", ["", "e30", "W10", pages.encode("one"), pages.encode(1, 2, 3), "\x00", "é"])
    def test_refuses_what_has_other_parts(self, cursor: str) -> None:
        with pytest.raises(BadCursor):
            pages.decode(cursor, 2)


class TestEncode:
    def test_fits_into_a_query_as_it_is(self) -> None:
        assert pages.encode("2026-01-01T00:00:00+00:00", "ä?&=/").replace("-", "").replace("_", "").isalnum()
