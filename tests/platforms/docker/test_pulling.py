"""Images that are pulled, from a real registry on this machine, and those that go again."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from streamspace.platforms.docker import recipes
from streamspace.platforms.docker.engine import Engine
from streamspace.platforms.docker.images import Images, ImageUnavailable
from streamspace.platforms.docker.shelf import IMAGE_LABEL, Shelf
from streamspace.protocol.manifest import Spec

SIZE = 40 * 1024**2
CONFIGURATION = """
version: 0.1
log: {{level: error}}
storage: {{filesystem: {{rootdirectory: {root}}}}}
http: {{addr: "127.0.0.1:{port}"}}
"""


@pytest.fixture(scope="session")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A registry that is empty; the engine takes one of this machine without TLS."""
    program = shutil.which("docker-registry")
    assert program is not None, "apt install docker-registry"
    folder = tmp_path_factory.mktemp("registry")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = folder / "config.yml"
    settings.write_text(CONFIGURATION.format(root=folder / "data", port=port))
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([program, "serve", str(settings)], stdout=log, stderr=log)
        yield f"127.0.0.1:{port}"
        process.terminate()
        process.wait(10)


async def built(engine: Engine, folder: Path, name: str, lines: str, *, filling: int) -> None:
    """Build an image of so many bytes that nothing compresses."""
    folder.mkdir()
    (folder / "Dockerfile").write_text(f"FROM scratch\nCOPY filling /\n{lines}\n")
    (folder / "filling").write_bytes(os.urandom(filling))
    archive = shutil.make_archive(f"{folder}.context", "tar", folder)
    with Path(archive).open("rb") as context:
        steps = engine.client.images.build(fileobj=context, encoding="identity", tag=name, stream=True)
        said = [step async for step in steps]
    assert not any("error" in step for step in said), said


async def published(engine: Engine, registry: str, folder: Path, name: str, lines: str) -> str:
    """Build an image, push it, and remove it here."""
    whole = f"{registry}/{name}:1"
    await built(engine, folder, whole, lines, filling=SIZE)
    async for step in engine.client.images.push(whole, stream=True):
        assert "error" not in step, step
    await engine.remove_image(whole)
    return whole


class Heard:
    """What somebody who waits for an image hears."""

    def __init__(self) -> None:
        self.waited = False
        self.lines: list[str] = []

    async def wait(self) -> None:
        self.waited = True

    async def say(self, line: str) -> None:
        self.lines.append(line)


def spec_of(image: str) -> Spec:
    return Spec(display_name="Pulled", base_image=image)


async def test_a_session_image_is_pulled_once_and_says_how_far_it_is(
    engine: Engine, registry: str, tmp_path: Path
) -> None:
    lines = f'LABEL {recipes.SESSION_LABEL}={recipes.CONTRACT}\nCMD ["/bin/app", "--now"]'
    name = await published(engine, registry, tmp_path / "image", "pulled", lines)
    heard = Heard()
    try:
        image = await Images(engine).ensure(spec_of(name), heard.wait, heard.say)
        assert (image.name, image.debian.command) == (name, ["/bin/app", "--now"])
        assert heard.waited
        assert heard.lines[0] == f"Pulling {name}"
        assert any(line.startswith("Pulled ") and line.endswith(" of 40 MiB of 1 layers") for line in heard.lines[1:])
        again = Heard()
        await Images(engine).ensure(spec_of(name), again.wait, again.say)
        assert not again.waited
    finally:
        await engine.remove_image(name)


async def test_an_image_of_another_kind_is_refused_with_what_to_do(
    engine: Engine, registry: str, tmp_path: Path
) -> None:
    name = await published(engine, registry, tmp_path / "image", "foreign", 'CMD ["/bin/app"]')
    heard = Heard()
    with pytest.raises(Exception, match="is not a StreamSpace session image"):
        await Images(engine).ensure(spec_of(name), heard.wait, heard.say)
    await engine.remove_image(name)


@pytest.mark.parametrize(
    ("name", "why"),
    [("{registry}/nothing-here:1", "has no such image"), ("127.0.0.1:9/nothing:1", "cannot be reached")],
)
async def test_a_pull_that_fails_says_why(engine: Engine, registry: str, name: str, why: str) -> None:
    heard = Heard()
    with pytest.raises(ImageUnavailable, match=why):
        await Images(engine).ensure(spec_of(name.format(registry=registry)), heard.wait, heard.say)


class TestShelf:
    async def test_an_image_nobody_used_for_long_goes_and_one_a_container_needs_stays(
        self, engine: Engine, tmp_path: Path
    ) -> None:
        shelf = Shelf(engine, tmp_path / "notes", timedelta(days=1))
        names = {which: f"streamspace/test-{which}:1" for which in ("old", "fresh", "needed", "foreign")}
        for which, name in names.items():
            label = "other.label" if which == "foreign" else IMAGE_LABEL
            lines = f'LABEL {label}={which}\nCMD ["/bin/{which}"]'
            await built(engine, tmp_path / which, name, lines, filling=1)
        container = await engine.client.containers.create({"Image": names["needed"]})
        try:
            await shelf.used(*names.values())
            for which in ("old", "needed"):
                os.utime(tmp_path / "notes" / names[which].replace("/", "+"), (0, 0))
            assert await shelf.clear() == [names["old"]]
            assert await shelf.clear() == []
            left = {name for image in await engine.images(IMAGE_LABEL) for name in image["RepoTags"] or []}
            assert left & set(names.values()) == {names["fresh"], names["needed"]}
        finally:
            await container.delete(force=True)
            for name in set(names.values()) - {names["old"]}:
                await engine.remove_image(name)

    async def test_one_never_seen_before_has_its_time_yet(self, engine: Engine, tmp_path: Path) -> None:
        name = "streamspace/test-new:1"
        await built(engine, tmp_path / "image", name, f"LABEL {IMAGE_LABEL}=new", filling=1)
        assert await Shelf(engine, tmp_path / "notes", timedelta(days=1)).clear() == []
        await engine.remove_image(name)
