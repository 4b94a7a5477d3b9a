"""The first process of a session whose application serves by itself, over VNC or HTTP.

A relay stands where the streaming engine would.
"""

from __future__ import annotations

import contextlib
import os
import select
import time
from typing import Any

from streamspace.platforms.inside.answering import Answering
from streamspace.platforms.inside.supervisor import Supervisor, configuration


class ServingSupervisor(Supervisor):
    """Runs such a session. Over VNC there is a display, which tells idleness; over HTTP the relay does."""

    awaited = "application"

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self.active_at = time.monotonic()
        self.active_read, self.active_write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)

    def run(self) -> None:
        """Stay until the session is over."""
        self.poll.register(self.active_read, select.POLLIN)
        super().run()

    def heard(self, descriptor: int) -> None:
        """Take note that a client sent something, or read what a program wrote."""
        if descriptor == self.active_read:
            with contextlib.suppress(BlockingIOError):
                os.read(descriptor, 4096)
            self.active_at = time.monotonic()
        else:
            super().heard(descriptor)

    def start_display(self) -> None:
        """Start the VNC server, which is the display; a web application needs none."""
        if self.config["display"]:
            super().start_display()
        else:
            os.close(self.display_write)

    def start_engine(self) -> None:
        """Start the relay."""
        passed = [self.active_write, self.config["listen_fd"]]
        command = [*self.config["python"], "relay", self.config["target"], *map(str, passed)]
        if self.spawn("engine", command, self.base, pass_fds=passed) is None:
            self.end("failed", "The relay to the application could not be started.")
        self.provision()

    def provision(self) -> None:
        """Wait for the application to answer; it knows no tokens."""
        self.engine_ready = False
        self.provisioning = Answering(
            self.config["socket"], self.config["prefix"], self.config["protocol"], self.wake_write
        )
        self.provisioning.start()

    def start_bus(self) -> None:
        """Start the bus, and what needs no display."""
        super().start_bus()
        if not self.config["display"]:
            self.say("engine")
            self.start_application()

    def choose_first_size(self) -> None:
        """Leave the size as it is: a VNC server is started with it."""

    def has_windows(self) -> bool:
        """Return whether anything is shown; a web application that lives shows something."""
        return super().has_windows() if self.config["display"] else self.application is not None

    def measure_idle(self) -> None:
        """Say how long nobody has touched the session."""
        if self.config["display"]:
            super().measure_idle()
            return
        self.idle_at = time.monotonic()
        self.idle = self.idle_at - self.active_at
        self.say("ready")


def supervise(config: dict[str, Any]) -> None:
    """Run the session that a configuration describes."""
    if "claim_fd" in config:
        from streamspace.platforms.inside.warm import WarmSupervisor  # noqa: PLC0415 - few starts need it

        WarmSupervisor(config).run()
        return
    kind = ServingSupervisor if config.get("target") else Supervisor
    kind(config).run()


def main() -> None:
    """Run a sandbox's session, however it is streamed."""
    supervise(configuration())
