from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from streamspace.server.mfa import codes

NOW = datetime(2026, 5, 1, 12, 0, 10, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_at(at: datetime) -> str:
    return pyotp.TOTP(SECRET).at(at)


class TestMatchingStep:
    @pytest.mark.parametrize("seconds", [-30, 0, 30])
    def test_a_clock_may_be_half_a_minute_wrong(self, seconds: int) -> None:
        at = NOW + timedelta(seconds=seconds)
        assert codes.matching_step(SECRET, code_at(at), NOW, 0) == int(at.timestamp()) // 30

    @pytest.mark.parametrize("seconds", [-90, -60, 60, 90])
    def test_but_no_more(self, seconds: int) -> None:
        assert codes.matching_step(SECRET, code_at(NOW + timedelta(seconds=seconds)), NOW, 0) is None

    def test_a_step_counts_once_and_then_no_earlier_one(self) -> None:
        here = int(NOW.timestamp()) // 30
        assert codes.matching_step(SECRET, code_at(NOW), NOW, here) is None
        assert codes.matching_step(SECRET, code_at(NOW - timedelta(seconds=30)), NOW, here) is None
        assert codes.matching_step(SECRET, code_at(NOW + timedelta(seconds=30)), NOW, here) == here + 1

    def test_the_code_of_rfc_6238(self) -> None:
        # Appendix B, SHA-1, its last six digits at 1,111,111,109 seconds.
        secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        at = datetime.fromtimestamp(1_111_111_109, UTC)
        assert codes.matching_step(secret, "081804", at, 0) is not None


class TestBackupCodes:
    def test_are_ten_different_ones_of_59_bits(self) -> None:
        made = codes.new_backup_codes()
        assert len(set(made)) == 10
        assert all(len(codes.plain(code)) == 12 for code in made)
        assert len(codes._ALPHABET) ** 12 > 2**59

    def test_never_look_like_a_code_of_an_app(self) -> None:
        assert not any(codes.is_totp(codes.plain(code)) for _ in range(100) for code in codes.new_backup_codes())

    def test_may_be_typed_with_spaces_and_capitals(self) -> None:
        assert codes.plain(" K7WP 9mxa-TQ3C ") == "k7wp9mxatq3c"


class TestWait:
    def test_five_wrong_codes_are_free_then_each_doubles_the_wait_up_to_an_hour(self) -> None:
        waits = [codes.wait_after(wrong) for wrong in range(20)]
        assert waits[:5] == [None] * 5
        assert waits[5:8] == [timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=2)]
        assert waits[-1] == timedelta(hours=1)

    @given(st.integers(5, 10**9))
    def test_it_never_overflows(self, wrong: int) -> None:
        wait = codes.wait_after(wrong)
        assert wait is not None
        assert timedelta(seconds=30) <= wait <= timedelta(hours=1)
