"""How an agent becomes known: registration, until an administrator approves."""

from __future__ import annotations

import asyncio
import ssl

import httpx2
import structlog

from streamspace.agent import machine
from streamspace.agent.settings import AgentSettings
from streamspace.kit import backoff
from streamspace.protocol import control

log = structlog.get_logger(__name__)


class Refused(Exception):  # noqa: N818 - reads as the fact it states
    """The control plane will not have this agent; the text says why and what to do."""

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message)
        self.code = code


async def enrol(settings: AgentSettings, key: str, tls: ssl.SSLContext | bool) -> None:  # noqa: FBT001
    """Register, and wait until an administrator has approved.

    Raises:
        Refused: rejected, a wrong key, or no good join token.
    """
    headers = {control.KEY_HEADER: key}
    if settings.join_token is not None:
        headers[control.JOIN_HEADER] = settings.join_token.get_secret_value()
    body = control.Registration(
        agent_id=settings.agent_id,
        platform=settings.platform,
        region=settings.region,
        capacity=machine.capacity(settings.max_sessions),
        metadata=machine.description(),
        labels=settings.labels or None,
    )
    told = False
    delays = backoff.jittered()
    async with httpx2.AsyncClient(base_url=settings.server, headers=headers, verify=tls, timeout=10) as http:
        for delay in delays:
            try:
                answer = await http.post(
                    control.REGISTER_PATH, json=body.model_dump(mode="json", by_alias=True, exclude_none=True)
                )
            except httpx2.TransportError as error:
                log.debug("control_plane_unreachable", server=settings.server, error=str(error))
            else:
                if answer.status_code in {200, 201}:
                    return
                if answer.status_code == 202 and not told:  # noqa: PLR2004
                    told = True
                    log.warning(
                        "waiting_for_approval",
                        agent=settings.agent_id,
                        hint=f"An administrator must run: streamspace agents approve {settings.agent_id}",
                    )
                if answer.status_code in {400, 401, 403}:
                    raise Refused(*_refusal(answer))
            # While somebody decides, a short and steady rhythm makes approval felt at once.
            await asyncio.sleep(min(delay.total_seconds(), 2.0) if told else delay.total_seconds())


def _refusal(answer: httpx2.Response) -> tuple[str, str]:
    try:
        body = answer.json()
        return str(body["message"]), str(body["error"])
    except (ValueError, KeyError, TypeError):
        return f"The control plane answered {answer.status_code}.", ""
