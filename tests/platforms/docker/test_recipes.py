"""The images' recipes and what containers are asked for, without an engine."""

from __future__ import annotations

import io
import re
import tarfile
import tomllib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from streamspace.platforms.base import PackagesMissing
from streamspace.platforms.docker import containers, images, networks, recipes
from streamspace.platforms.local.records import Record

ROOT = Path(__file__).parents[3]


def test_the_engines_versions_are_those_that_were_tested() -> None:
    pinned = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["uv"]["constraint-dependencies"]
    tested = dict(entry.split(" ;")[0].split("==") for entry in pinned if ";" not in entry)
    wanted = dict(
        line.split("==") for line in (ROOT / "images/base/requirements.txt").read_text().splitlines() if "==" in line
    )
    assert wanted["selkies"] == tested["selkies"]
    assert {name: version for name, version in wanted.items() if tested.get(name, version) != version} == {}


def test_the_context_has_what_runs_inside_and_nothing_else_of_ours() -> None:
    names = set()
    for context in (recipes.base_context(), recipes.session_context()):
        with tarfile.open(fileobj=io.BytesIO(context)) as archive:
            names |= set(archive.getnames())
    assert {"Dockerfile", "requirements.txt", "authorities.crt"} <= names
    code = {name for name in names if name.startswith("streamspace/")}
    assert "streamspace/platforms/inside/contained.py" in code
    inside = re.compile(r"streamspace/platforms/(inside/|process/page/|process/pages\.py)")
    assert [name for name in code if not inside.match(name)] == []


def test_an_images_name_follows_its_packages_and_not_their_order() -> None:
    first = recipes.application_tag("session:1", ["xterm", "nano"])
    assert first == recipes.application_tag("session:1", ["nano", "xterm", "nano"])
    assert first != recipes.application_tag("session:1", ["nano"])
    assert first != recipes.application_tag("session:2", ["nano", "xterm"])
    assert recipes.session_tag("debian:12") != recipes.session_tag("debian:13")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("dial tcp: lookup registry.example: no such host", "cannot be reached"),
        ("Get https://registry.example/v2/: net/http: TLS handshake timeout", "cannot be reached"),
        ("pull access denied for x, repository does not exist or may require 'docker login'", "not logged in"),
        ("manifest for x:9 not found: manifest unknown", "has no such image"),
        ("toomanyrequests", "refused"),
    ],
)
def test_a_refused_pull_is_explained(said: str, why: str) -> None:
    sentence = images._why_no_pull("x:9", said)
    assert why in sentence
    assert said in sentence


def test_unknown_packages_are_named_from_what_apt_said() -> None:
    said = ["E: Unable to locate package nothing", "E: Package 'nope' has no installation candidate"]
    failure = images._build_failure("image", images.DockerError(0, "code 100"), said)
    assert isinstance(failure, PackagesMissing)
    assert str(failure).endswith("nope, nothing")


async def test_what_a_build_says_is_read_by_the_line() -> None:
    async def steps() -> AsyncIterator[dict[str, Any]]:
        for part in ("Step 1", "/2 : FROM x\n ---> abc\n\x1b[91mE", ": no", "\x1b[0m\n", ""):
            yield {"stream": part}

    assert [line async for line in images._lines(steps())] == ["Step 1/2 : FROM x", "E: no"]


def test_a_container_gets_no_privilege_whatever_the_template_asks(tmp_path: Path) -> None:
    record = Record(
        session_id="s",
        user_id="u",
        org_id="o",
        template="t",
        cpu_millicores=1000,
        memory_bytes=1,
        persistent_home=True,
        network=False,
        owner=1_900_000_000,
    )
    asked = containers.body(
        record,
        image="i",
        home="h",
        network=None,
        run=tmp_path,
        labels={},
        etc=containers.write_accounts(tmp_path, 1),
    )
    host = asked["HostConfig"]
    assert (host["CapDrop"], host["Privileged"], host["ReadonlyRootfs"]) == (["ALL"], False, True)
    assert host["SecurityOpt"] == ["no-new-privileges"]
    assert host["NetworkMode"] == "none"
    assert host["Memory"] == host["MemorySwap"] > 1
    assert "CapAdd" not in host
    assert all(mount.get("ReadOnly") or mount["Type"] == "volume" for mount in host["Mounts"])


@pytest.mark.parametrize(
    ("options", "owner"),
    [(["name=seccomp,profile=default"], 1_900_000_007), (["name=userns"], 1000), (["name=rootless"], 1000)],
)
def test_an_engine_that_maps_users_gets_the_images_own(options: list[str], owner: int) -> None:
    assert containers.owner_of(1_900_000_007, {"SecurityOptions": options}) == owner


def test_a_bridges_name_is_not_too_long_for_the_kernel() -> None:
    options = networks._body("n", "0123456789ab", "agent", "198.18.0.0/29")["Options"]
    interface = options["com.docker.network.bridge.name"]
    assert len(interface) <= 15
    assert interface.startswith(networks._BRIDGES)


async def test_without_the_machines_filter_there_is_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(networks, "filter_available", lambda: False)
    with pytest.raises(networks.ToolMissing, match="nftables"):
        await networks.guard()
