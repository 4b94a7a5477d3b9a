from __future__ import annotations

from streamspace.server.core.errors import BadRequest, Conflict, Forbidden, NotFound, Unavailable


class NoSuchSession(NotFound):
    """There is no such session, or you may not see it."""

    code = "session_not_found"


class NoSuchUser(NotFound):
    """There is no such person that you could start a session for."""

    code = "user_not_found"


class NoCapacity(Unavailable):
    """No agent can run this now. The details say why, agent by agent."""

    code = "no_capacity"


class WrongState(Conflict):
    """The session's present state does not allow this."""

    code = "wrong_state"


class BadParameters(BadRequest):
    """The template asks for something else; the details say what, parameter by parameter."""

    code = "bad_parameters"


class BadPlacement(BadRequest):
    """This application's sessions do not run there."""

    code = "bad_placement"


class BadResources(BadRequest):
    """Resources are Kubernetes quantities: CPU from 100m to 64, memory from 128Mi to 512Gi."""

    code = "bad_resources"


class NoSuchConnection(NotFound):
    """There is no such connection; it may have ended."""

    code = "connection_not_found"


class ForeignConnection(Forbidden):
    """This connection belongs to another session or person."""

    code = "foreign_connection"


class TooCrowded(Conflict):
    """As many people as a session can show take part already."""

    code = "session_crowded"


class NothingToControl(Conflict):
    """This session does not run, so there is nothing to control."""

    code = "nothing_to_control"


class KeyReused(Conflict):
    """This Idempotency-Key was used for a different request."""

    code = "idempotency_key_reused"


class NoLogs(NotFound):
    """This session's log is no longer kept."""

    code = "logs_not_found"


class NothingToMeasure(Conflict):
    """This session does not run, so it uses nothing."""

    code = "nothing_to_measure"


class NoTags(BadRequest):
    """Name at least one tag: ?tags=a&tags=b."""

    code = "tags_required"
