"""Which versions of the programs understand each other, and who must be upgraded where they do not."""

import pytest

from streamspace import protocol


@pytest.mark.parametrize(("control_plane", "agent"), [(1, 1), (2, 1), (1, 2), (5, 4), (4, 5), (7, 7)])
def test_neighbours_understand_each_other(control_plane: int, agent: int) -> None:
    assert protocol.misfit(control_plane, agent) is None


@pytest.mark.parametrize(
    ("control_plane", "agent", "behind"),
    [(3, 1, "agent"), (1, 3, "control plane"), (9, 2, "agent"), (1, 0, "agent"), (2, 99_999_999, "control plane")],
)
def test_who_is_behind_is_named_in_what_a_close_reason_can_hold(control_plane: int, agent: int, behind: str) -> None:
    reason = protocol.misfit(control_plane, agent)
    assert reason is not None
    assert reason.endswith(f": upgrade the {behind}.")
    assert len(reason.encode()) <= 123


def test_this_program_understands_the_version_before_it() -> None:
    assert protocol.misfit(protocol.VERSION, protocol.VERSION - 1) is None
    assert protocol.misfit(protocol.VERSION - 1, protocol.VERSION) is None
