"""The image of a session: built here from a template's Debian packages, or pulled."""

from __future__ import annotations

import asyncio
import io
import re
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
from aiodocker.exceptions import DockerError

from streamspace.platforms.base import PackagesMissing, PlatformError, StartFailed
from streamspace.platforms.docker import recipes
from streamspace.platforms.docker.engine import NOT_FOUND, Engine
from streamspace.platforms.docker.shelf import IMAGE_LABEL, Shelf
from streamspace.platforms.process import protocols
from streamspace.protocol.manifest import Debian, Spec

log = structlog.get_logger(__name__)

Say = Callable[[str], Awaitable[None]]
"""Called with lines of progress."""
PHASE = "image"
"""Reported before `sandbox` by a start that has to wait for its image."""
_UNKNOWN_PACKAGE = re.compile(
    r"(?:Unable to locate package |Package '?|Couldn't find any package by \w+ ')([a-z0-9][a-z0-9+.-]+)"
)
_KEPT_LINES = 40
_QUIET = ("--->", "Removing intermediate container", "debconf: ", "W: ", "WARNING: Running pip")
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_TELL_EVERY_BYTES = 16 * 1024**2
_MIB = 1024**2


class ImageUnavailable(PlatformError):  # noqa: N818
    """The image of this application cannot be had."""

    code = "image_unavailable"


@dataclass(frozen=True, slots=True)
class Image:
    """What to run, and how."""

    name: str
    debian: Debian | None
    """None where the image starts its application by itself."""


class Images:
    """The images of one engine. Two sessions that want the same one wait for the same work."""

    def __init__(self, engine: Engine, base: str = recipes.BASE, shelf: Shelf | None = None) -> None:
        self._engine = engine
        self._base = base
        self._shelf = shelf
        self._under_way: dict[str, asyncio.Future[str]] = {}

    async def ensure(self, spec: Spec, waiting: Callable[[], Awaitable[None]], say: Say) -> Image:
        """Return an application's image. If it is not here, call `waiting` and make or fetch it, saying how it goes.

        Raises:
            PackagesMissing: Debian has no packages of these names.
            ImageUnavailable: it cannot be built or pulled; the text says why.
            StartFailed: it is here, but is no session image.
        """
        if spec.debian is None:
            return await self._pulled(spec.base_image or "", spec.image_contract, waiting, say)
        packages = sorted(set(protocols.packages(spec)))
        wanted = await self._wanted(packages)
        if await self._shown(wanted) is None:
            await waiting()
            if not packages:
                return Image(await self.ensure_session_image(say), spec.debian)
            wanted = await self._once(wanted, lambda: self._make(packages, say))
        if self._shelf is not None:
            debian = await self._known_base() or self._base
            await self._shelf.used(wanted, recipes.session_tag(debian), recipes.base_tag(debian))
        return Image(wanted, spec.debian)

    async def ensure_session_image(self, say: Say) -> str:
        """Return the image that all others start from, building it and its base first if they are not here."""
        debian = await self._known_base() or await self._once(self._base, lambda: self._make_base(say))
        wanted = recipes.session_tag(debian)
        if await self._shown(wanted) is None:
            return await self._once(wanted, lambda: self._make_session_image(debian, say))
        return wanted

    async def _make_session_image(self, debian: str, say: Say) -> str:
        base, wanted = recipes.base_tag(debian), recipes.session_tag(debian)
        if await self._shown(base) is None:
            await self._build(base, recipes.base_context(), {"BASE": debian}, say)
        return await self._build(wanted, recipes.session_context(), {"BASE": base}, say)

    async def _wanted(self, packages: list[str]) -> str:
        """Return an image's name; it depends on the base, which there may not be yet."""
        session_image = recipes.session_tag(await self._known_base() or self._base)
        return recipes.application_tag(session_image, packages) if packages else session_image

    async def _known_base(self) -> str | None:
        """Return Debian itself, if it is here."""
        for known in (self._base, recipes.OWN_BASE):
            if await self._shown(known) is not None:
                return known
        return None

    async def _make(self, packages: list[str], say: Say) -> str:
        session_image = await self.ensure_session_image(say)
        base = recipes.base_tag(await self._known_base() or self._base)
        arguments = {"BASE": base, "SESSION": session_image, "PACKAGES": " ".join(packages)}
        name = recipes.application_tag(session_image, packages)
        return await self._build(name, recipes.application_context(), arguments, say)

    async def _pulled(self, name: str, contract: str, waiting: Callable[[], Awaitable[None]], say: Say) -> Image:
        shown = await self._shown(name)
        if shown is None:
            await waiting()
            await self._once(name, lambda: self._pull(name, say))
            shown = await self._shown(name) or {}
        if contract == "linuxserver":
            return Image(name, None)
        config = shown.get("Config") or {}
        if (config.get("Labels") or {}).get(recipes.SESSION_LABEL) != recipes.CONTRACT:
            raise StartFailed(
                f"{name} is not a StreamSpace session image of version {recipes.CONTRACT}. Build it on the session "
                "image, or give the template its Debian packages."
            )
        command = config.get("Cmd") or []
        if not command:
            raise StartFailed(f"{name} names no command (CMD) to run as the application.")
        return Image(name, Debian(command=command))

    async def _once(self, name: str, work: Callable[[], Coroutine[Any, Any, str]]) -> str:
        """Do a piece of work that others may wait for too; who gives up leaves it to them, and to the next start."""
        task = self._under_way.get(name)
        if task is None:
            task = self._under_way[name] = asyncio.ensure_future(work())
            task.add_done_callback(lambda done: self._done(name, done))
        return await asyncio.shield(task)

    def _done(self, name: str, task: asyncio.Future[str]) -> None:
        self._under_way.pop(name, None)
        if not task.cancelled():
            task.exception()  # who waits for it raises it; perhaps nobody does any more

    async def close(self) -> None:
        """Break off what is under way."""
        for task in list(self._under_way.values()):
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _shown(self, name: str) -> dict[str, Any] | None:
        try:
            return await self._engine.client.images.inspect(name)
        except DockerError as error:
            if error.status != NOT_FOUND:
                raise
            return None

    # How they are made

    async def _make_base(self, say: Say) -> str:
        """Get Debian itself: from a registry, or else from its mirror."""
        try:
            await self._pull(self._base, say)
        except ImageUnavailable as refusal:
            if shutil.which("mmdebstrap") is None:
                raise ImageUnavailable(
                    f"{refusal} Without a registry, install mmdebstrap to have it made here."
                ) from None
            await say(f"{refusal} Making it here with mmdebstrap.")
            await self._bootstrap()
            return recipes.OWN_BASE
        return self._base

    async def _bootstrap(self) -> None:
        with tempfile.TemporaryDirectory(prefix="streamspace-base-") as folder:
            path = Path(folder) / "base.tar"
            process = await asyncio.create_subprocess_exec(
                *recipes.bootstrap_command(path), stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE
            )
            try:
                _, said = await process.communicate()
            except asyncio.CancelledError:
                process.terminate()
                await process.wait()
                raise
            if process.returncode != 0:
                tail = said.decode(errors="replace").strip()
                raise ImageUnavailable(
                    f"mmdebstrap failed: {tail.splitlines()[-1] if tail else ''}", log_tail=tail[-4000:]
                )
            await self._engine.import_image(path, recipes.OWN_BASE)

    async def _build(self, name: str, context: bytes, arguments: dict[str, str], say: Say) -> str:
        lines: list[str] = []
        steps: AsyncIterator[dict[str, Any]] = self._engine.client.images.build(
            fileobj=io.BytesIO(context),
            encoding="gzip",
            tag=name,
            buildargs=arguments,
            labels={IMAGE_LABEL: name.partition(":")[0]},
            forcerm=True,
            stream=True,
        )
        log.info("image_building", image=name, packages=arguments.get("PACKAGES"))
        try:
            async for line in _lines(steps):
                lines = [*lines[1 - _KEPT_LINES :], line]
                await say(line)
        except DockerError as error:
            raise _build_failure(name, error, lines) from None
        if self._shelf is not None:
            await self._shelf.used(name)
            await self._shelf.clear()
        return name

    async def _pull(self, name: str, say: Say) -> str:
        """Fetch an image, saying how far it is every few megabytes."""
        layers: dict[str, tuple[int, int]] = {}
        told = -_TELL_EVERY_BYTES
        await say(f"Pulling {name}")
        try:
            async for step in self._engine.client.images.pull(name, stream=True):
                detail = step.get("progressDetail") or {}
                if step.get("status") == "Downloading" and detail.get("total"):
                    layers[str(step.get("id"))] = (int(detail["current"]), int(detail["total"]))
                    so_far, size = (sum(numbers) for numbers in zip(*layers.values(), strict=True))
                    if so_far - told >= _TELL_EVERY_BYTES:
                        told = so_far
                        await say(f"Pulled {so_far // _MIB} of {size // _MIB} MiB of {len(layers)} layers")
        except DockerError as error:
            raise ImageUnavailable(_why_no_pull(name, error.message)) from None
        return name


