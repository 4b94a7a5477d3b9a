"""What may cross a session's border: clipboard, files, microphone, printing; and whether its screen is marked.

A policy says something or, where a field is None, nothing. Template, groups and organisation may each have one; the
most restrictive of what they say holds. Agents lock the engine by it, gateways drop what it forbids.
"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field

from streamspace.protocol.base import Wire

Clipboard = Literal["both", "in", "out", "off"]
"""`in`: only into the session; `out`: only out of it."""

_OPEN: dict[Clipboard, frozenset[str]] = {
    "both": frozenset({"in", "out"}),
    "in": frozenset({"in"}),
    "out": frozenset({"out"}),
    "off": frozenset(),
}
_NAMED: dict[frozenset[str], Clipboard] = {ways: name for name, ways in _OPEN.items()}
_PERMISSIONS = ("upload", "download", "microphone", "printing")
LARGEST_LIMIT = 2**53 - 1
"""The largest whole number that JavaScript keeps exactly."""


class Policy(Wire):
    """What somebody says about a session's border; `watermark` true shows who is looking and when."""

    clipboard: Clipboard | None = None
    upload: bool | None = None
    download: bool | None = None
    max_upload_bytes: int | None = Field(default=None, ge=0, le=LARGEST_LIMIT)
    """The size of one file."""
    microphone: bool | None = None
    printing: bool | None = None
    watermark: bool | None = None

    def complete(self) -> Self:
        """Fill in what nobody said: all is allowed, nothing is marked, a file is bounded."""
        said = {name: value for name, value in self if value is not None}
        return self.model_copy(update=dict(UNRESTRICTED) | said)

    def compact(self) -> Self | None:
        """Return only what restricts, or None if nothing does."""
        restricting = {name: getattr(self, name) for name in self.restricted()}
        return type(self)(**restricting) if restricting else None

    def restricted(self) -> list[str]:
        """Return the names of the fields that restrict something."""
        return [
            name
            for name, free in UNRESTRICTED
            if (value := getattr(self, name)) is not None and (value != free or name == "max_upload_bytes")
        ]

    def clipboard_open(self, way: Literal["in", "out"]) -> bool:
        """Return whether a clipboard may cross in this direction."""
        return way in _OPEN[self.clipboard or "both"]


DEFAULT_UPLOAD_BYTES = 2 * 1024**3
"""How large one file may be where nobody says otherwise."""
UNRESTRICTED = Policy(
    clipboard="both",
    upload=True,
    download=True,
    max_upload_bytes=DEFAULT_UPLOAD_BYTES,
    microphone=True,
    printing=True,
    watermark=False,
)


def merged(*policies: Policy | None) -> Policy:
    """Return the most restrictive of what these say; what none of them speaks of stays None."""
    said = [policy for policy in policies if policy is not None]
    result: dict[str, object] = {}
    ways = [_OPEN[policy.clipboard] for policy in said if policy.clipboard is not None]
    if ways:
        result["clipboard"] = _NAMED[frozenset.intersection(*ways)]
    for name in _PERMISSIONS:
        if values := [value for policy in said if (value := getattr(policy, name)) is not None]:
            result[name] = all(values)
    if sizes := [policy.max_upload_bytes for policy in said if policy.max_upload_bytes is not None]:
        result["max_upload_bytes"] = min(sizes)
    if marks := [policy.watermark for policy in said if policy.watermark is not None]:
        result["watermark"] = any(marks)
    return Policy.model_validate(result)
