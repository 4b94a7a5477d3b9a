import pytest
from hypothesis import given
from hypothesis import strategies as st

from streamspace.server.sessions import rules
from streamspace.server.sessions.rules import ACTIVE, BUSY, ENDED, State, Trigger

S, T = State, Trigger
LEADS_TO = {
    S.PENDING: {T.ACCEPTED: S.STARTING, T.STARTED: S.RUNNING, T.START_FAILED: S.FAILED, T.STOP: S.TERMINATING},
    S.STARTING: {T.STARTED: S.RUNNING, T.START_FAILED: S.FAILED, T.CRASHED: S.FAILED, T.STOP: S.TERMINATING},
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
    S.WAKING: {T.STARTED: S.RUNNING, T.WAKE_FAILED: S.HIBERNATED, T.STOP: S.TERMINATING},
    S.TERMINATING: {T.STOPPED: S.TERMINATED, T.CLOSED: S.TERMINATED, T.VANISHED: S.TERMINATED},
    S.TERMINATED: {},
    S.FAILED: {},
}
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
