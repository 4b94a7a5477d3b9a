"""The first process of a sandbox: starts the display, the engine and the application, and ends with them.

It runs with the standard library and python-xlib only, needs no agent once it runs, and tells what it knows through
two files it was handed open: the status, which it rewrites, and the log.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

from streamspace.platforms.inside import provision, sound
from streamspace.platforms.inside.boundedlog import BoundedLog
from streamspace.platforms.inside.endings import ending
from streamspace.platforms.inside.filedoor import FileDoor
from streamspace.platforms.inside.programs import Child, Programs, prefer_to_kill_me
from streamspace.platforms.inside.secrecy import hide_this_process

if TYPE_CHECKING:
    from streamspace.platforms.inside.answering import Answering
    from streamspace.platforms.inside.provision import Provisioning
    from streamspace.platforms.inside.screen import Screen

QUICK_SECONDS = 0.01
STEADY_SECONDS = 1.0
IDLE_SECONDS = 5.0
MANAGER_SECONDS = 3.0
"""How long the application waits for the window manager, which may not notice a window that was there before it."""
WINDOW_SECONDS = 3.0
"""How long a start waits for the application's first window before it is content that the application lives."""
CLOSE_SECONDS = 3.0
"""How long an application may take to leave once its windows were asked to close."""
GRACE_SECONDS = 5.0
"""How long an application may save its work after being asked to end."""
ENGINE_RESTARTS = 3
STATUS_BYTES = 1024


