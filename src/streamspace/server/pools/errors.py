from __future__ import annotations

from streamspace.server.core.errors import BadRequest, Conflict, NotFound


class NoSuchPool(NotFound):
    """There is no such pool, or you may not see it."""

    code = "pool_not_found"


class CannotWait(BadRequest):
    """Only applications that the streaming engine shows can be started ahead."""

    code = "cannot_wait"


class ForeignTemplate(BadRequest):
    """A pool for everybody needs a template that everybody may use."""

    code = "foreign_template"


class ForeignAgent(BadRequest):
    """This agent runs sessions of another organisation only."""

    code = "foreign_agent"


class BadPoolResources(BadRequest):
    """Resources are Kubernetes quantities: CPU from 100m to 64, memory from 128Mi to 512Gi."""

    code = "bad_resources"


class TooManyWait(Conflict):
    """As many sessions as the settings allow an organisation wait already."""

    code = "too_many_wait"
