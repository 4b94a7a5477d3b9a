"""The first process of a sandbox that waits for its person: display, windows and engine run, and nothing is anybody's.

Whoever is to have it is told over a socket that was opened out here and is closed for good with the first that comes:
one message with the configuration an ordinary start would have had, answered with one byte once it is taken.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import socket
import time
from typing import Any

from streamspace.platforms.inside.programs import Child
from streamspace.platforms.inside.supervisor import Supervisor

TAKEN = b"!"
PATIENCE_SECONDS = 5.0


class WarmSupervisor(Supervisor):
    """Starts what needs no person, and becomes an ordinary session when one comes."""

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self.waiting = True
        self.loaded = False
        self.displayed = False
        self.claims = socket.socket(fileno=config["claim_fd"])
        self.claims.set_inheritable(False)
        self.settings_write = -1
        self.loaded_read, self.loaded_write = os.pipe2(os.O_CLOEXEC)

    def run(self) -> None:
        """Stay until the session is over, or nobody wants it any more."""
        self.poll.register(self.loaded_read, select.POLLIN)
        super().run()

    def start_engine(self) -> None:
        """Start an engine that waits for its settings; later ones, should it end, are ordinary."""
        if not self.waiting:
            super().start_engine()
            return
        read, self.settings_write = os.pipe2(os.O_CLOEXEC)
        passed = [read, self.config["listen_fd"], self.loaded_write]
        command = [*self.config["python"], "warmengine", *map(str, passed)]
        environment = self.base | self.config["engine"]
        if self.spawn("engine", command, environment, pass_fds=passed, cwd="/") is None:
            self.end("failed", "The streaming engine could not be started.")
        os.close(read)
        os.close(self.loaded_write)

    def start_bus(self) -> None:
        """Leave the bus for later: it looks into the home."""

    def heard(self, descriptor: int) -> None:
        """Take note that the engine is imported, or take the session's configuration."""
        if descriptor == self.loaded_read:
            self.poll.unregister(descriptor)
            self.loaded = bool(os.read(descriptor, 1))
            os.close(descriptor)
        elif descriptor == self.claims.fileno():
            self.take()
        else:
            super().heard(descriptor)

    def display_answers(self) -> None:
        """Start what draws on the display, less the application."""
        if not self.waiting:
            super().display_answers()
            return
        self.say("engine")
        self.choose_first_size()
        if self.config["window_manager"]:
            self.start_manager(cwd="/")
        self.connected_screen()
        self.displayed = True

    def judge(self) -> None:
        """Wait for a person, once everything is here."""
        if not self.waiting or self.stopping_at is not None:
            super().judge()
        elif self.ready:
            return
        elif self.loaded and self.displayed and (self.manager is None or self.display_is_managed()):
            self.ready = True
            self.poll.register(self.claims, select.POLLIN)
            self.say("warm")
        elif time.monotonic() - self.began > self.config["deadline"]:
            self.end("failed", "The streaming engine did not answer in time.")

    def shows_itself(self) -> bool:
        """Let the person come while the application starts: its window appears before the page that shows it."""
        return True

    def left(self, child: Child, code: int) -> None:
        """End with the engine while nobody came: another sandbox is as good."""
        if self.waiting and child.name == "engine":
            self.end("failed", "The streaming engine ended while it waited.")
            return
        super().left(child, code)

    def take(self) -> None:
        """Become the session of whoever asks."""
        connection, _ = self.claims.accept()
        with connection:
            connection.settimeout(PATIENCE_SECONDS)
            try:
                config = json.loads(_whole(connection))
            except (OSError, ValueError) as error:
                self.log.write("session", f"nobody came after all: {error}")
                return
            self.become(config)
            with contextlib.suppress(OSError):
                connection.sendall(TAKEN)

    def become(self, config: dict[str, Any]) -> None:
        """Go on as an ordinary start does once its display answers."""
        self.poll.unregister(self.claims)
        self.claims.close()
        self.config = self.config | config  # the descriptors it was started with stay
        self.base = dict(self.config["environment"])
        self.waiting = self.ready = False
        self.began = time.monotonic()
        os.chdir(self.base["HOME"])  # another folder lies there now
        self.say("engine")
        with os.fdopen(self.settings_write, "w") as settings:
            json.dump(self.config["engine"], settings)
        self.provision()
        super().start_bus()
        self.start_application()


def _whole(connection: socket.socket) -> bytes:
    body = b""
    while data := connection.recv(65536):
        body += data
    return body
