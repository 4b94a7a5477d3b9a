"""Draws what the engine lays over its pictures: who is looking, and since when.

The engine reads the file whenever it begins to capture, which it does for the first who connects and at each new size
of the screen; it never looks again while it goes on. So the time is that of the connection, to some minutes.
"""

from __future__ import annotations

import os
import threading
import time
from datetime import UTC, datetime

PATH = "/run/user/1000/watermark.png"
TOP_LEFT = "1"
"""The engine's number for where the picture begins; what goes beyond the screen is cut off."""
VARIABLE = "STREAMSPACE_WATERMARK"
EVERY_SECONDS = 300
SIZE = (2560, 1440)
_TILE = (520, 260)
_LONGEST_NAME = 32


def begin(path: str = PATH) -> None:
    """Draw once, before anybody can connect, and then again and again; nothing where nobody asked for it."""
    name = os.environ.pop(VARIABLE, None)
    if name is None:
        return
    draw(name, datetime.now(UTC), path)
    threading.Thread(target=_go_on, args=(name, path), daemon=True).start()


def _go_on(name: str, path: str) -> None:
    while True:
        time.sleep(EVERY_SECONDS)
        draw(name, datetime.now(UTC), path)


def draw(name: str, at: datetime, path: str) -> None:
    """Write the picture: the words all over, slanted, readable on light and dark."""
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415 - the engine's own library, and only some need it

    tile = Image.new("RGBA", _TILE)
    ImageDraw.Draw(tile).multiline_text(
        (_TILE[0] / 2, _TILE[1] / 2),
        f"{name[:_LONGEST_NAME]}\n{at:%Y-%m-%d %H:%M} UTC",
        font=ImageFont.load_default(22),
        anchor="mm",
        align="center",
        fill=(255, 255, 255, 90),
        stroke_width=1,
        stroke_fill=(0, 0, 0, 90),
    )
    tile = tile.rotate(20, resample=Image.Resampling.BICUBIC)
    picture = Image.new("RGBA", SIZE)
    for top in range(0, SIZE[1], _TILE[1]):
        for left in range(0, SIZE[0], _TILE[0]):
            picture.paste(tile, (left, top))
    # Whoever reads meanwhile finds the former one, whole.
    picture.save(f"{path}.new", "PNG", compress_level=1)
    os.replace(f"{path}.new", path)  # noqa: PTH105 - pathlib costs start time
