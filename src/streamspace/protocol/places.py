"""Where sessions may run: what a template or a request says of it."""

from __future__ import annotations

from pydantic import Field

from streamspace.protocol.base import Wire
from streamspace.protocol.control import LabelKey, LabelValue


class Place(Wire):
    """A region, and labels that an agent must all have."""

    region: str | None = Field(default=None, min_length=2, max_length=50)
    region_required: bool = True
    """False where any other region will do while there is no room in this one."""
    labels: dict[LabelKey, LabelValue] = Field(default_factory=dict, max_length=32)

    def conflict(self, other: Place) -> str | None:
        """Say what another place asks for that this one rules out, if anything."""
        if self.region and self.region_required and other.region not in {None, self.region}:
            return f"It runs in {self.region} only."
        for key, value in other.labels.items():
            if self.labels.get(key, value) != value:
                return f"It needs an agent with {key}={self.labels[key]}."
        return None
