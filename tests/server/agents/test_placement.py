from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streamspace.protocol.places import Place
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
            ({"cordoned": True}, "cordoned"),
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


def fleet(*agents: tuple[str, int, str | None]) -> list[Candidate]:
    """Name agents with how many sessions each has, of ten, and its region."""
    return [
        replace(GOOD, agent_id=name, max_sessions=10, load=Load(sessions=held), region=region)
        for name, held, region in agents
    ]


class TestHome:
    def test_comes_before_every_other_whatever_the_strategy_and_is_recorded(self) -> None:
        agents = fleet(("a", 0, None), ("b", 9, None), ("c", 5, None))
        agents = [replace(agent, home=agent.agent_id == "c", ready=agent.agent_id == "b") for agent in agents]
        for strategy in placement.STRATEGIES:
            decision = decide(NEED, agents, strategy=strategy)
            assert decision.agent_id == "c", strategy
            told = {verdict.agent_id: verdict.out().get("advantages") for verdict in decision.verdicts}
            assert {name: found and found[0]["code"] for name, found in told.items()} == {
                "a": None,
                "b": "warm",
                "c": "home",
            }

    def test_is_left_where_something_speaks_against_it(self) -> None:
        full, free = fleet(("a", 10, None), ("b", 3, None))
        assert decide(NEED, [replace(full, home=True), free]).agent_id == "b"

    def test_in_another_region_does_not_count(self) -> None:
        far, near = fleet(("a", 0, "us"), ("b", 3, "eu"))
        assert decide(replace(NEED, region="eu"), [replace(far, home=True), near]).agent_id == "b"


class TestRegion:
    def test_one_that_is_wanted_comes_before_all_others_whatever_the_strategy(self) -> None:
        agents = fleet(("a", 0, "us"), ("b", 5, "eu"), ("c", 9, None))
        wanted = replace(NEED, region="eu")
        assert {decide(wanted, agents, strategy=name).agent_id for name in placement.STRATEGIES} == {"b"}

    def test_one_that_is_wanted_and_full_gives_way(self) -> None:
        agents = fleet(("a", 3, "us"), ("b", 10, "eu"))
        assert decide(replace(NEED, region="eu"), agents).agent_id == "a"

    def test_one_that_is_required_leaves_the_others_out_and_says_so(self) -> None:
        agents = fleet(("a", 0, "us"), ("b", 10, "eu"), ("c", 0, None))
        decision = decide(replace(NEED, region="eu", region_required=True), agents)
        assert decision.agent_id is None
        assert [[reason.code for reason in verdict.reasons] for verdict in decision.verdicts] == [
            ["region"],
            ["full"],
            ["region"],
        ]
        assert decision.verdicts[0].reasons[0].message == "The session must run in eu; the agent is in us."


class TestStrategy:
    AGENTS = fleet(("a", 6, "eu"), ("b", 4, "eu"), ("c", 5, "us"), ("d", 2, None))

    @pytest.mark.parametrize(
        ("strategy", "order"),
        [("least_loaded", "dbca"), ("region_first", "bcad"), ("spread", "dbca"), ("pack", "acbd")],
    )
    def test_orders_the_agents_its_own_way(self, strategy: str, order: str) -> None:
        agents, found = self.AGENTS, ""
        while agents:
            chosen = decide(NEED, agents, strategy=strategy).agent_id
            assert chosen is not None
            found += chosen
            agents = [agent for agent in agents if agent.agent_id != chosen]
        assert found == order

    @pytest.mark.parametrize("strategy", list(placement.STRATEGIES))
    def test_scores_fall_from_one_in_its_order(self, strategy: str) -> None:
        decision = decide(NEED, [*self.AGENTS, replace(GOOD, agent_id="off", online=False)], strategy=strategy)
        scores = {verdict.agent_id: verdict.score for verdict in decision.verdicts}
        assert scores.pop("off") is None
        assert sorted(scores.values(), key=lambda score: score or 0) == [0.25, 0.5, 0.75, 1.0]
        assert decision.agent_id is not None
        assert (scores[decision.agent_id], decision.strategy) == (1.0, strategy)
        assert "score" not in decision.verdicts[-1].out()

    def test_spreading_evens_out_regions_and_then_agents(self) -> None:
        placed = self.place("spread", fleet(("a", 0, "eu"), ("b", 0, "eu"), ("c", 0, "us"), ("d", 0, "us")), 8)
        assert placed == {"a": 2, "b": 2, "c": 2, "d": 2}

    def test_packing_fills_one_agent_before_the_next(self) -> None:
        placed = self.place("pack", fleet(("a", 0, None), ("b", 0, None), ("c", 0, None)), 14)
        assert placed == {"a": 10, "b": 4, "c": 0}

    @staticmethod
    def place(strategy: str, agents: list[Candidate], sessions: int) -> dict[str, int]:
        for _ in range(sessions):
            chosen = decide(Need(packages=NEED.packages), agents, strategy=strategy).agent_id
            agents = [
                replace(agent, load=Load(sessions=agent.load.sessions + (agent.agent_id == chosen))) for agent in agents
            ]
        return {agent.agent_id: agent.load.sessions for agent in agents}


