"""The most restrictive of what several say holds, in whatever order they are asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streamspace.protocol.policies import DEFAULT_UPLOAD_BYTES, UNRESTRICTED, Policy, merged

MAYBE = st.none() | st.booleans()
POLICIES = st.builds(
    Policy,
    clipboard=st.sampled_from([None, "both", "in", "out", "off"]),
    upload=MAYBE,
    download=MAYBE,
    max_upload_bytes=st.none() | st.integers(0, 10_000),
    microphone=MAYBE,
    printing=MAYBE,
    watermark=MAYBE,
)


@given(POLICIES, POLICIES, POLICIES)
def test_the_order_does_not_matter_and_saying_it_twice_changes_nothing(a: Policy, b: Policy, c: Policy) -> None:
    assert merged(a, b) == merged(b, a)
    assert merged(merged(a, b), c) == merged(a, merged(b, c)) == merged(a, b, c)
    assert merged(a, a, None) == a == merged(a, Policy())


@given(POLICIES, POLICIES)
def test_nobody_opens_what_another_closes(a: Policy, b: Policy) -> None:
    held = merged(a, b)
    for one in (a, b):
        for name in ("upload", "download", "microphone", "printing"):
            assert getattr(one, name) is not False or getattr(held, name) is False
        assert one.watermark is not True or held.watermark is True
        for way in ("in", "out"):
            assert one.clipboard_open(way) or not held.clipboard_open(way)
        if one.max_upload_bytes is not None:
            assert held.max_upload_bytes is not None
            assert held.max_upload_bytes <= one.max_upload_bytes


@given(POLICIES)
def test_what_holds_says_everything_and_a_ticket_only_what_restricts(policy: Policy) -> None:
    whole = policy.complete()
    assert None not in dict(whole).values()
    assert merged(policy, whole) == whole
    small = policy.compact()
    assert (small is None) == (not policy.restricted())
    assert (small or Policy()).complete() == whole


def test_one_way_in_and_one_way_out_is_no_way() -> None:
    assert merged(Policy(clipboard="in"), Policy(clipboard="out")).clipboard == "off"


def test_where_nobody_says_anything_all_may_cross_and_a_file_is_bounded() -> None:
    assert merged() == Policy()
    assert Policy().complete() == UNRESTRICTED
    assert UNRESTRICTED.max_upload_bytes == DEFAULT_UPLOAD_BYTES
    assert UNRESTRICTED.compact() == Policy(max_upload_bytes=DEFAULT_UPLOAD_BYTES)


@pytest.mark.parametrize("said", [{"maxUploadBytes": -1}, {"clipboard": "sideways"}, {"maxUploadBytes": 2**60}])
def test_nonsense_is_refused(said: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        Policy.model_validate(said)
