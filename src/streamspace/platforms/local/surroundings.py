"""What a session finds around it, on every platform of this machine."""

from __future__ import annotations

INSIDE_UID = 1000
INSIDE_HOME = "/home/user"
RUNTIME = "/run/user/1000"


def base_environment() -> dict[str, str]:
    """Return the environment of everything inside."""
    return {
        "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games",
        "HOME": INSIDE_HOME,
        "USER": "user",
        "LOGNAME": "user",
        "SHELL": "/bin/bash",
        "LANG": "C.UTF-8",
        "DISPLAY": ":0",
        "XDG_RUNTIME_DIR": RUNTIME,
        "XDG_SESSION_TYPE": "x11",
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={RUNTIME}/bus",
        "LIBGL_ALWAYS_SOFTWARE": "1",
        "NO_AT_BRIDGE": "1",
        "GTK_A11Y": "none",
    }
