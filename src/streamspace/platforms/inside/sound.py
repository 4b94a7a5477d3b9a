"""The session's sound server: one speaker, heard in the stream alone. Sessions without the program are silent."""

from __future__ import annotations

import os

PROGRAM = "/usr/bin/pulseaudio"
RUNTIME = "/run/user/1000/pulse"


def available() -> bool:
    """Return whether sessions here can be heard."""
    return os.access(PROGRAM, os.X_OK)


def command() -> list[str]:
    """Return what starts the sound server, with nothing of the machine's or the person's own settings."""
    words = [PROGRAM, "-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1", "--disallow-exit"]
    words += ["--realtime=no", "--high-priority=no", "--log-target=stderr", "--log-level=error"]
    for module in (
        "module-null-sink sink_name=output sink_properties=device.description=Speakers",
        # Its folder is the person's alone; a cookie would lie in their home.
        f"module-native-protocol-unix auth-anonymous=1 auth-cookie-enabled=0 socket={RUNTIME}/native",
    ):
        words += ["-L", module]
    return words


def environment(base: dict[str, str]) -> dict[str, str]:
    """Return its environment: what it remembers goes with the session."""
    return {**base, "PULSE_RUNTIME_PATH": RUNTIME, "PULSE_STATE_PATH": RUNTIME, "PULSE_CONFIG_PATH": RUNTIME}
