"""Finds the streaming engine and says how it is to run."""

from __future__ import annotations

import functools
import json
import os
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

from streamspace.platforms.base import ToolMissing
from streamspace.platforms.inside import watermark
from streamspace.platforms.process import pages
from streamspace.protocol.policies import Policy

_ASK = """
import importlib.util, json, pathlib, sys
sys.argv = ["selkies"]
spec = importlib.util.find_spec("selkies")
if spec is None:
    raise SystemExit(3)
sys.dont_write_bytecode = False
import selkies.__main__, Xlib.display, Xlib.ext.screensaver
sites = set()
for name in ("selkies", "Xlib", "pixelflux"):
    found = importlib.util.find_spec(name)
    place = pathlib.Path(found.origin).parent
    sites.add(str(place.parent if found.submodule_search_locations else place))
print("\\n" + json.dumps({"base": sys.base_prefix, "python": sys._base_executable, "sites": sorted(sites)}))
"""


@dataclass(frozen=True, slots=True)
class Engine:
    """An interpreter and the packages Selkies needs, as they lie on this machine."""

    prefix: Path
    python: Path
    sites: tuple[Path, ...]
    page: Path = Path()
    """The folder with the page that sessions serve."""


@functools.cache
def find(python: Path) -> Engine:
    """Ask an interpreter where its Selkies is.

    It imports Selkies on the way, which leaves the compiled bytecode of everything it needs: a start from bare sources
    takes more than a second longer.

    Raises:
        ToolMissing: that interpreter has no Selkies, or it does not load.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    answer = subprocess.run(  # noqa: S603 - our own interpreter and our own program
        [str(python), "-c", _ASK], env=environment, capture_output=True, text=True, check=False, timeout=120
    )
    if answer.returncode != 0:
        last = (answer.stderr.strip().splitlines() or ["it is not installed"])[-1]
        raise ToolMissing(
            f"The streaming engine does not load ({last}). Install it: pip install 'streamspace[process]'"
        )
    found = json.loads(answer.stdout.strip().splitlines()[-1])
    return Engine(
        prefix=Path(found["base"]), python=Path(found["python"]), sites=tuple(Path(site) for site in found["sites"])
    )


def prepare(python: Path, root: Path) -> Engine:
    """Return an interpreter's engine, with its page made ready below the data folder.

    Raises:
        ToolMissing: there is no engine that loads.
    """
    engine = find(python)
    return replace(engine, page=pages.prepare(root, engine.sites))


_CLIPBOARD = {"both": "true", "in": "in", "out": "out", "off": "false"}


def settings(
    *,
    session_id: str,
    title: str,
    portal_origin: str | None,
    master_token: str,
    clipboard: bool,
    page: str,
    policy: Policy,
    user: str,
) -> dict[str, str]:
    """Return Selkies' settings for a session, as its environment variables."""
    crossing = policy.clipboard or "both" if clipboard else "off"
    return {
        "SELKIES_UNIX_SOCKET": "/run/user/1000/engine.unused",  # it serves on the socket it inherits
        "SELKIES_SUBFOLDER": f"/s/{session_id}",
        "SELKIES_WEB_ROOT": page,
        "SELKIES_MASTER_TOKEN": master_token,
        "SELKIES_ENABLE_BASIC_AUTH": "false",
        # Only the gateway reaches the socket, and it has checked the browser's Origin.
        "SELKIES_ALLOWED_ORIGINS": "*",
        "SELKIES_FRAME_ANCESTORS": portal_origin or "'self'",
        "SELKIES_FILE_MANAGER_PATH": "/home/user",
        # Files go through our own server in the session, which audits them.
        "SELKIES_FILE_TRANSFERS": "none",
        # It is no choice of the client's, so it needs no lock.
        "SELKIES_ENABLE_CLIPBOARD": _CLIPBOARD[crossing],
        "SELKIES_WATERMARK_PATH": watermark.PATH,
        "SELKIES_WATERMARK_LOCATION": watermark.TOP_LEFT,
        **({watermark.VARIABLE: user} if policy.watermark else {}),
        "SELKIES_AUDIO_ENABLED": "true",
        "SELKIES_MICROPHONE_ENABLED": "false|locked",
        "SELKIES_WEBCAM_ENABLED": "false|locked",
        "SELKIES_GAMEPAD_ENABLED": "false|locked",
        "SELKIES_PRINTING_ENABLED": "false|locked",
        "SELKIES_COMMAND_ENABLED": "false|locked",
        "SELKIES_SECOND_SCREEN": "false|locked",
        # Sharing is the portal's: a link made here would know nothing of its permissions.
        "SELKIES_ENABLE_SHARING": "false|locked",
        "SELKIES_UI_SIDEBAR_SHOW_APPS": "false|locked",
        "SELKIES_UI_SIDEBAR_SHOW_SHARING": "false|locked",
        # Controls of what is off anyway.
        "SELKIES_UI_SHOW_CORE_BUTTONS": "false|locked",
        "SELKIES_UI_SIDEBAR_SHOW_AUDIO_SETTINGS": "true|locked",
        "SELKIES_UI_SIDEBAR_SHOW_GAMEPADS": "false|locked",
        "SELKIES_UI_SIDEBAR_SHOW_WEBCAM": "false|locked",
        "SELKIES_UI_SHOW_LOGO": "false|locked",
        "SELKIES_UI_TITLE": title,
        "SELKIES_ENABLE_DUAL_MODE": "false|locked",
        # Its defaults are public relays with a published secret.
        "SELKIES_TURN_HOST": "",
        "SELKIES_TURN_PORT": "",
        "SELKIES_TURN_SHARED_SECRET": "",
        "SELKIES_STUN_HOST": "",
        "SELKIES_STUN_PORT": "",
    }
