"""A typed client of StreamSpace's API, for the command line, tests and users' own scripts.

    async with Api("http://localhost:8000", token="…") as api:
        session = await api.sessions.create("xterm")
        async for session in api.sessions.follow(session.id):
            if session.settled:
                break

Durations in requests are text such as `30m` or `8h`; memory and CPU are Kubernetes quantities (`2Gi`,
`500m`); times are timezone-aware datetimes. Every failure is a `ClientError`.
"""

from streamspace.client.api import Api
from streamspace.client.errors import (
    ApiError,
    BadAnswer,
    ClientError,
    Conflict,
    Forbidden,
    NotFound,
    NotSignedIn,
    TooManyRequests,
    Unavailable,
    Unreachable,
)
from streamspace.client.models import (
    Agent,
    AgentList,
    Availability,
    CommandStatus,
    Connection,
    Event,
    Failure,
    JoinToken,
    Login,
    Reason,
    Resources,
    Session,
    SessionList,
    Step,
    Template,
    TemplateList,
    User,
    Version,
)
from streamspace.client.transport import MemoryTokens, Tokens, TokenStore

__all__ = [
    "Agent",
    "AgentList",
    "Api",
    "ApiError",
    "Availability",
    "BadAnswer",
    "ClientError",
    "CommandStatus",
    "Conflict",
    "Connection",
    "Event",
    "Failure",
    "Forbidden",
    "JoinToken",
    "Login",
    "MemoryTokens",
    "NotFound",
    "NotSignedIn",
    "Reason",
    "Resources",
    "Session",
    "SessionList",
    "Step",
    "Template",
    "TemplateList",
    "TokenStore",
    "Tokens",
    "TooManyRequests",
    "Unavailable",
    "Unreachable",
    "User",
    "Version",
]
