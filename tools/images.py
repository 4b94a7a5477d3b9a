"""`./dev images [TEMPLATE …]`: build the session image, and those of templates, on this machine's engine beforehand."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import yaml

from streamspace.platforms.base import PlatformError, ToolMissing
from streamspace.platforms.docker import engine as engines
from streamspace.platforms.docker.engine import Engine
from streamspace.platforms.docker.images import Images
from streamspace.protocol.manifest import TemplateManifest

CATALOG = Path(__file__).parents[1] / "catalog" / "templates"
MEGABYTE = 1000**2


def manifests(names: list[str]) -> list[TemplateManifest]:
    """Return the catalog's templates of these names, or all for `all`.

    Raises:
        ToolMissing: the catalog has no template of a name.
    """
    found = {path.stem: path for path in sorted(CATALOG.glob("*/*.yaml"))}
    wanted = list(found) if names == ["all"] else names
    if unknown := [name for name in wanted if name not in found]:
        raise ToolMissing(f"The catalog has no template {', '.join(unknown)}; it has {', '.join(found)}.")
    return [TemplateManifest.model_validate(yaml.safe_load(found[name].read_text())) for name in wanted]


async def build(names: list[str]) -> None:
    """Build what is missing and print what there is."""
    engine = Engine(engines.socket_path())
    images = Images(engine)
    try:
        with engines.sentences():
            await _tell(engine, "session", await images.ensure_session_image(_show))
            for manifest in manifests(names):
                image = await images.ensure(manifest.spec, _nothing, _show)
                await _tell(engine, manifest.metadata.name, image.name)
    finally:
        await images.close()
        await engine.close()


async def _tell(engine: Engine, what: str, image: str) -> None:
    size = (await engine.client.images.inspect(image))["Size"]
    print(f"{what:<16} {size / MEGABYTE:6.0f} MB  {image}", flush=True)


async def _show(line: str) -> None:
    print(f"  {line}", file=sys.stderr, flush=True)


async def _nothing() -> None:
    """Nobody waits."""


def main() -> int:
    """Build; a reason instead of a trace when that is not possible."""
    try:
        asyncio.run(build(sys.argv[1:]))
    except PlatformError as error:
        print(f"{error}\n{error.log_tail}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
