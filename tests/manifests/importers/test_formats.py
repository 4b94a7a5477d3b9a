"""Each format's fixture is written by us after the format; what comes out must be a template that a server takes."""

from pathlib import Path
from typing import Any

import pytest

from streamspace import manifests
from streamspace.manifests import importers
from streamspace.manifests.importers import Conversion
from streamspace.manifests.writing import write

FORMATS = Path(__file__).parents[1] / "formats"
FIXTURES = {
    "upstream.yaml": "template",
    "legacy.yaml": "template",
    "webapp.yaml": "template",
    "readme-vars.yml": "linuxserver",
    "linuxserver.json": "linuxserver",
    "workspace.json": "kasm",
    "list.json": "kasm",
    "compose.yaml": "compose",
    "devcontainer.json": "devcontainer",
    "paintbox.desktop": "desktop",
}


def converted(name: str, data: bytes | None = None) -> Conversion:
    return importers.convert((FORMATS / name).read_bytes() if data is None else data, name)


def spec(conversion: Conversion, number: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = conversion.manifests[number]["spec"]
    return found


@pytest.mark.parametrize("name", FIXTURES)
def test_a_format_is_recognised_by_its_content_and_its_name(name: str) -> None:
    data = (FORMATS / name).read_bytes()
    assert importers.recognised(data, name) == FIXTURES[name]
    if name != "devcontainer.json":
        assert importers.recognised(data, "download") == FIXTURES[name]


@pytest.mark.parametrize("name", FIXTURES)
def test_a_server_takes_what_comes_out(name: str) -> None:
    conversion = converted(name)
    assert conversion.manifests
    assert conversion.understood
    for manifest in conversion.manifests:
        reading = manifests.read(write(manifest).encode())
        assert reading.manifest is not None, reading.findings
        assert not manifests.errors(manifests.danger(reading))
        assert reading.raw == manifest


def test_of_a_strange_file_it_says_what_could_be_read() -> None:
    conversion = importers.convert(b"hello", "hello.txt")
    assert not conversion.manifests
    assert conversion.not_understood[0].startswith("It is none of: template, LinuxServer.io description, Kasm registry")


class TestTemplates:
    @pytest.mark.parametrize("name", ["upstream.yaml", "legacy.yaml", "webapp.yaml"])
    def test_lose_nothing(self, name: str) -> None:
        raw = manifests.read((FORMATS / name).read_bytes()).raw
        made = converted(name).manifests[0]
        assert made["metadata"] == raw["metadata"]
        assert made["apiVersion"] == raw["apiVersion"]
        assert {key: made["spec"][key] for key in raw["spec"]} == raw["spec"]

    def test_older_sections_are_explained_in_todays_words(self) -> None:
        assert spec(converted("legacy.yaml"))["imageContract"] == "linuxserver"

    def test_a_broken_one_is_refused_with_its_place(self) -> None:
        conversion = converted("x.yaml", b"apiVersion: stream.space/v1alpha1\nkind: Pod\n")
        assert not conversion.manifests
        assert any(line.startswith("2:7: error: kind") for line in conversion.not_understood)


class TestLinuxServer:
    def test_a_description_becomes_their_contract(self) -> None:
        conversion = converted("readme-vars.yml")
        made = spec(conversion)
        assert made["baseImage"] == "lscr.io/linuxserver/tonebox:latest"
        assert (made["imageContract"], made["streamingProtocol"]) == ("linuxserver", "http")
        assert made["ports"] == [{"name": "http", "containerPort": 3000, "protocol": "TCP"}]
        assert made["env"] == [{"name": "TZ", "value": "Europe/London"}]
        assert made["description"] == "Tonebox cuts sound, and  more."
        assert made["icon"] == "https://icons.example/tonebox.png"
        assert made["category"] == "Media"
        assert made["volumeMounts"] == [{"name": "user-home", "mountPath": "/config"}]

    def test_what_it_wants_of_its_host_is_not_given(self) -> None:
        missed = converted("readme-vars.yml").not_understood
        assert "security options: a session is never given that" in missed
        assert "the volume '/music': only the home is kept" in missed

    def test_of_a_list_only_those_with_a_desktop(self) -> None:
        conversion = converted("linuxserver.json")
        assert [manifest["metadata"]["name"] for manifest in conversion.manifests] == ["tonebox"]
        assert "tonebox: devices: a session is never given that" in conversion.not_understood
        assert "oldbox: it is deprecated" in conversion.not_understood
        assert "1 images are services without a desktop of their own" in conversion.not_understood


class TestKasm:
    def test_a_workspace_of_schema_1_0(self) -> None:
        conversion = converted("workspace.json")
        made = spec(conversion)
        assert made["baseImage"] == "registry.example/paintboxes/paint:develop"
        assert made["defaultResources"]["limits"] == {"memory": "2639Mi", "cpu": "2000m"}
        assert made["env"] == [{"name": "LC_ALL", "value": "de_DE.UTF-8"}]
        assert made["category"] == "Graphics"
        assert "run_config.cap_add: a session is never given that" in conversion.not_understood
        assert any("does not run such images yet" in line for line in conversion.not_understood)

    def test_a_list_of_schema_1_1(self) -> None:
        conversion = converted("list.json")
        assert [manifest["metadata"]["name"] for manifest in conversion.manifests] == ["paint", "paint-2"]
        made = spec(conversion)
        assert made["baseImage"] == "paintboxes/paint:1.18"
        assert made["icon"] == "https://registry.example/kasm/icons/paint%20box.png"
        assert made["defaultResources"]["limits"]["memory"] == "2768Mi"
        assert "A machine: it is a 'Server', no container" in conversion.not_understood
        assert "Nothing: it names no image" in conversion.not_understood
        assert "Paint: a graphics card: a session is never given one" in conversion.not_understood


class TestCompose:
    def test_each_service_with_an_image_and_a_port(self) -> None:
        conversion = converted("compose.yaml")
        assert [manifest["metadata"]["name"] for manifest in conversion.manifests] == ["paint", "notes"]
        assert "database: it has no port, so there is no page to show" in conversion.not_understood
        assert any(line.startswith("sources: it has no image") for line in conversion.not_understood)

    def test_variables_are_filled_in_as_compose_does(self) -> None:
        variables = {one["name"]: one["value"] for one in spec(converted("compose.yaml"))["env"]}
        assert variables == {"TZ": "Europe/Berlin", "KEY": "", "PRICE": "$5", "MODE": "on", "DEBUG": "true"}
        assert spec(converted("compose.yaml"), 1)["env"] == [{"name": "A", "value": "b=c"}]

    def test_ports_and_limits_are_those_inside(self) -> None:
        paint, notes = (spec(converted("compose.yaml"), number) for number in range(2))
        assert paint["ports"][0]["containerPort"] == 3000
        assert notes["ports"][0]["containerPort"] == 8080
        assert paint["defaultResources"]["limits"] == {"memory": "1536Mi", "cpu": "500m"}
        assert notes["defaultResources"]["limits"] == {"memory": "512Mi", "cpu": "2000m"}

    @pytest.mark.parametrize(
        "line",
        [
            "paint: privileged: a session is never given that",
            "paint: a network mode: a session is never given that",
            "paint: the socket '/var/run/docker.sock': a session is never given that",
            "paint: the volume '/data': only the home is kept",
            "paint: 'healthcheck' is left out",
            "paint: '${KEY}' has its value from somewhere else; it is left empty",
            "notes: the variable 'FROM_OUTSIDE' has its value from somewhere else",
        ],
    )
    def test_what_is_lost_is_said(self, line: str) -> None:
        assert line in converted("compose.yaml").not_understood


class TestDockerRun:
    LINE = (
        b"# as the manual says\n$ sudo docker run -d --name='paint box' -e PUID=1000 -eA=b=c --env \"B=c d\" \\\n"
        b"  -p 3000:3000 -p 9000:9000/udp -v /a:/config --shm-size=1gb -m 2g --cpus=1.5 --privileged "
        b"--security-opt seccomp=unconfined --network host -v /run/docker.sock:/x lscr.io/linuxserver/paint:3.0 --help"
    )

    def test_a_line_becomes_a_template(self) -> None:
        conversion = converted("manual.txt", self.LINE)
        made = spec(conversion)
        assert conversion.manifests[0]["metadata"]["name"] == "paint-box"
        assert made["baseImage"] == "lscr.io/linuxserver/paint:3.0"
        assert made["env"] == [{"name": "A", "value": "b=c"}, {"name": "B", "value": "c d"}]
        assert made["defaultResources"]["limits"] == {"memory": "2Gi", "cpu": "1500m"}
        assert made["volumeMounts"] == [{"name": "user-home", "mountPath": "/config"}]

    @pytest.mark.parametrize(
        "asked", ["privileged", "security options", "the network of its host", "the socket '/run/docker.sock'"]
    )
    def test_what_it_wants_of_its_host_is_not_given(self, asked: str) -> None:
        assert f"{asked}: a session is never given that" in converted("manual.txt", self.LINE).not_understood

    def test_a_line_that_is_cut_off_is_refused(self) -> None:
        assert not converted("x", b"docker run --name 'a").manifests
        assert not converted("x", b"docker run -d --name a").manifests
        assert not converted("x", b"docker run -e").manifests


class TestDevContainer:
    def test_comments_and_trailing_commas_are_read_over(self) -> None:
        conversion = converted("devcontainer.json")
        made = spec(conversion)
        assert made["displayName"] == 'Notes "// no comment"'
        assert made["ports"][0]["containerPort"] == 6080
        assert made["env"] == [{"name": "EDITOR", "value": "nano"}]
        assert made["defaultResources"]["limits"] == {"memory": "4Gi", "cpu": "2000m"}
        assert "options of docker run: a session is never given that" in conversion.not_understood
        assert any(line.startswith("postCreateCommand is not run") for line in conversion.not_understood)

    def test_what_is_built_from_sources_is_no_template(self) -> None:
        conversion = converted("devcontainer.json", b'{"name": "x", "build": {"dockerfile": "Dockerfile"}}')
        assert not conversion.manifests
        assert any("built from sources" in line for line in conversion.not_understood)


class TestDesktop:
    def test_an_entry_becomes_a_template(self) -> None:
        made = spec(converted("paintbox.desktop"))
        assert made["displayName"] == "Paintbox"
        assert made["description"] == "Draw pictures"
        assert made["category"] == "Graphics"
        assert made["capabilities"] == ["Network", "Clipboard"]
        assert made["tags"] == ["graphics", "2dgraphics", "network", "draw", "colour"]

    def test_a_command_is_what_a_desktop_would_run_without_a_file(self) -> None:
        assert spec(converted("paintbox.desktop"))["debian"]["command"] == [
            *("env", "MODE=a", "/opt/paint box/run", "--title", "Paintbox", "--quote", 'a "b" $HOME'),
            *("--icon", "paintbox", "--percent=100%", "--open="),
        ]

    def test_names_in_our_languages_are_kept(self) -> None:
        annotations = converted("paintbox.desktop").manifests[0]["metadata"]["annotations"]
        assert annotations == {
            "streamspace.dev/display-name.de": "Malkasten",
            "streamspace.dev/description.de": "Bilder malen",
        }

    def test_what_is_missing_is_said(self) -> None:
        missed = converted("paintbox.desktop").not_understood
        assert "it does not say which Debian package it comes from: add it to spec.debian.packages" in missed
        assert "'Strange' is left out" in missed

    def test_a_terminal_application_gets_a_terminal(self) -> None:
        made = spec(converted("top.desktop", b"[Desktop Entry]\nType=Application\nName=Top\nExec=top\nTerminal=true\n"))
        assert made["debian"]["command"][0] == "xfce4-terminal"
        assert made["debian"]["command"][-2:] == ["-x", "top"]
        assert made["debian"]["packages"] == ["xfce4-terminal"]

    @pytest.mark.parametrize(
        ("entry", "reason"),
        [
            (b"Type=Link\nName=x\nURL=https://a.example", "it is a 'Link', no application"),
            (b"Name=x\nExec=x\nHidden=true", "it is marked as deleted (Hidden)"),
            (b"Exec=x", "it has no name"),
            (b"Name=x", "it has no Exec"),
            (b"Name=x\nExec=%U", "its command has no words, or more than 40"),
            (b'Name=x\nExec="x', "a quotation mark in its Exec is not closed"),
            (b"", "it has no group [Desktop Entry]"),
        ],
    )
    def test_what_cannot_be_started_is_refused(self, entry: bytes, reason: str) -> None:
        conversion = converted("x.desktop", b"[Desktop Entry]\n" + entry + b"\n")
        assert (conversion.manifests, conversion.not_understood) == ((), (reason,))
