import contextlib
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streamspace.kit import durations


class TestParse:
    @pytest.mark.parametrize(
        ("text", "seconds"), [("90s", 90), ("30m", 1800), ("8h", 28_800), ("2d", 172_800), ("1h30m", 5400), ("0s", 0)]
    )
    def test_reads_what_people_write(self, text: str, seconds: int) -> None:
        assert durations.parse(text) == timedelta(seconds=seconds)

    @pytest.mark.parametrize("text", ["", "30", "m", "-1m", "1.5h", "30 m", "٣m", "1w", "1h\n", "9999999s", "1s" * 5])
    def test_refuses_anything_else(self, text: str) -> None:
        with pytest.raises(ValueError, match="is not a duration"):
            durations.parse(text)

    @given(st.text(max_size=40))
    def test_any_text_is_read_or_refused(self, text: str) -> None:
        with contextlib.suppress(ValueError):
            assert durations.parse(text) >= timedelta(0)


class TestWrite:
    @given(st.integers(min_value=0, max_value=999_999 * 86_400))
    def test_reads_back_as_itself(self, seconds: int) -> None:
        assert durations.parse(durations.write_seconds(seconds)) == timedelta(seconds=seconds)

    def test_puts_the_largest_unit_first(self) -> None:
        assert durations.write(timedelta(days=1, hours=2, seconds=3)) == "1d2h3s"
