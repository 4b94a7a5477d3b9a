"""In containers too: a desktop over VNC, a web application, and an image of LinuxServer's kind."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from streamspace.platforms.base import SessionSpec, StartFailed, State
from streamspace.platforms.docker import DockerPlatform, recipes
from streamspace.platforms.docker.engine import Engine
from streamspace.platforms.docker.images import Images
from streamspace.protocol.manifest import TemplateManifest
from streamspace.protocol.policies import Policy
from tests.platforms.docker.conftest import clean
from tests.platforms.docker.inside import home, script_spec
from tests.platforms.process.inside import STAYS, eventually, ignore
from tests.platforms.process.test_serving import SERVER, get
from tools import docker

pytestmark = [pytest.mark.docker, pytest.mark.timeout(400)]
LOOK_ALIKE = "streamspace-test/linuxserver:1"
INIT = """#!/bin/sh
# As s6's init does: begin as root, make the user of PUID, hand /config over, drop to it, serve on port 3000.
set -e
[ "$(id -u)" = 0 ]
sed -i "s/^abc:.*/abc:x:$PUID:$PGID::\\\\/config:\\\\/bin\\\\/sh/" /etc/passwd
chown -R "$PUID:$PGID" /config
mkdir -p "/srv/web$SUBFOLDER"
page="/srv/web$SUBFOLDER/index.html"
echo "$TITLE at $SUBFOLDER in $TZ as $PUID" > "$page"
env | grep -c -E '^(CUSTOM_USER|PASSWORD)=' >> "$page" || true
exec setpriv --reuid="$PUID" --regid="$PGID" --clear-groups sh -c '
  echo kept >> /config/starts
  grep -E "^(CapEff|NoNewPrivs|Seccomp):" /proc/self/status > /config/status
  exec python3 -m http.server 3000 --bind 0.0.0.0 --directory /srv/web'
"""
RECIPE = """ARG BASE
FROM ${BASE}
USER 0:0
COPY init /init
RUN chmod 755 /init && echo 'abc:x:911:911::/config:/bin/sh' >> /etc/passwd && mkdir -p /config
LABEL streamspace.session=
ENV PUID= PGID=
WORKDIR /
HEALTHCHECK NONE
ENTRYPOINT ["/init"]
"""


@pytest.fixture
async def look_alike(engine: Engine) -> str:
    """An image of LinuxServer's contract, which no registry here has: ours, with an init like theirs."""
    images = Images(engine)
    base = await images.ensure_session_image(ignore)
    context = recipes._packed([("Dockerfile", RECIPE.encode()), ("init", INIT.encode())])
    return await images._build(LOOK_ALIKE, context, {"BASE": base}, ignore)


@pytest.fixture
async def generous(running: docker.Running, tmp_path: Path) -> AsyncIterator[DockerPlatform]:
    """A platform whose operator allows images that start as root."""
    platform = DockerPlatform(tmp_path, socket=running.socket, allow_root_images=True)
    yield platform
    await clean(platform)


def linuxserver(session_id: str = "ann-lsio-00000001", **spec: Any) -> SessionSpec:
    template = {
        "apiVersion": "stream.space/v1alpha1",
        "kind": "Template",
        "metadata": {"name": "lsio"},
        "spec": {
            "displayName": "Look-alike",
            "baseImage": LOOK_ALIKE,
            "imageContract": "linuxserver",
            "streamingProtocol": "http",
            "appType": "webapp",
            "env": [{"name": "TZ", "value": "Europe/Berlin"}, {"name": "PASSWORD", "value": "in the way"}],
            **spec,
        },
    }
    return SessionSpec(
        session_id=session_id,
        user="ann",
        user_id="user-1",
        org_id="org-1",
        manifest=TemplateManifest.model_validate(template),
        cpu_millicores=1000,
        memory_bytes=1024**3,
    )


async def page(platform: DockerPlatform, spec: SessionSpec) -> str:
    endpoint = await platform.endpoint(spec.session_id, "controller")
    assert endpoint.protocol == "http"
    return await get(endpoint.path, f"/s/{spec.session_id}/")


async def test_a_vnc_desktop_answers_in_a_container(platform: DockerPlatform) -> None:
    spec = script_spec("ann-vnc-00000001", STAYS, streamingProtocol="vnc")
    await platform.start(spec, ignore)
    endpoint = await platform.endpoint(spec.session_id, "controller")
    reader, writer = await asyncio.open_unix_connection(endpoint.path)
    assert await reader.readexactly(12) == b"RFB 003.008\n"
    writer.close()
    assert platform.role_of(spec.session_id, endpoint.query["token"]) == "controller"


