"""Kubernetes quantities: `500m`, `1.5`, `2Gi`, `1e3`."""

from __future__ import annotations

import re
from decimal import Decimal

_FORM = re.compile(
    r"(?P<number>[0-9]{1,19}(?:\.[0-9]{0,9})?|\.[0-9]{1,9})"
    r"(?P<suffix>[numkMGTPE]|[KMGTPE]i|[eE][0-9]{1,2})?"
)
_SCALES: dict[str | None, Decimal] = {
    None: Decimal(1),
    "n": Decimal("1e-9"),
    "u": Decimal("1e-6"),
    "m": Decimal("1e-3"),
    **{letter: Decimal(1000) ** (power + 1) for power, letter in enumerate("kMGTPE")},
    **{f"{letter}i": Decimal(1024) ** (power + 1) for power, letter in enumerate("KMGTPE")},
}
_LARGEST = Decimal(2) ** 63 - 1


class BadQuantity(ValueError):  # noqa: N818 - reads as the sentence it is
    """Not a Kubernetes quantity such as 500m, 2 or 4Gi."""


def parse(text: str) -> Decimal:
    """Read a quantity, in units (cores, bytes).

    Negative values are refused. Source: the Quantity type of Kubernetes' resource API.
    """
    found = _FORM.fullmatch(text)
    if found is None:
        raise BadQuantity(f"{text[:40]!r} is not a quantity such as 500m, 2 or 4Gi.")
    suffix = found["suffix"]
    # "1E" is one exa; "1E3" is one thousand.
    scale = (
        Decimal(10) ** int(suffix[1:])
        if suffix and suffix[0] in "eE" and len(suffix) > 1 and suffix != "Ei"
        else _SCALES[suffix]
    )
    value = Decimal(found["number"]) * scale
    if value > _LARGEST:
        raise BadQuantity(f"{text[:40]!r} is too large.")
    return value


def millicores(text: str) -> int:
    """Read a CPU quantity, in thousandths of a core, rounded up."""
    value = int((parse(text) * 1000).to_integral_value(rounding="ROUND_CEILING"))
    if value > _LARGEST:
        raise BadQuantity(f"{text[:40]!r} is too large.")
    return value


def size_bytes(text: str) -> int:
    """Read a memory or storage quantity, in bytes, rounded up."""
    return int(parse(text).to_integral_value(rounding="ROUND_CEILING"))


def format_millicores(value: int) -> str:
    """Write a CPU quantity the way the spec shows it: `1000m`."""
    return f"{value}m"


def format_size(value: int) -> str:
    """Write a measured size for people, never smaller than it is: `1.53Gi`, `512Mi`, `1000`."""
    for power, letter in reversed(list(enumerate("KMGTPE", start=1))):
        if value >= 1024**power:
            hundredths = -(-value * 100 // 1024**power)
            return f"{hundredths / 100:.2f}".rstrip("0").rstrip(".") + f"{letter}i"
    return str(value)


def format_bytes(value: int) -> str:
    """Write a size with the largest binary unit that keeps it whole: `2Gi`, `512Mi`, `1000`."""
    for power, letter in reversed(list(enumerate("KMGTPE", start=1))):
        if value and value % 1024**power == 0:
            return f"{value // 1024**power}{letter}i"
    return str(value)
