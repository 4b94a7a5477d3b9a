"""What a template asks of whoever starts it: a small subset of JSON Schema, and what becomes of the answers."""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, TypeAdapter, ValidationError, model_validator
from pydantic_core import SchemaError

from streamspace.protocol.base import Wire

MOST = 40
LONGEST_VALUE = 4000
MASK = "***"
Kind = Literal["string", "integer", "number", "boolean"]
Value = bool | int | float | str
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$", max_length=63)]
_ONLY_TEXT = ("pattern", "min_length", "max_length")
_ONLY_NUMBERS = ("minimum", "maximum")
_LARGEST = 2**53 - 1
"""JSON readers agree on integers up to here."""


class Parameter(Wire):
    """One thing to be asked, and the environment variable that the answer becomes."""

    type: Kind = "string"
    title: str = Field(default="", max_length=100)
    description: str = Field(default="", max_length=1000)
    env: str | None = Field(default=None, pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", max_length=100)
    """The variable's name; the parameter's own in capitals if it is left out."""
    default: Value | None = None
    enum: list[Value] | None = Field(default=None, min_length=1, max_length=100)
    pattern: str | None = Field(default=None, max_length=200)
    """In the syntax of Rust's regular expressions, which know no look-around and take no more than linear time."""
    min_length: int | None = Field(default=None, ge=0, le=LONGEST_VALUE)
    max_length: int | None = Field(default=None, ge=0, le=LONGEST_VALUE)
    minimum: float | None = None
    maximum: float | None = None
    required: bool = False
    secret: bool = False
    """Kept encrypted and never shown again."""
    order: int = Field(default=0, ge=-10_000, le=10_000)

    @model_validator(mode="after")
    def _consistent(self) -> Parameter:
        for name in _ONLY_TEXT if self.type != "string" else ():
            if getattr(self, name) is not None:
                raise ValueError(f"{name} is for strings only.")
        for name in _ONLY_NUMBERS if self.type not in {"integer", "number"} else ():
            if getattr(self, name) is not None:
                raise ValueError(f"{name} is for numbers only.")
        if self.pattern is not None and _matcher(self.pattern) is None:
            raise ValueError("pattern is not a regular expression without look-around and back-references.")
        if self.secret and self.default is not None:
            raise ValueError("A secret has no default: everybody could read it.")
        for value in self.enum or ():
            if (wrong := _of_type(value, self.type)[1]) is not None:
                raise ValueError(f"enum holds {str(value)[:60]!r}: {wrong}")
        if self.default is not None and (wrong := self.fault(self.default)) is not None:
            raise ValueError(f"default: {wrong}")
        return self

    def fault(self, value: Any) -> str | None:
        """Say what is wrong with an answer, or None."""
        value, wrong = _of_type(value, self.type)
        if wrong is not None:
            return wrong
        if self.enum is not None and value not in self.enum:
            return f"It must be one of {', '.join(_text(one) for one in self.enum[:20])}."
        return self._text_fault(value) if isinstance(value, str) else self._number_fault(value)

    def _text_fault(self, value: str) -> str | None:
        if len(value) > min(self.max_length or LONGEST_VALUE, LONGEST_VALUE):
            return f"It has more than {self.max_length or LONGEST_VALUE} characters."
        if len(value) < (self.min_length or 0):
            return f"It has fewer than {self.min_length} characters."
        if "\0" in value:
            return "It holds a NUL."
        matcher = _matcher(self.pattern) if self.pattern is not None else None
        if matcher is not None and not matcher(value):
            return f"It does not match {self.pattern}."
        return None

    def _number_fault(self, value: float) -> str | None:
        if self.minimum is not None and value < self.minimum:
            return f"It is less than {_text(self.minimum)}."
        if self.maximum is not None and value > self.maximum:
            return f"It is more than {_text(self.maximum)}."
        return None

    def as_schema(self, name: str) -> dict[str, Any]:
        """Return it as JSON Schema; what a form needs besides stands under `x-…`."""
        shown: dict[str, Any] = {"type": self.type, "title": self.title or name}
        known = ("description", "default", "enum", "pattern", "minimum", "maximum")
        shown |= {key: value for key in known if (value := getattr(self, key)) not in (None, "")}
        shown |= {} if self.min_length is None else {"minLength": self.min_length}
        shown |= {} if self.max_length is None else {"maxLength": self.max_length}
        shown |= {"writeOnly": True, "format": "password"} if self.secret else {}
        return shown | {"x-order": self.order, "x-env": variable(name, self)}


Parameters = Annotated[dict[Name, Parameter], Field(max_length=MOST)]


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered, ready to be used."""

    shown: dict[str, Any] = field(default_factory=dict)
    """By parameter, secrets masked."""
    environment: dict[str, str] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    """Variables that nobody may see again."""
    faults: dict[str, str] = field(default_factory=dict)
    """What is wrong, by parameter."""


def variable(name: str, parameter: Parameter) -> str:
    """Return the environment variable that a parameter becomes."""
    return parameter.env or name.upper().replace("-", "_")


def ordered(parameters: Mapping[str, Parameter]) -> Iterable[tuple[str, Parameter]]:
    """Return parameters as a form asks for them: by their order, those of one order as they were written."""
    return sorted(parameters.items(), key=lambda item: item[1].order)


def schema(parameters: Mapping[str, Parameter]) -> dict[str, Any]:
    """Return all parameters as one JSON Schema object, from which a form can be made."""
    return {
        "type": "object",
        "properties": {name: parameter.as_schema(name) for name, parameter in ordered(parameters)},
        "required": [name for name, parameter in ordered(parameters) if parameter.required],
        "additionalProperties": False,
    }


def check(parameters: Mapping[str, Parameter]) -> None:
    """Raise `ValueError` where two parameters become one variable."""
    seen: dict[str, str] = {}
    for name, parameter in parameters.items():
        other = seen.setdefault(variable(name, parameter), name)
        if other != name:
            raise ValueError(f"{other} and {name} both become the variable {variable(name, parameter)}.")


def answer(parameters: Mapping[str, Parameter], given: Mapping[str, Any]) -> Answers:
    """Check what was answered and fill in what was not."""
    answers = Answers(faults={name: "The template asks for no such thing." for name in given if name not in parameters})
    for name, parameter in parameters.items():
        value = given.get(name)
        value = parameter.default if value is None else value
        if value is None:
            if parameter.required:
                answers.faults[name] = "It is required."
            continue
        if (wrong := parameter.fault(value)) is not None:
            answers.faults[name] = wrong
            continue
        value, _ = _of_type(value, parameter.type)
        answers.shown[name] = MASK if parameter.secret else value
        target = answers.secrets if parameter.secret else answers.environment
        target[variable(name, parameter)] = _text(value)
    return answers


def _of_type(value: Any, kind: Kind) -> tuple[Any, str | None]:  # noqa: PLR0911 - one line per kind
    if kind == "string":
        return value, None if isinstance(value, str) else "It must be text."
    if kind == "boolean":
        return value, None if isinstance(value, bool) else "It must be true or false."
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return value, "It must be a number."
    if abs(value) > _LARGEST:
        return value, "It is too large."
    if kind == "number":
        return value, None
    if value != int(value):
        return value, "It must be a whole number."
    return int(value), None


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


@functools.lru_cache(maxsize=1000)
def _matcher(pattern: str) -> Any:
    """Return a test for a pattern that takes linear time whatever the pattern, or None if it is none."""
    if re.search(r"\(\?[=!<]", pattern) and not re.search(r"\(\?<[A-Za-z]", pattern):
        return None
    try:
        adapter = TypeAdapter(Annotated[str, StringConstraints(pattern=pattern)])
    except SchemaError:
        return None

    def matches(value: str) -> bool:
        try:
            adapter.validate_python(value)
        except ValidationError:
            return False
        return True

    return matches
