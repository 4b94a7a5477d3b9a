"""Images that this agent made and nobody used for long: each version of the product makes new ones."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from pathlib import Path

import structlog
from aiodocker.exceptions import DockerError

from streamspace.platforms.docker.engine import NOT_FOUND, Engine

log = structlog.get_logger(__name__)

IMAGE_LABEL = "streamspace.image"
"""On what we build. Pulled images are somebody else's to remove."""
_IN_USE = 409


class Shelf:
    """Remembers when each image was last used.

    Args:
        engine: whose images.
        notes: a folder with an empty file for each image, touched when it is used.
        keep: how long an unused one stays.
    """

    def __init__(self, engine: Engine, notes: Path, keep: timedelta) -> None:
        self._engine = engine
        self._notes = notes
        self._keep = keep

    async def used(self, *names: str) -> None:
        """Note that images were used now."""
        await asyncio.to_thread(self._touch, names)

    async def clear(self) -> list[str]:
        """Remove what was not used for long and no container needs; return the names. One never seen before stays."""
        removed = []
        for image in await self._engine.images(IMAGE_LABEL):
            for name in image["RepoTags"] or []:
                if await asyncio.to_thread(self._old, name) and await self._removed(name):
                    await asyncio.to_thread(self._note(name).unlink)
                    removed.append(name)
        if removed:
            log.info("old_images_removed", images=removed)
        return removed

    async def _removed(self, name: str) -> bool:
        try:
            await self._engine.remove_image(name)
        except DockerError as error:
            if error.status not in {_IN_USE, NOT_FOUND}:
                log.warning("image_not_removed", image=name, reason=error.message[:200])
            return error.status == NOT_FOUND
        return True

    def _note(self, name: str) -> Path:
        return self._notes / name.replace("/", "+")

    def _touch(self, names: tuple[str, ...]) -> None:
        self._notes.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name in names:
            self._note(name).touch()

    def _old(self, name: str) -> bool:
        if not self._note(name).exists():
            self._touch((name,))
        return time.time() - self._note(name).stat().st_mtime > self._keep.total_seconds()
