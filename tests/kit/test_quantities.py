import contextlib
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from streamspace.kit import quantities
from streamspace.kit.quantities import BadQuantity


class TestParse:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("2", 2),
            ("500m", "0.5"),
            ("1.5", "1.5"),
            (".5", "0.5"),
            ("2Gi", 2 * 1024**3),
            ("128Mi", 128 * 1024**2),
            ("1k", 1000),
            ("1E", 10**18),
            ("1E3", 1000),
            ("1e3", 1000),
            ("1Ei", 1024**6),
            ("100n", "1e-7"),
        ],
    )
    def test_reads_what_kubernetes_reads(self, text: str, value: object) -> None:
        assert quantities.parse(text) == Decimal(str(value))

    @pytest.mark.parametrize(
        "text",
        ["", "m", "-1", "+1", "1 Gi", "1gi", "1KI", "0x10", "1e", "1e999", "1..5", "NaN", "Infinity", "٣", "1\n"],
    )
    def test_refuses_anything_else(self, text: str) -> None:
        with pytest.raises(BadQuantity):
            quantities.parse(text)

    def test_refuses_what_no_database_column_holds(self) -> None:
        with pytest.raises(BadQuantity):
            quantities.parse("999999E")

    @given(st.text(max_size=60))
    def test_any_text_is_read_or_refused(self, text: str) -> None:
        with contextlib.suppress(BadQuantity):
            assert 0 <= quantities.parse(text) < 2**63


class TestSizeBytes:
    @given(st.integers(min_value=0, max_value=2**63 - 1) | st.integers(min_value=10**15, max_value=10**16))
    @example(2**63 - 1)
    @example(10**15)
    @example(10**15 + 1)
    def test_reads_back_what_format_bytes_wrote(self, size: int) -> None:
        assert quantities.size_bytes(quantities.format_bytes(size)) == size

    def test_rounds_up(self) -> None:
        assert quantities.size_bytes("1500m") == 2


class TestMillicores:
    @given(st.integers(min_value=0, max_value=2**63 - 1))
    @example(2**63 - 1)
    def test_reads_back_what_format_millicores_wrote(self, value: int) -> None:
        assert quantities.millicores(quantities.format_millicores(value)) == value

    def test_refuses_more_cores_than_fit_in_thousandths(self) -> None:
        with pytest.raises(BadQuantity):
            quantities.millicores(str(2**63 // 1000 + 1))

    def test_rounds_up_so_that_nothing_is_free(self) -> None:
        assert quantities.millicores("1n") == 1
