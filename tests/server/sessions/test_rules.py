from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streamspace.server.sessions import rules
from streamspace.server.sessions.rules import ACTIVE, BUSY, ENDED, State, Trigger

S, T = State, Trigger
LEADS_TO = {
    S.PENDING: {
        T.ACCEPTED: S.STARTING,
        T.STARTED: S.RUNNING,
        T.START_FAILED: S.FAILED,
        T.RETRY: S.PENDING,
        T.STOP: S.TERMINATING,
    },
    S.STARTING: {
        T.STARTED: S.RUNNING,
        T.START_FAILED: S.FAILED,
        T.RETRY: S.PENDING,
        T.CRASHED: S.FAILED,
        T.STOP: S.TERMINATING,
    },
    S.RUNNING: {
        T.HIBERNATE: S.HIBERNATING,
        T.HIBERNATED: S.HIBERNATED,
        T.CRASHED: S.FAILED,
        T.CLOSED: S.TERMINATED,
        T.VANISHED: S.HIBERNATED,
        T.STOP: S.TERMINATING,
    },
    S.HIBERNATING: {
        T.HIBERNATED: S.HIBERNATED,
        T.HIBERNATE_FAILED: S.RUNNING,
        T.CRASHED: S.HIBERNATED,
        T.CLOSED: S.TERMINATED,
        T.VANISHED: S.HIBERNATED,
        T.STOP: S.TERMINATING,
    },
    S.HIBERNATED: {T.WAKE: S.WAKING, T.STOP: S.TERMINATING, T.STARTED: S.RUNNING},
    S.WAKING: {T.STARTED: S.RUNNING, T.WAKE_FAILED: S.HIBERNATED, T.RETRY: S.WAKING, T.STOP: S.TERMINATING},
    S.TERMINATING: {T.STOPPED: S.TERMINATED, T.CLOSED: S.TERMINATED, T.VANISHED: S.TERMINATED},
    S.TERMINATED: {},
    S.FAILED: {},
}
for state, moves in LEADS_TO.items():
    if state not in ENDED:
        moves[T.ORPHANED] = S.TERMINATED if state is S.TERMINATING else S.FAILED
"""Every move there is. A pair that is not here must mean nothing."""


class TestAfter:
    @pytest.mark.parametrize("trigger", Trigger)
    @pytest.mark.parametrize("state", State)
    def test_every_pair_leads_where_it_should(self, state: State, trigger: Trigger) -> None:
        assert rules.after(state, trigger) is LEADS_TO[state].get(trigger)

    @given(st.lists(st.sampled_from(Trigger), max_size=40))
    def test_no_sequence_of_triggers_leaves_an_ended_state(self, triggers: list[Trigger]) -> None:
        state, ended = State.PENDING, None
        for trigger in triggers:
            state = rules.after(state, trigger) or state
            assert ended is None or state is ended
            ended = state if state in ENDED else None

    @given(st.lists(st.sampled_from(Trigger), max_size=40))
    def test_whatever_happened_a_stop_and_its_end_terminate(self, triggers: list[Trigger]) -> None:
        state = State.PENDING
        for trigger in [*triggers, Trigger.STOP, Trigger.STOPPED]:
            state = rules.after(state, trigger) or state
        assert state in ENDED

    @pytest.mark.parametrize("state", sorted(BUSY))
    def test_a_busy_state_has_a_way_out(self, state: State) -> None:
        assert LEADS_TO[state]

    def test_every_state_can_be_reached(self) -> None:
        reached, open_ = {State.PENDING}, [State.PENDING]
        while open_:
            for following in LEADS_TO[open_.pop()].values():
                if following not in reached:
                    reached.add(following)
                    open_.append(following)
        assert reached == set(State)


def test_hibernated_and_ended_sessions_hold_nothing() -> None:
    assert set(State) - ACTIVE == {State.HIBERNATED, State.TERMINATED, State.FAILED}


class TestRetryAfter:
    def test_waits_longer_each_time_and_then_gives_up(self) -> None:
        waits = [rules.retry_after(attempts, "timeout") for attempts in (1, 2, 3, 4)]
        assert waits == [timedelta(seconds=2), timedelta(seconds=8), None, None]

    @given(st.integers(1, 10), st.text(max_size=20))
    def test_only_what_passes_is_tried_again(self, attempts: int, code: str) -> None:
        assert (rules.retry_after(attempts, code) is None) or (code in rules.PASSING and attempts < rules.MOST_ATTEMPTS)

    @pytest.mark.parametrize("code", ["packages_missing", "tool_missing", "bad_command", "start_failed", "crashed", ""])
    def test_what_would_only_come_again_fails_at_once(self, code: str) -> None:
        assert rules.retry_after(1, code) is None


MINUTES = st.integers(0, 600).map(lambda minutes: timedelta(minutes=minutes))


class TestDueWarning:
    @given(MINUTES, st.lists(MINUTES, max_size=4))
    def test_each_is_given_once_and_in_order_as_time_goes_by(
        self, longest: timedelta, warnings: list[timedelta]
    ) -> None:
        given, told = None, []
        for minute in range(int(longest.total_seconds() // 60) + 1):
            left = longest - timedelta(minutes=minute)
            if (due := rules.due_warning(left, longest, warnings, given)) is not None:
                told.append(due)
                given = due
        assert told == sorted({before for before in warnings if before < longest}, reverse=True)

    def test_one_that_is_late_takes_those_before_it_along(self) -> None:
        warnings = [timedelta(minutes=15), timedelta(minutes=5)]
        hour = timedelta(hours=1)
        assert rules.due_warning(timedelta(minutes=3), hour, warnings, None) == timedelta(minutes=5)
        assert rules.due_warning(timedelta(minutes=3), hour, warnings, timedelta(minutes=5)) is None


@given(st.integers(1, rules.LONGEST_SECONDS).map(lambda seconds: timedelta(seconds=seconds)))
def test_the_idle_are_warned_after_half_their_time_at_the_earliest(idle: timedelta) -> None:
    assert timedelta(0) < rules.idle_warning(idle) <= min(idle / 2, rules.IDLE_WARNING)
