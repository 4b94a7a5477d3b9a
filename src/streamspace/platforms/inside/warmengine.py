"""The streaming engine of a session that waits for its person: imported, and without a name or a secret yet."""

from __future__ import annotations

import contextlib
import copy
import importlib
import os
import sys
from typing import Any

from streamspace.platforms.inside import engine
from streamspace.platforms.inside.secrecy import hide_this_process

Definitions = list[dict[str, Any]]
_DISPLAYS = "selkies.Xlib"
_EXTENSIONS = ("composite", "damage", "record", "screensaver", "security", "shape", "xinerama")
_AT_FIRST_USE = (
    "uvloop",
    f"{_DISPLAYS}.support.unix_connect",
    f"{_DISPLAYS}.xauth",
    *(f"{_DISPLAYS}.ext.{name}" for name in _EXTENSIONS),
)
"""What the engine imports only once it serves; somebody waits then, and now nobody does."""


def main() -> None:
    """Import everything, say so, and serve once the settings come."""
    hide_this_process()
    settings, listener, loaded = (int(word) for word in sys.argv[-3:])
    untouched = load()
    os.write(loaded, b"!")
    os.close(loaded)
    engine.read_settings(settings)
    os.chdir(os.environ["HOME"])  # another folder lies there now
    take_settings(untouched)
    engine.serve(listener)


def load() -> Definitions:
    """Import the engine with the settings that all sessions share, and return what it knew before it read any."""
    shared = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("SELKIES_")}
    sys.argv = ["selkies"]
    from selkies.settings import SETTING_DEFINITIONS  # noqa: PLC0415 - while it finds no setting

    untouched: Definitions = copy.deepcopy(SETTING_DEFINITIONS)
    os.environ.update(shared)
    take_settings(untouched)
    engine.load()
    for name in _AT_FIRST_USE:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    return untouched


def take_settings(untouched: Definitions) -> None:
    """Have the engine read its settings anew; all parts of it hold the same objects."""
    from selkies.settings import SETTING_DEFINITIONS, settings  # noqa: PLC0415

    for definition, former in zip(SETTING_DEFINITIONS, untouched, strict=True):
        definition.clear()
        definition.update(copy.deepcopy(former))  # reading settings narrows what they may be later
    vars(settings).clear()
    settings.__init__(SETTING_DEFINITIONS)
