"""What a template asks, and which answers it takes."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from streamspace.protocol import parameters
from streamspace.protocol.parameters import Parameter, answer

ASKED = {
    "homepage": Parameter(pattern=r"^https?://", default="https://start.example", order=2),
    "retries": Parameter(type="integer", minimum=1, maximum=5, order=1),
    "ratio": Parameter(type="number"),
    "dark-mode": Parameter(type="boolean", default=False),
    "level": Parameter(enum=["low", "high"], env="LOG_LEVEL"),
    "token": Parameter(secret=True, required=True, env="API_TOKEN"),
}


def test_answers_become_variables_and_secrets_stay_apart() -> None:
    found = answer(ASKED, {"retries": 3, "ratio": 2.0, "level": "high", "token": "s3cret"})
    assert found.faults == {}
    assert found.environment == {
        "HOMEPAGE": "https://start.example",
        "RETRIES": "3",
        "RATIO": "2",
        "DARK_MODE": "false",
        "LOG_LEVEL": "high",
    }
    assert found.secrets == {"API_TOKEN": "s3cret"}
    assert found.shown["token"] == parameters.MASK
    assert "s3cret" not in str(found.shown)


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("homepage", "ftp://x", "does not match"),
        ("homepage", 5, "must be text"),
        ("homepage", "https://\0", "NUL"),
        ("retries", 0, "less than 1"),
        ("retries", 6, "more than 5"),
        ("retries", True, "must be a number"),
        ("retries", 1.5, "whole number"),
        ("retries", "3", "must be a number"),
        ("ratio", float("nan"), "must be a number"),
        ("dark-mode", "yes", "true or false"),
        ("level", "middle", "one of low, high"),
        ("nobody", 1, "asks for no such thing"),
    ],
)
def test_a_wrong_answer_says_why(name: str, value: Any, fault: str) -> None:
    assert fault in answer(ASKED, {"token": "x", name: value}).faults[name]


def test_what_is_required_must_be_there() -> None:
    assert answer(ASKED, {}).faults == {"token": "It is required."}


@pytest.mark.parametrize(
    "wrong",
    [
        {"secret": True, "default": "x"},
        {"type": "integer", "pattern": "x"},
        {"type": "string", "minimum": 1},
        {"pattern": "("},
        {"pattern": "(?=x)"},
        {"pattern": r"(a)\1"},
        {"enum": [1]},
        {"type": "integer", "default": 1.5},
        {"enum": ["a"], "default": "b"},
        {"env": "1X"},
        {"type": "object"},
    ],
)
def test_what_cannot_be_asked(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Parameter.model_validate(wrong)


def test_two_may_not_become_one_variable() -> None:
    with pytest.raises(ValueError, match="both become the variable A_B"):
        parameters.check({"a-b": Parameter(), "a_b": Parameter()})


def test_a_pattern_takes_linear_time() -> None:
    assert answer({"x": Parameter(pattern="^(a+)+$")}, {"x": "a" * 3999 + "b"}).faults


def test_the_form_is_json_schema_in_order() -> None:
    shown = parameters.schema(ASKED)
    assert list(shown["properties"])[-2:] == ["retries", "homepage"]
    assert shown["required"] == ["token"]
    assert shown["properties"]["token"]["writeOnly"] is True
    assert shown["properties"]["retries"]["maximum"] == 5
    assert shown["additionalProperties"] is False


@given(
    st.dictionaries(st.sampled_from([*ASKED, "other"]), st.none() | st.booleans() | st.floats() | st.text(max_size=20))
)
def test_no_answer_breaks_it(given_answers: dict[str, Any]) -> None:
    found = answer(ASKED, given_answers)
    assert all(isinstance(value, str) and "\0" not in value for value in found.environment.values())