async def test_a_web_application_needs_no_network_to_be_reached(platform: DockerPlatform) -> None:
    script = f'mkdir -p ~/web$SUBFOLDER && echo "hello $STREAMSPACE_PORT" > ~/web$SUBFOLDER/index.html; {SERVER}'
    spec = script_spec("ann-web-00000001", script, streamingProtocol="http", ports=[{"containerPort": 8123}])
    await platform.start(spec, ignore)
    assert await page(platform, spec) == "hello 8123\n"
    await platform.hibernate(spec.session_id)
    await platform.wake(spec, ignore)
    assert await page(platform, spec) == "hello 8123\n"


class TestLinuxServer:
    async def test_an_image_that_follows_the_contract_runs_with_what_it_needs_and_no_more(
        self, generous: DockerPlatform, look_alike: str
    ) -> None:
        del look_alike
        spec = linuxserver()
        await generous.start(spec, ignore)
        owner = generous._sessions[spec.session_id].record
        assert owner is not None
        assert await page(generous, spec) == (
            f"Look-alike at /s/ann-lsio-00000001/ in Europe/Berlin as {owner.owner}\n0\n"
        )
        folder = await home(generous, spec)
        await eventually((folder / "status").exists)
        assert (folder / "status").stat().st_uid == owner.owner
        status = dict(line.split(":\t") for line in (folder / "status").read_text().splitlines())
        assert status == {"CapEff": "0000000000000000", "NoNewPrivs": "1", "Seccomp": "2"}
        shown = await generous._engine.container(generous._sessions[spec.session_id].name)
        assert shown is not None
        host = shown["HostConfig"]
        assert set(host["CapAdd"]) == {"CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"}
        assert host["CapDrop"] == ["ALL"]
        assert (host["NetworkMode"], host["PortBindings"] or {}, host["Privileged"]) == ("none", {}, False)
        assert [mount["Destination"] for mount in shown["Mounts"]] == ["/config"]

    async def test_it_hibernates_wakes_and_leaves_nothing(
        self, generous: DockerPlatform, engine: Engine, look_alike: str
    ) -> None:
        del look_alike
        spec = linuxserver()
        await generous.start(spec, ignore)
        view = (await generous.inventory())[0]
        assert view.state is State.RUNNING
        assert view.idle_seconds is not None
        beside = relays()
        assert len(beside) == 1
        await generous.hibernate(spec.session_id)
        await eventually(lambda: relays() == [])
        await generous.wake(spec, ignore)
        assert "Look-alike" in await page(generous, spec)
        assert (await home(generous, spec) / "starts").read_text() == "kept\nkept\n"
        await generous.stop(spec.session_id)
        await eventually(lambda: relays() == [])
        assert await engine.containers("streamspace.agent") == []

    async def test_the_relay_outlives_the_agent_and_gave_its_rights_away(
        self, running: docker.Running, tmp_path: Path, look_alike: str
    ) -> None:
        del look_alike
        spec = linuxserver()
        first = DockerPlatform(tmp_path, socket=running.socket, allow_root_images=True)
        await first.start(spec, ignore)
        await first.close()
        second = DockerPlatform(tmp_path, socket=running.socket, allow_root_images=True)
        try:
            assert [view.state for view in await second.inventory()] == [State.RUNNING]
            assert "Look-alike" in await page(second, spec)
            (pid,) = relays()
            status = dict(line.split(":\t") for line in Path(f"/proc/{pid}/status").read_text().splitlines())
            assert status["CapEff"] == "0000000000000000"
            assert "0" not in status["Uid"].split()
        finally:
            await clean(second)

    async def test_without_the_operators_leave_it_does_not_start(
        self, platform: DockerPlatform, engine: Engine, look_alike: str
    ) -> None:
        del look_alike
        with pytest.raises(StartFailed, match="allow_root_images"):
            await platform.start(linuxserver(), ignore)
        assert await engine.containers("streamspace.agent") == []

    async def test_a_policy_that_nothing_could_enforce_keeps_it_from_starting(self, generous: DockerPlatform) -> None:
        spec = replace(linuxserver(), policy=Policy(download=False))
        with pytest.raises(StartFailed, match="nothing can keep a web application to that"):
            await generous.start(spec, ignore)


def relays() -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if b'".beside"' in path.read_bytes():
                found.append(int(path.parent.name))
    return found


def test_the_contract_goes_with_a_web_page_and_nothing_else() -> None:
    for wrong in ({"streamingProtocol": "selkies"}, {"debian": {"command": ["x"]}}):
        with pytest.raises(ValueError, match="imageContract linuxserver"):
            linuxserver(**wrong)
    assert json.loads(linuxserver().manifest.model_dump_json(by_alias=True))["spec"]["imageContract"] == "linuxserver"
