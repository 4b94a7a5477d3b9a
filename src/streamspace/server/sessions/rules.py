"""The session's state machine and bounds. Pure; everything else asks it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from enum import StrEnum


class State(StrEnum):
    """Where a session is in its life."""

    PENDING = "pending"
    STARTING = "starting"
    RUNNING = "running"
    HIBERNATING = "hibernating"
    HIBERNATED = "hibernated"
    WAKING = "waking"
    TERMINATING = "terminating"
    TERMINATED = "terminated"
    FAILED = "failed"


class Trigger(StrEnum):
    """What moves a session on."""

    ACCEPTED = "accepted"
    """Its agent began to start it."""
    STARTED = "started"
    """It can be streamed."""
    START_FAILED = "start_failed"
    RETRY = "retry"
    """It could not start or wake for a reason that passes."""
    HIBERNATE = "hibernate"
    HIBERNATED = "hibernated"
    HIBERNATE_FAILED = "hibernate_failed"
    WAKE = "wake"
    WAKE_FAILED = "wake_failed"
    STOP = "stop"
    STOPPED = "stopped"
    """It is gone from its agent."""
    CRASHED = "crashed"
    CLOSED = "closed"
    """The person closed the application."""
    VANISHED = "vanished"
    """Its agent no longer holds it, though nobody asked for its end."""
    ORPHANED = "orphaned"
    """Its agent was removed for good."""


S, T = State, Trigger
TRANSITIONS: Mapping[tuple[State, Trigger], State] = {
    (S.PENDING, T.ACCEPTED): S.STARTING,
    (S.PENDING, T.STARTED): S.RUNNING,
    (S.PENDING, T.START_FAILED): S.FAILED,
    (S.PENDING, T.RETRY): S.PENDING,
    (S.PENDING, T.STOP): S.TERMINATING,
    (S.STARTING, T.STARTED): S.RUNNING,
    (S.STARTING, T.START_FAILED): S.FAILED,
    (S.STARTING, T.RETRY): S.PENDING,
    (S.STARTING, T.CRASHED): S.FAILED,
    (S.STARTING, T.STOP): S.TERMINATING,
    (S.RUNNING, T.HIBERNATE): S.HIBERNATING,
    (S.RUNNING, T.HIBERNATED): S.HIBERNATED,
    (S.RUNNING, T.CRASHED): S.FAILED,
    (S.RUNNING, T.CLOSED): S.TERMINATED,
    (S.RUNNING, T.VANISHED): S.HIBERNATED,
    (S.RUNNING, T.STOP): S.TERMINATING,
    (S.HIBERNATING, T.HIBERNATED): S.HIBERNATED,
    (S.HIBERNATING, T.HIBERNATE_FAILED): S.RUNNING,
    (S.HIBERNATING, T.CRASHED): S.HIBERNATED,
    (S.HIBERNATING, T.CLOSED): S.TERMINATED,
    (S.HIBERNATING, T.VANISHED): S.HIBERNATED,
    (S.HIBERNATING, T.STOP): S.TERMINATING,
    (S.HIBERNATED, T.WAKE): S.WAKING,
    (S.HIBERNATED, T.STOP): S.TERMINATING,
    (S.HIBERNATED, T.STARTED): S.RUNNING,
    (S.WAKING, T.STARTED): S.RUNNING,
    (S.WAKING, T.WAKE_FAILED): S.HIBERNATED,
    (S.WAKING, T.RETRY): S.WAKING,
    (S.WAKING, T.STOP): S.TERMINATING,
    (S.TERMINATING, T.STOPPED): S.TERMINATED,
    (S.TERMINATING, T.CLOSED): S.TERMINATED,
    (S.TERMINATING, T.VANISHED): S.TERMINATED,
    (S.PENDING, T.ORPHANED): S.FAILED,
    (S.STARTING, T.ORPHANED): S.FAILED,
    (S.RUNNING, T.ORPHANED): S.FAILED,
    (S.HIBERNATING, T.ORPHANED): S.FAILED,
    (S.HIBERNATED, T.ORPHANED): S.FAILED,
    (S.WAKING, T.ORPHANED): S.FAILED,
    (S.TERMINATING, T.ORPHANED): S.TERMINATED,
}
"""From where, by what, to where. What is not here does not happen."""

ENDED = frozenset({State.TERMINATED, State.FAILED})
ACTIVE = frozenset(State) - ENDED - {State.HIBERNATED}
"""States that hold an agent's resources, and count against quotas."""
ON_AGENT = ACTIVE - {State.PENDING}
BUSY = frozenset({State.PENDING, State.STARTING, State.HIBERNATING, State.WAKING, State.TERMINATING})
"""States that an agent's command must lead out of."""

FEWEST_MILLICORES, MOST_MILLICORES = 100, 64_000
LEAST_MEMORY, MOST_MEMORY = 128 * 1024**2, 512 * 1024**3
MOST_TAGS, LONGEST_TAG = 20, 50
LONGEST_SECONDS = 366 * 86400
"""Of an idle time or a longest duration; more would leave what dates can hold."""

MOST_ATTEMPTS = 3
"""How often a start is tried before the session has failed, and a wake before the session sleeps on."""
BACKOFF = (timedelta(seconds=2), timedelta(seconds=8))
"""How long to wait before the second attempt, and before the third."""
PASSING = frozenset(
    {"timeout", "lost", "agent_away", "agent_draining", "internal_error", "platform_busy", "platform_away"}
)
"""Codes of failures that another attempt, or another agent, may not meet. Any other would only come again."""
MOST_EVENTS = 200
"""Of one session's timeline; the oldest go first."""
MOST_VISITS = 80
"""Of these, those that say who came and left."""
ROOM = frozenset({"full", "memory", "cpu"})
"""Reasons against an agent that end when a session there ends."""
IDLE_WARNING = timedelta(minutes=1)


def after(state: State, trigger: Trigger) -> State | None:
    """Return the state that follows, or None where the trigger means nothing."""
    return TRANSITIONS.get((state, trigger))


def retry_after(attempts: int, code: str) -> timedelta | None:
    """Return how long to wait before a start or wake is tried again, or None if it is not."""
    if code not in PASSING or attempts >= MOST_ATTEMPTS:
        return None
    return BACKOFF[min(attempts, len(BACKOFF)) - 1]


def due_warning(
    left: timedelta, longest: timedelta, warnings: Sequence[timedelta], given: timedelta | None
) -> timedelta | None:
    """Return the warning that is due, so long before the end, or None.

    A warning that is as long as the whole session says nothing, and one that is late takes those before it with it.
    """
    due = [before for before in warnings if left <= before < longest and (given is None or before < given)]
    return min(due, default=None)


def idle_warning(idle: timedelta) -> timedelta:
    """Return how long before its hibernation an idle session's people are warned."""
    return min(IDLE_WARNING, idle / 2)