async def _lines(steps: AsyncIterator[dict[str, Any]]) -> AsyncIterator[str]:
    """Yield what a build says by the line; the engine cuts anywhere."""
    text = ""
    async for step in steps:
        *whole, text = (text + str(step.get("stream", ""))).split("\n")
        for line in filter(None, map(_cleaned, whole)):
            yield line


def _cleaned(line: str) -> str:
    told = _COLOURS.sub("", line).strip()
    return "" if told.startswith(_QUIET) else told


def _build_failure(name: str, error: DockerError, lines: list[str]) -> PlatformError:
    said = "\n".join(lines)
    unknown = sorted({found.group(1) for found in _UNKNOWN_PACKAGE.finditer(said)})
    if unknown:
        return PackagesMissing(f"Debian has no packages of these names: {', '.join(unknown)}", log_tail=said)
    reason = next((line for line in reversed(lines) if line.startswith(("E: ", "ERROR: "))), error.message)
    return ImageUnavailable(f"The image {name} could not be built: {reason}", log_tail=said)


def _why_no_pull(name: str, said: str) -> str:
    lowered = said.casefold()
    if "denied" in lowered or "unauthorized" in lowered:
        why = "there is no such image, or this machine is not logged in to its registry"
    elif "not found" in lowered or "manifest unknown" in lowered:
        why = "its registry has no such image"
    elif any(
        word in lowered
        for word in ("timeout", "no such host", "refused", "unreachable", "tls", "x509", "eof", "lookup")
    ):
        why = "its registry cannot be reached from this machine"
    else:
        why = "its registry refused"
    return f"The image {name} could not be pulled: {why} ({said[:300]})."
