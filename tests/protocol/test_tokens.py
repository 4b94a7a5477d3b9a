from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest

from streamspace.protocol import tokens
from streamspace.protocol.streams import AgentToken, GatewayToken, StreamCookie, Ticket

SECRET = "a secret that has more than 32 characters"
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def ticket(**changes: Any) -> Ticket:
    values: dict[str, Any] = {
        "jti": "j",
        "iat": NOW.timestamp(),
        "exp": NOW.timestamp() + 60,
        "session_id": "s",
        "agent_id": "a",
        "user_id": "u",
        "login_id": "l",
        "connection_id": "c",
    }
    return Ticket(**{**values, **changes})


def test_a_ticket_comes_back_as_it_was() -> None:
    assert tokens.verify(Ticket, tokens.mint(ticket(), SECRET), SECRET, NOW) == ticket()


@pytest.mark.parametrize(
    ("changes", "age"),
    [
        ({}, 66),
        ({"exp": NOW.timestamp() + 61}, 0),
        ({"exp": NOW.timestamp()}, 0),
        ({"exp": float("nan")}, 0),
        ({"exp": float("inf")}, 0),
        ({"iat": NOW.timestamp() + 10, "exp": NOW.timestamp() + 60}, 0),
        ({"aud": "streamspace-stream"}, 0),
    ],
)
def test_tickets_that_are_refused(changes: dict[str, Any], age: int) -> None:
    body = {**ticket().model_dump(by_alias=True), **changes}
    token = jwt.encode(body, SECRET, algorithm="HS256")
    with pytest.raises(tokens.BadToken):
        tokens.verify(Ticket, token, SECRET, NOW + timedelta(seconds=age))


@pytest.mark.parametrize("claim", ["aud", "exp", "iat", "jti", "sessionId", "agentId", "userId", "loginId"])
def test_every_claim_is_required(claim: str) -> None:
    body = ticket().model_dump(by_alias=True)
    del body[claim]
    with pytest.raises(tokens.BadToken):
        tokens.verify(Ticket, jwt.encode(body, SECRET), SECRET, NOW)


@pytest.mark.parametrize("algorithm", ["HS384", "HS512", "none"])
def test_other_algorithms_are_refused(algorithm: str) -> None:
    secret = SECRET * 2
    token = jwt.encode(ticket().model_dump(by_alias=True), "" if algorithm == "none" else secret, algorithm=algorithm)
    with pytest.raises(tokens.BadToken):
        tokens.verify(Ticket, token, secret, NOW)


@pytest.mark.parametrize("text", ["", "a.b.c", "é.b.c", "x" * 5000, "..", "\0"])
def test_nonsense_is_refused(text: str) -> None:
    with pytest.raises(tokens.BadToken):
        tokens.verify(Ticket, text, SECRET, NOW)


def test_one_kind_is_not_another() -> None:
    agent = tokens.mint_agent_token("a", SECRET, NOW, timedelta(hours=1))
    gateway = tokens.mint_gateway_token("g", SECRET, NOW)
    assert tokens.verify(AgentToken, agent, SECRET, NOW).agent_id == "a"
    assert tokens.issued_at(agent) == NOW.timestamp()
    assert tokens.verify(GatewayToken, gateway, SECRET, NOW).gateway_id == "g"
    for kind, token in ((AgentToken, gateway), (GatewayToken, agent), (StreamCookie, agent), (Ticket, gateway)):
        with pytest.raises(tokens.BadToken):
            tokens.verify(kind, token, SECRET, NOW)
    with pytest.raises(tokens.Expired):
        tokens.verify(AgentToken, agent, SECRET, NOW + timedelta(hours=2))


def test_a_short_secret_signs_nothing() -> None:
    with pytest.raises(ValueError, match="32"):
        tokens.mint(ticket(), "short")
    with pytest.raises(ValueError, match="32"):
        tokens.verify(Ticket, "a.b.c", "short", NOW)
