"""What is open now: closed when revoked, counted for the control plane."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from streamspace.protocol.streams import StreamCookie


class Abortable(Protocol):
    """Something open that can be cut."""

    def abort(self) -> None:
        """Close it at once."""


Key = tuple[str, str, str]
"""Session, connection, user."""


class OpenStreams:
    """Every stream and plain request that is under way, and whose it is."""

    def __init__(self) -> None:
        self._streams: dict[Abortable, StreamCookie] = {}
        self._requests: dict[Abortable, StreamCookie] = {}
        self._count: Counter[Key] = Counter()
        self._sessions: Counter[str] = Counter()
        self._changed: set[Key] = set()
        self.on_change: Callable[[], None] = lambda: None
        self.opened_total = 0

    def add(self, stream: Abortable, cookie: StreamCookie) -> None:
        """Count an open stream."""
        self._streams[stream] = cookie
        self.opened_total += 1
        self._note(cookie, 1)

    def discard(self, stream: Abortable) -> None:
        """Count it as closed; a second time changes nothing."""
        cookie = self._streams.pop(stream, None)
        if cookie is not None:
            self._note(cookie, -1)

    def begin(self, request: Abortable, cookie: StreamCookie) -> None:
        """Remember what would have to be cut: a stream being opened, a plain request."""
        self._requests[request] = cookie

    def end(self, request: Abortable) -> None:
        """Forget it."""
        self._requests.pop(request, None)

    def close(self, wanted: Callable[[StreamCookie], bool]) -> int:
        """Cut everything whose cookie is wanted; return how many."""
        cut = [item for held in (self._streams, self._requests) for item, cookie in held.items() if wanted(cookie)]
        for item in cut:
            item.abort()
        return len(cut)

    def open_of(self, cookie: StreamCookie) -> int:
        """Return how many streams this cookie's connection has."""
        return self._count[_key(cookie)]

    def busy(self, cookie: StreamCookie) -> bool:
        """Say whether this cookie's connection has a stream or a request under way."""
        return bool(self._count[_key(cookie)]) or any(_key(c) == _key(cookie) for c in self._requests.values())

    def open_in(self, session_id: str) -> int:
        """Return how many streams a session has, whoever's they are."""
        return self._sessions[session_id]

    @property
    def count(self) -> int:
        """How many streams are open."""
        return len(self._streams)

    def take_changes(self) -> dict[Key, int]:
        """Return the counts that changed since the last call."""
        changed, self._changed = self._changed, set()
        return {key: self._count[key] for key in changed}

    def note_all(self, also: Iterable[Key]) -> None:
        """Let the next `take_changes` tell everything, for a control plane that may have forgotten."""
        self._changed.update(self._count, also)
        self.on_change()

    def _note(self, cookie: StreamCookie, by: int) -> None:
        key = _key(cookie)
        for counter, name in ((self._count, key), (self._sessions, cookie.session_id)):
            _change(counter, name, by)
        self._changed.add(key)
        self.on_change()


def _change(counter: Counter[Any], name: object, by: int) -> None:
    counter[name] += by
    if not counter[name]:
        del counter[name]


def _key(cookie: StreamCookie) -> Key:
    return cookie.session_id, cookie.connection_id, cookie.user_id
