from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streamspace.server.agents import placement
from streamspace.server.agents.placement import Candidate, Load, Need, decide

GIB = 1024**3
NEED = Need(cpu_millicores=1000, memory_bytes=GIB, has_image=True, packages=frozenset({"mousepad"}))
GOOD = Candidate(
    "a",
    "process",
    approved=True,
    online=True,
    draining=False,
    max_sessions=4,
    cpu_millicores=4000,
    memory_bytes=8 * GIB,
)


def codes(candidate: Candidate, need: Need = NEED) -> list[str]:
    (verdict,) = decide(need, [candidate]).verdicts
    return [reason.code for reason in verdict.reasons]


class TestDecide:
    def test_takes_an_agent_that_nothing_speaks_against(self) -> None:
        assert decide(NEED, [GOOD]).agent_id == "a"

    def test_chooses_nobody_where_there_is_nobody(self) -> None:
        assert decide(NEED, []) == placement.Decision(None, ())

    def test_prefers_the_least_loaded_and_then_the_first_name(self) -> None:
        fleet = [replace(GOOD, agent_id=name, load=Load(sessions=n)) for name, n in (("c", 1), ("b", 0), ("a", 0))]
        assert decide(NEED, fleet).agent_id == "a"
        assert decide(NEED, fleet[:2]).agent_id == "b"

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            ({"approved": False}, "not_approved"),
            ({"online": False}, "offline"),
            ({"draining": True}, "draining"),
            ({"load": Load(sessions=4)}, "full"),
            ({"load": Load(memory_bytes=8 * GIB)}, "memory"),
            ({"load": Load(cpu_millicores=3500)}, "cpu"),
            ({"packages": frozenset({"xterm"})}, "packages_missing"),
        ],
    )
    def test_says_why_not(self, change: dict[str, object], code: str) -> None:
        assert codes(replace(GOOD, **change)) == [code]

    def test_names_every_reason_at_once(self) -> None:
        bad = replace(GOOD, approved=False, online=False, draining=True, load=Load(9, 9000, 9 * GIB))
        assert codes(bad) == ["not_approved", "offline", "draining", "full", "memory", "cpu"]

    def test_names_the_packages_that_are_missing(self) -> None:
        (verdict,) = decide(NEED, [replace(GOOD, packages=frozenset())]).verdicts
        assert verdict.reasons[0].out()["packages"] == ["mousepad"]

    def test_an_agent_that_does_not_tell_its_packages_is_believed(self) -> None:
        assert codes(replace(GOOD, packages=None)) == []

    def test_a_machine_runs_no_template_without_packages(self) -> None:
        assert codes(GOOD, replace(NEED, packages=frozenset())) == ["no_packages"]

    def test_docker_runs_no_template_without_an_image(self) -> None:
        docker = replace(GOOD, platform="docker")
        assert codes(docker, replace(NEED, packages=frozenset(), has_image=False)) == ["no_image"]

    def test_processors_may_be_promised_more_than_once(self) -> None:
        busy = replace(GOOD, load=Load(cpu_millicores=3500))
        assert decide(NEED, [busy], cpu_overcommit=2.0).agent_id == "a"

    @given(st.lists(st.builds(Candidate, st.text(min_size=1), st.just("process"), *[st.booleans()] * 3), max_size=8))
    def test_the_chosen_one_is_never_one_that_something_speaks_against(self, fleet: list[Candidate]) -> None:
        decision = decide(NEED, fleet)
        assert len(decision.verdicts) == len(fleet)
        fitting = {verdict.agent_id for verdict in decision.verdicts if verdict.ok}
        assert (decision.agent_id in fitting) if fitting else decision.agent_id is None


class TestCapacity:
    def test_reads_what_an_agent_says(self) -> None:
        assert placement.capacity({"maxSessions": 5, "cpu": "4 cores", "memory": "8Gi"}) == (5, 4000, 8 * GIB)

    @pytest.mark.parametrize("stated", [None, {}, {"maxSessions": -1, "cpu": "lots", "memory": ""}, {"cpu": "0"}])
    def test_what_is_left_out_or_garbled_is_no_limit(self, stated: dict[str, object] | None) -> None:
        assert placement.capacity(stated) == (None, None, None)
