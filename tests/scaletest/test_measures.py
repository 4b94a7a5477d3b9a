import pytest

from streamspace.scaletest.measures import Figure, percentile


@pytest.mark.parametrize(("share", "value"), [(0.5, 50), (0.95, 95), (0.99, 99), (1.0, 100), (0.001, 1)])
def test_so_many_of_a_hundred_are_not_above_it(share: float, value: float) -> None:
    assert percentile([float(n) for n in range(100, 0, -1)], share) == value


def test_of_one_it_is_that_one() -> None:
    assert percentile([7.0], 0.95) == 7.0


def test_a_figure_is_good_up_to_its_target() -> None:
    assert Figure("ack", 50.0, "ms", 50.0).good
    assert not Figure("ack", 50.1, "ms", 50.0).good
    assert Figure("memory", 1e9, "MiB").good
    assert Figure("ack", 50.12345, "ms", 50.0).out() == {
        "name": "ack", "value": 50.123, "unit": "ms", "target": 50.0, "good": False,
    }  # fmt: skip
