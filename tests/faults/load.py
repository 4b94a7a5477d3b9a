"""People who create, hibernate, wake and stop sessions all the time, and remember what they were promised."""

from __future__ import annotations

import random
import threading
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Self

from tests.faults.installation import Api, Installation, until

BUSY = {"pending", "starting", "hibernating", "waking", "terminating"}
ENDED = {"terminated", "failed"}
SMALL = {"template": "terminal", "resources": {"cpu": "100m", "memory": "128Mi"}}


@dataclass
class Wish:
    """What somebody last asked of a session, and was promised."""

    state: str
    at: float = field(default_factory=time.monotonic)


class Person(threading.Thread):
    """Does one thing after the other to sessions of their own."""

    MOST = 4

    def __init__(self, load: Load, number: int) -> None:
        super().__init__(name=f"person-{number}", daemon=True)
        self._load = load
        self._api = load.api()
        self._random = random.Random(number)
        self.mine: dict[str, Wish] = {}
        self.failure: BaseException | None = None

    def run(self) -> None:
        try:
            while not self._load.over.is_set():
                self._act()
                time.sleep(self._random.uniform(0.02, 0.2))
        except Exception as error:  # noqa: BLE001 - told where the load ends
            self.failure = error

    def _act(self) -> None:
        alive = [one for one, wish in self.mine.items() if wish.state != "terminated"]
        if len(alive) < self.MOST and self._random.random() < 0.5:
            self._create()
        elif alive:
            self._change(self._random.choice(alive))

    def _create(self) -> None:
        # The same key until there is an answer: who asks twice because the first answer was lost gets one session.
        headers = {"Idempotency-Key": uuid.uuid4().hex}
        answer = self._api.answer("POST", "/sessions", json=SMALL, headers=headers)
        if answer.status_code == 503:  # every agent is away: said, not hidden
            self._load.counts["refused"] += 1
            time.sleep(0.3)
            return
        assert answer.status_code == 201, answer.text
        self.mine[answer.json()["id"]] = Wish("running")
        self._load.counts["created"] += 1

    def _change(self, session_id: str) -> None:
        state = self._api.ask("GET", f"/sessions/{session_id}").get("state")
        verbs = {"running": ["hibernate", "hibernate", "stop"], "hibernated": ["wake", "wake", "stop"]}
        verb = self._random.choice(verbs.get(str(state), ["stop"] + 4 * ["wait"]))
        if verb == "wait":
            return
        asked = ("DELETE", f"/sessions/{session_id}") if verb == "stop" else ("POST", f"/sessions/{session_id}/{verb}")
        answer = self._api.answer(*asked)
        if answer.status_code in {200, 202, 204}:
            self.mine[session_id] = Wish({"stop": "terminated", "wake": "running"}.get(verb, "hibernated"))
            self._load.counts[verb] += 1
        else:
            # Its state changed between the look and the act, or there is no room.
            assert answer.status_code in {409, 503}, answer.text
            self._load.counts["refused"] += 1


class Load:
    """Several people at once: `with Load(installation) as load: …`, then `load.check()`."""

    def __init__(self, installation: Installation, people: int = 4) -> None:
        self.installation = installation
        self.over = threading.Event()
        self.counts: Counter[str] = Counter()
        self.people = [Person(self, number) for number in range(people)]
        self.before = set(installation.api.sessions())

    def api(self) -> Api:
        api = Api(self.installation.url)
        api.http.headers["Authorization"] = self.installation.api.http.headers["Authorization"]
        return api

    def __enter__(self) -> Self:
        for person in self.people:
            person.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        for person in self.people:
            person.join(Api.PATIENCE_SECONDS + 30)
        for person in self.people:
            assert not person.is_alive(), f"{person.name} still waits for an answer"
            if person.failure is not None:
                raise person.failure

    @property
    def wishes(self) -> dict[str, Wish]:
        return {session_id: wish for person in self.people for session_id, wish in person.mine.items()}

    def check(self, *, excused: dict[str, set[str]] | None = None, seconds: float = 60) -> dict[str, Any]:
        """Make sure that no session is lost, doubled or stuck, and that all became what was asked of them.

        Args:
            excused: sessions that may have ended otherwise, for what was done to them, and the states they may be in.
            seconds: how long they may take to settle.
        """
        excused = excused or {}
        assert self.wishes, "nobody did anything"
        until(lambda: not self._unsettled(excused), seconds, lambda: "\n".join(self._unsettled(excused)[:20]))
        time.sleep(1.0)  # what came late must not undo it
        until(lambda: not self._unsettled(excused), 15, lambda: "\n".join(self._unsettled(excused)[:20]))
        states = Counter(session["state"] for session in self._mine().values())
        return {"sessions": len(self.wishes), **self.counts, **states}

    def _mine(self) -> dict[str, dict[str, Any]]:
        return {one: session for one, session in self.installation.api.sessions().items() if one not in self.before}

    def _unsettled(self, excused: dict[str, set[str]]) -> list[str]:
        wishes, known, running = self.wishes, self._mine(), self.installation.running()
        wrong = [f"{one} is lost" for one in wishes.keys() - known.keys()]
        wrong += [f"{one} was made, and nobody was told" for one in known.keys() - wishes.keys()]
        for session_id, session in known.items():
            state, processes = session["state"], running.get(session_id, [])
            about = f"{session_id} on {session.get('agentId')}: {state}, {processes}, {session.get('message')}"
            if state in BUSY:
                wrong.append(f"stuck: {about}")
            elif len(processes) != (1 if state == "running" else 0):
                wrong.append(f"processes: {about}")
            elif session_id in wishes and state not in {wishes[session_id].state, *excused.get(session_id, ())}:
                wrong.append(f"wanted {wishes[session_id].state}: {about}; {session.get('reason')}")
        wrong += [f"{one} runs, and nobody knows it" for one in running.keys() - known.keys() - self.before]
        return wrong

    def tidy(self) -> None:
        """End all sessions of this load."""
        for session_id in self.wishes:
            self.installation.api.answer("DELETE", f"/sessions/{session_id}")
        until(lambda: all(session["state"] in ENDED for session in self._mine().values()), 60)
        until(lambda: not self.installation.running().keys() & self.wishes.keys(), 30)
