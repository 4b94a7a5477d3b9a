"""Which tickets and cookies are refused although their signature is good."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from streamspace.protocol.streams import COOKIE_SECONDS, Revocation, StreamCookie

_MARGIN_SECONDS = 300
"""Kept longer than any cookie lives, for clocks that differ."""


class Revocations:
    """What was revoked in the time that a cookie can live."""

    def __init__(self, most: int = 100_000) -> None:
        self._most = most
        self._at: dict[tuple[str, str], float] = {}
        self._floor = float("-inf")

    def add(self, revocations: Iterable[Revocation], now: datetime) -> None:
        """Remember these, and forget those that no living cookie can be older than."""
        for revocation in revocations:
            key = (revocation.kind, revocation.id)
            self._at[key] = max(revocation.at, self._at.get(key, revocation.at))
        oldest = now.timestamp() - COOKIE_SECONDS - _MARGIN_SECONDS
        self._at = {key: at for key, at in self._at.items() if at >= oldest}
        if len(self._at) > self._most:
            self._forget_half()

    def refuses(self, cookie: StreamCookie) -> bool:
        """Return whether something that this cookie stands on was revoked after it was granted."""
        return cookie.granted <= max(
            self._floor,
            self.at("session", cookie.session_id),
            self.at("login", cookie.login_id),
            self.at("user", cookie.user_id),
            self.at("organization", cookie.org_id),
            self.at("agent", cookie.agent_id),
            self.at("connection", cookie.connection_id),
        )

    def at(self, kind: str, name: str) -> float:
        """Return when this was last revoked, on the control plane's clock."""
        return self._at.get((kind, name), float("-inf"))

    def _forget_half(self) -> None:
        # Memory is bounded by refusing more than was asked, never less.
        times = sorted(self._at.values())
        self._floor = max(self._floor, times[len(times) // 2])
        self._at = {key: at for key, at in self._at.items() if at > self._floor}