class Supervisor:
    """Runs one session from its first process to its last."""

    awaited = "streaming engine"

    def __init__(self, config: dict[str, Any]) -> None:
        self.config = config
        self.log = BoundedLog(config["log_fd"], config["log_bytes"])
        self.poll = select.poll()
        self.programs = Programs(self.log, self.poll)
        self.began = time.monotonic()
        self.screen: Screen | None = None
        self.manager: Child | None = None
        self.manager_at: float | None = None
        """Since when the application waits for the window manager, while it does."""
        self.application: Child | None = None
        self.application_at = 0.0
        self.application_code: int | None = None
        self.engine_ready = False
        self.engine_failures = 0
        self.ready = False
        self.stop_asked = False
        self.stopping_at: float | None = None
        self.terminated = False
        self.ended = False
        self.idle: float | None = None
        self.idle_at = 0.0
        self.base = dict(config["environment"])
        self.door = FileDoor(self)
        self.wake_read, self.wake_write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self.display_read, self.display_write = os.pipe2(os.O_CLOEXEC)

    def run(self) -> None:
        """Stay until the session is over."""
        signal.set_wakeup_fd(self.wake_write)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGTERM, lambda *_: setattr(self, "stop_asked", True))
        self.poll.register(self.wake_read, select.POLLIN)
        self.poll.register(self.display_read, select.POLLIN)
        self.say("display")
        self.start_display()
        self.start_engine()
        self.start_bus()
        while not self.ended:
            self.turn()

    def turn(self) -> None:
        """Handle whatever happened, or wait a little."""
        pace = STEADY_SECONDS if self.ready and self.stopping_at is None else QUICK_SECONDS
        for descriptor, _ in self.poll.poll(pace * 1000):
            if descriptor == self.wake_read:
                with contextlib.suppress(BlockingIOError):
                    os.read(self.wake_read, 4096)
            elif descriptor == self.display_read:
                self.poll.unregister(self.display_read)
                if os.read(self.display_read, 64).strip():
                    self.display_answers()
            elif self.screen is not None and descriptor == self.screen.fileno():
                self.screen.take_note()
            else:
                self.heard(descriptor)
        for child, code in self.programs.ended():
            self.left(child, code)
        self.door.judge()
        if self.stop_asked and self.stopping_at is None:
            self.stop()
        if not self.ended:
            self.judge()

    def heard(self, descriptor: int) -> None:
        """Let in who asks for files, or read what a program wrote."""
        if descriptor == self.door.listener:
            self.door.knocked()
        else:
            self.programs.heard(descriptor)

    def judge(self) -> None:
        """Decide what to do next."""
        if self.stopping_at is not None:
            passed = time.monotonic() - self.stopping_at
            if self.application is None or passed > GRACE_SECONDS:
                self.end("stopped", "The session was stopped.")
            elif passed > CLOSE_SECONDS and not self.terminated:
                self.terminate()
        elif self.manager_at is not None:
            self.look_for_manager(self.manager_at)
        elif self.application_code is not None:
            self.application_left(self.application_code)
        elif not self.ready:
            self.look_for_readiness()
        elif time.monotonic() - self.idle_at > IDLE_SECONDS:
            self.measure_idle()

    # What is started

    def spawn(self, name: str, command: list[str], environment: dict[str, str], **options: Any) -> Child | None:
        """Start a program whose output goes to the log, line by line."""
        return self.programs.spawn(name, command, environment, **options)

    def start_display(self) -> None:
        """Start the X server; it says through a pipe when it answers."""
        os.makedirs("/tmp/.X11-unix", mode=0o1777, exist_ok=True)  # noqa: S108, PTH103 - pathlib costs start time
        command = [*self.config["display"], "-displayfd", str(self.display_write)]
        if self.spawn("display", command, self.base, pass_fds=[self.display_write]) is None:
            self.end("failed", "The X server could not be started.")
        os.close(self.display_write)

    def start_engine(self) -> None:
        """Start the streaming engine; its imports take longest, so they begin before the display answers."""
        read, write = os.pipe()
        os.write(write, json.dumps(self.config["engine"]).encode())
        os.close(write)
        listener = self.config["listen_fd"]
        command = [*self.config["python"], "engine", str(read), str(listener)]
        if self.spawn("engine", command, self.base, pass_fds=[read, listener]) is None:
            self.end("failed", "The streaming engine could not be started.")
        os.close(read)
        self.provision()

    def provision(self) -> None:
        """Hand the engine its tokens as soon as it answers."""
        self.engine_ready = False
        self.provisioning: Provisioning | Answering = provision.Provisioning(
            self.config["socket"],
            self.config["prefix"],
            self.config["master_token"],
            self.config["tokens"],
            self.wake_write,
        )
        self.provisioning.start()

    def start_bus(self) -> None:
        """Start a message bus, which desktops and GTK applications expect; without one they still run."""
        if os.access(path := "/usr/bin/dbus-daemon", os.X_OK):
            address = self.base["DBUS_SESSION_BUS_ADDRESS"]
            self.spawn("bus", [path, "--session", "--nofork", "--nopidfile", f"--address={address}"], self.base)
        if sound.available():
            self.spawn("sound", sound.command(), sound.environment(self.base))

    def display_answers(self) -> None:
        """Start what draws on the display."""
        self.say("engine")
        self.choose_first_size()
        if not self.config["window_manager"]:
            self.start_application()
            return
        self.start_manager()
        self.manager_at = time.monotonic()
        self.look_for_manager(self.manager_at)

    def start_manager(self, **options: Any) -> None:
        """Start the window manager."""
        self.manager = self.spawn("windows", self.config["window_manager"], self.base, **options)

    def look_for_manager(self, since: float) -> None:
        """Start the application once the window manager is there; without one, it is on its own."""
        if self.manager is None or self.display_is_managed() or time.monotonic() - since > MANAGER_SECONDS:
            self.start_application()

    def start_application(self) -> None:
        """Start what the person came for."""
        self.manager_at = None
        environment = {**self.base, **self.config["application_environment"]}
        self.application = self.spawn("application", self.config["command"], environment, preexec_fn=prefer_to_kill_me)
        self.application_at = time.monotonic()
        if self.application is None:
            self.end("failed", f"The application could not be started: {self.config['command'][0]}.")
        # Connects while the engine is still being imported, so that its first answer need not wait for this.
        self.has_windows()

    def choose_first_size(self) -> None:
        """Give the display an ordinary size until somebody connects, so that nothing first draws far too much."""
        size = self.config["first_size"]
        width, _, height = size.partition("x")
        timing = f"0 {width} {width} {width} {width} {height} {height} {height} {height}"
        steps = (f"--newmode {size} {timing}", f"--addmode screen {size}", f"--output screen --mode {size}")
        script = " && ".join(f"xrandr {step}" for step in steps)
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            subprocess.run(  # noqa: S602 - an operator's setting
                script,
                shell=True,
                env=self.base,
                timeout=5,
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )

    # What is watched

    def look_for_readiness(self) -> None:
        """Say that the session can be streamed once the engine answers and the application shows itself or lives on."""
        if time.monotonic() - self.began > self.config["deadline"]:
            what = "application" if self.engine_ready else self.awaited
            self.end("failed", f"The {what} did not answer in time.")
            return
        if self.provisioning.problem:
            self.end("failed", f"The streaming engine refused its tokens: {self.provisioning.problem}")
            return
        if self.provisioning.done and not self.engine_ready:
            self.engine_ready = True
            self.say("application")
        if self.engine_ready and self.shows_itself():
            self.ready = True
            if self.screen is not None:
                self.poll.unregister(self.screen.fileno())
            self.measure_idle()

    def shows_itself(self) -> bool:
        """Return whether there is something to look at, or has been given long enough."""
        waited = self.application is not None and time.monotonic() - self.application_at > WINDOW_SECONDS
        return self.has_windows() or waited

    def has_windows(self) -> bool:
        """Return whether anything is shown on the display."""
        screen = self.connected_screen()
        return screen is not None and screen.has_windows()

    def display_is_managed(self) -> bool:
        """Return whether a window manager has said that it is there."""
        screen = self.connected_screen()
        return screen is not None and screen.is_managed()

    def connected_screen(self) -> Screen | None:
        """Return the display, connected to when it is first asked for; None while it is not there."""
        if self.screen is None:
            from streamspace.platforms.inside.screen import Screen  # noqa: PLC0415 - imported while others start

            try:
                self.screen = Screen(self.base["DISPLAY"])
            except Exception as error:  # noqa: BLE001 - whatever the library raises, the display is not there
                self.log.write("display", f"not reachable: {error}")
                return None
            if not self.ready:
                self.poll.register(self.screen.fileno(), select.POLLIN)
        return self.screen

    def measure_idle(self) -> None:
        """Say how long nobody has touched the session."""
        self.idle_at = time.monotonic()
        self.has_windows()
        idle = self.screen.idle_seconds() if self.screen is not None else None
        # The display may be older than the session that was given it.
        self.idle = idle if idle is None else min(idle, time.monotonic() - self.began)
        self.say("ready")

    def left(self, child: Child, code: int) -> None:
        """Decide what the end of a program means."""
        if child is self.application:
            self.application = None
            self.application_code = code
        elif self.stopping_at is not None or self.ended:
            return
        elif child.name == "display" and child.process.args[0] == self.config["display"][0]:  # type: ignore[index]
            self.end("failed", f"The X server ended ({ending(code)}).")
        elif child.name == "engine":
            self.log.write("engine", f"ended ({ending(code)})")
            self.engine_failures += 1
            if self.engine_failures > ENGINE_RESTARTS or not self.engine_ready:
                self.end("failed", f"The streaming engine ended ({ending(code)}).")
            else:
                self.start_engine()
        elif child.name == "files":
            self.door.left(code)
        elif child is self.manager:
            self.manager = None
            if self.ready:
                self.start_manager()

    def application_left(self, code: int) -> None:
        """End the session with its application, unless that only started others and left their windows."""
        if code != 0:
            self.end("crashed", f"The application ended unexpectedly ({ending(code)}).")
        elif self.has_windows():
            if not self.ready:
                self.look_for_readiness()
        elif time.monotonic() - self.application_at > WINDOW_SECONDS:
            self.end("closed", "The application was closed.")

    # How it ends

    def stop(self) -> None:
        """Ask the application to end as a person would, by closing its windows; the rest goes with this process."""
        self.stopping_at = time.monotonic()
        # A browser keeps its open pages for the next time only when it is closed so, not when it is terminated.
        if self.application is not None and not (self.has_windows() and self.screen and self.screen.close_windows()):
            self.terminate()

    def terminate(self) -> None:
        """Tell the application, and only the process that was started, to end."""
        self.terminated = True
        if self.application is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.application.process.pid, signal.SIGTERM)

    def end(self, outcome: str, message: str) -> None:
        """Say why and leave the loop; the kernel ends whatever else runs here."""
        if self.ended:
            return
        self.ended = True
        self.programs.read_all()
        self.log.write("session", message)
        self.say("ended", outcome=outcome, message=message)

    def say(self, phase: str, **more: Any) -> None:
        """Rewrite the status."""
        body = json.dumps({"phase": phase, "idle": self.idle, "at": time.time(), **more}).encode()
        # One write of one length, so that a reader never sees half of it.
        os.pwrite(self.config["status_fd"], body.ljust(STATUS_BYTES), 0)


def configuration() -> dict[str, Any]:
    """Read the configuration from the descriptor named last."""
    hide_this_process()
    with os.fdopen(int(sys.argv[-1]), "rb") as source:
        config: dict[str, Any] = json.load(source)
    for descriptor in (config["status_fd"], config["log_fd"], config["listen_fd"], config["files_fd"]):
        os.set_inheritable(descriptor, False)
    return config
