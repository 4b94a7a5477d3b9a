import time

import pytest

from streamspace.server.core.pace import Pace, TooFast


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    moment = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: moment[0])
    return moment


def test_lets_through_so_many_in_any_minute_and_says_when_to_come_again(now: list[float]) -> None:
    pace = Pace()
    for at in (1000.0, 1020.0):
        now[0] = at
        pace.keep("mia", 2)
    now[0] = 1030.0
    for _ in range(3):
        with pytest.raises(TooFast) as refused:
            pace.keep("mia", 2)
        assert (refused.value.headers, refused.value.details) == ({"Retry-After": "30"}, {"retryAfter": 30})
    now[0] = 1060.0
    pace.keep("mia", 2)
    with pytest.raises(TooFast):
        pace.keep("mia", 2)


def test_one_does_not_slow_down_another(now: list[float]) -> None:
    pace = Pace()
    pace.keep("mia", 1)
    pace.keep("bob", 1)
    with pytest.raises(TooFast):
        pace.keep("mia", 1)


def test_does_not_remember_everybody_for_ever(now: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Pace, "KEYS", 3)
    pace = Pace()
    for name in ("a", "b", "c", "a", "d"):
        pace.keep(name, 5)
    assert list(pace._asked) == ["c", "a", "d"]
