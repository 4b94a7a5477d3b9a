import pytest
from pydantic import ValidationError

from streamspace.protocol.places import Place

TEMPLATE = Place(region="eu", labels={"gpu": "yes"})


@pytest.mark.parametrize(
    "other", [Place(), Place(region="eu"), Place(labels={"gpu": "yes"}), Place(region="eu", labels={"disk": "fast"})]
)
def test_what_narrows_a_place_down_fits_it(other: Place) -> None:
    assert TEMPLATE.conflict(other) is None


def test_another_region_or_another_value_of_a_label_is_a_conflict() -> None:
    assert TEMPLATE.conflict(Place(region="us")) == "It runs in eu only."
    assert TEMPLATE.conflict(Place(labels={"gpu": "no"})) == "It needs an agent with gpu=yes."


def test_a_region_that_is_only_preferred_rules_nothing_out() -> None:
    assert Place(region="eu", region_required=False).conflict(Place(region="us")) is None


@pytest.mark.parametrize(
    "wrong", [{"region": "x"}, {"labels": {"a b": "c"}}, {"labels": {"a": "b c"}}, {"labels": {"": "x"}}]
)
def test_what_no_agent_could_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Place.model_validate(wrong)
