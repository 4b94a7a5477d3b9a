"""Who restricts what: each restricted field names one whose word it is."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from streamspace.protocol.policies import Policy
from streamspace.server.policies.rules import Said, weigh
from tests.protocol.test_policies import POLICIES


def said(kind: str, **policy: object) -> Said:
    return Said(kind=kind, id=kind, name=kind.title(), policy=Policy.model_validate(policy))  # type: ignore[arg-type]


def test_the_strictest_is_named_and_of_equals_the_nearest() -> None:
    held = weigh(
        [
            said("template", clipboard="in", maxUploadBytes=500),
            said("group", clipboard="in", maxUploadBytes=100, printing=False),
            said("organization", printing=False, upload=True, watermark=True),
        ]
    )
    assert {name: one.kind for name, one in held.sources.items()} == {
        "clipboard": "template",
        "max_upload_bytes": "group",
        "printing": "group",
        "watermark": "organization",
    }
    assert held.policy.clipboard == "in"
    assert held.policy.max_upload_bytes == 100
    assert held.policy.upload


def test_where_two_close_one_way_each_somebody_is_named() -> None:
    held = weigh([said("template", clipboard="in"), said("organization", clipboard="out")])
    assert held.policy.clipboard == "off"
    assert held.sources["clipboard"].kind == "template"


@given(st.lists(POLICIES, max_size=5))
def test_what_is_restricted_has_a_source_that_restricts_it(policies: list[Policy]) -> None:
    held = weigh([Said(kind="group", id=str(n), name="", policy=policy) for n, policy in enumerate(policies)])
    free = Policy().complete()
    changed = {name for name, value in held.policy if value != getattr(free, name)}
    assert changed <= set(held.sources)
    assert all(name in source.policy.restricted() for name, source in held.sources.items())
