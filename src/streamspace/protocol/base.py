"""The shape all wire models share: camelCase on the wire, snake_case here, unknown fields ignored."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel


class Wire(BaseModel):
    """Something that crosses a wire. A newer peer may add fields; we ignore those we do not know."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="ignore")