REGIONS = st.sampled_from([None, "eu", "us"])
AGENTS = st.lists(
    st.builds(
        Candidate,
        agent_id=st.text("abcdef", min_size=1, max_size=3),
        platform=st.just("process"),
        approved=st.booleans(),
        online=st.booleans(),
        draining=st.booleans(),
        max_sessions=st.none() | st.integers(1, 5),
        cpu_millicores=st.none() | st.integers(500, 8000),
        memory_bytes=st.none() | st.integers(GIB // 2, 8 * GIB),
        load=st.builds(Load, st.integers(0, 5), st.integers(0, 8000), st.integers(0, 8 * GIB)),
        cordoned=st.booleans(),
        region=REGIONS,
    ),
    max_size=8,
    unique_by=lambda agent: agent.agent_id,
)
NEEDS = st.builds(
    Need,
    cpu_millicores=st.integers(0, 4000),
    memory_bytes=st.integers(0, 4 * GIB),
    packages=st.just(NEED.packages),
    region=REGIONS,
    region_required=st.booleans(),
)


@given(NEEDS, AGENTS, st.sampled_from(sorted(placement.STRATEGIES)), st.randoms())
def test_every_strategy_chooses_among_the_fitting_alone_and_whatever_their_order(
    need: Need, agents: list[Candidate], strategy: str, chance: Random
) -> None:
    decision = decide(need, agents, strategy=strategy)
    fitting = {verdict.agent_id for verdict in decision.verdicts if verdict.ok}
    assert (decision.agent_id in fitting) if fitting else decision.agent_id is None
    assert fitting == {verdict.agent_id for verdict in decide(need, agents).verdicts if verdict.ok}
    shuffled = list(agents)
    chance.shuffle(shuffled)
    assert decide(need, shuffled, strategy=strategy).agent_id == decision.agent_id
    by_name = {agent.agent_id: agent for agent in agents}
    there = [name for name in fitting if by_name[name].region == need.region]
    if need.region is not None and there:
        assert decision.agent_id in there
    assert all((verdict.score is None) is not verdict.ok for verdict in decision.verdicts)


class TestCapacity:
    def test_reads_what_an_agent_says(self) -> None:
        assert placement.capacity({"maxSessions": 5, "cpu": "4 cores", "memory": "8Gi"}) == (5, 4000, 8 * GIB)

    @pytest.mark.parametrize("stated", [None, {}, {"maxSessions": -1, "cpu": "lots", "memory": ""}, {"cpu": "0"}])
    def test_what_is_left_out_or_garbled_is_no_limit(self, stated: dict[str, object] | None) -> None:
        assert placement.capacity(stated) == (None, None, None)


class TestWithin:
    def test_labels_that_an_agent_lacks_speak_against_it(self) -> None:
        need = placement.within(NEED, Place(labels={"gpu": "yes", "disk": "fast"}))
        (verdict,) = decide(need, [replace(GOOD, labels=frozenset({("gpu", "yes"), ("disk", "slow")}))]).verdicts
        assert [(reason.code, reason.message) for reason in verdict.reasons] == [
            ("labels", "The session must run on an agent with disk=fast.")
        ]
        assert codes(replace(GOOD, labels=frozenset({("gpu", "yes"), ("disk", "fast"), ("x", "")})), need) == []

    def test_a_region_is_required_unless_it_is_only_preferred(self) -> None:
        elsewhere = replace(GOOD, region="us")
        assert codes(elsewhere, placement.within(NEED, Place(region="eu"))) == ["region"]
        preferred = placement.within(NEED, Place(region="eu", region_required=False))
        assert codes(elsewhere, preferred) == []
        fleet = [replace(elsewhere, agent_id="a"), replace(GOOD, agent_id="b", region="eu", load=Load(sessions=3))]
        assert decide(preferred, fleet).agent_id == "b"

    def test_a_region_that_a_need_insists_on_stays(self) -> None:
        eu = placement.within(NEED, Place(region="eu"))
        assert placement.within(eu, Place(region="us")).region == "eu"
        assert placement.within(eu, None) == eu
        preferred = placement.within(NEED, Place(region="eu", region_required=False))
        assert (placement.within(preferred, Place(region="us")).region_required) is True


class TestClosed:
    def test_leaves_aside_what_a_template_asks_for(self) -> None:
        need = placement.within(NEED, Place(region="eu", labels={"gpu": "yes"}))
        bare = replace(GOOD, packages=frozenset())
        assert placement.closed(need, bare) == []
        shut = replace(bare, online=False, load=Load(sessions=4))
        assert [reason.code for reason in placement.closed(need, shut)] == ["offline", "full"]
