import io

import pytest

from streamspace import manifests
from streamspace.manifests.debian import Application, applications, packages
from streamspace.manifests.debian.dep11 import applications as listed
from streamspace.manifests.writing import write
from tests.manifests.debian import archive

PATH = "./usr/share/applications/org.example.PaintBox.desktop"


@pytest.fixture
def paintbox() -> Application:
    return next(iter(listed(io.BytesIO((archive.HEAD + archive.PAINTBOX).encode()))))


class TestTemplate:
    def test_is_one_that_a_server_takes(self, paintbox: Application) -> None:
        conversion = applications.convert(paintbox, archive.ENTRY)
        reading = manifests.read(write(conversion.manifests[0]).encode())
        assert reading.manifest is not None
        assert not (*reading.findings, *manifests.danger(reading))
        spec = reading.manifest.spec
        assert reading.manifest.metadata.name == "paintbox"
        assert spec.debian is not None
        assert spec.debian.command == ["paintbox", "--new"]
        assert spec.debian.packages == ["paintbox", "fonts-noto-core", "dbus-daemon", "breeze-icon-theme"]
        assert spec.display_name == "Paint Box"
        assert spec.icon == paintbox.icon
        assert spec.capabilities == ["Network", "Clipboard"]
        assert spec.home_url == "https://paint.example/"
        assert reading.manifest.metadata.annotations["streamspace.dev/display-name.de"] == "Malkasten"
        assert conversion.not_understood == ()

    def test_without_an_entry_the_command_is_a_guess_and_says_so(self, paintbox: Application) -> None:
        conversion = applications.convert(paintbox, None)
        assert conversion.manifests[0]["spec"]["debian"]["command"] == ["paintbox"]
        assert conversion.not_understood == ("the command is a guess: the only program that the metadata name",)

    def test_where_nothing_can_be_guessed_there_is_none(self) -> None:
        one = Application(id="a", package="aa", name="A", binaries=("a", "b"))
        assert not applications.convert(one, None).manifests
        assert not applications.convert(one, b"\xff").manifests
        assert not applications.convert(one, b"[Desktop Entry]\nType=Link\nName=x\n").manifests

    def test_survives_being_kept(self, paintbox: Application) -> None:
        assert Application.from_json(paintbox.as_json()) == paintbox


class TestPackage:
    def test_an_entry_is_taken_out_of_a_package(self) -> None:
        data = archive.tar({"./usr/bin/paintbox": b"x" * 5000, PATH: archive.ENTRY, "./usr/share/z": b"z"})
        assert packages.desktop_entry(io.BytesIO(data), "org.example.PaintBox.desktop") == archive.ENTRY

    def test_another_entry_is_not(self) -> None:
        elsewhere = "./usr/share/doc/org.example.PaintBox.desktop"
        data = archive.tar({elsewhere: b"x", "./usr/share/applications/b.desktop": b"y"})
        assert packages.desktop_entry(io.BytesIO(data), "org.example.PaintBox.desktop") is None

    def test_a_link_is_not_followed(self) -> None:
        data = archive.tar({}, links={PATH: "/etc/passwd"})
        assert packages.desktop_entry(io.BytesIO(data), "org.example.PaintBox.desktop") is None

    def test_a_huge_one_is_left_alone(self) -> None:
        data = archive.tar({PATH: b"x" * 300_000})
        assert packages.desktop_entry(io.BytesIO(data), "org.example.PaintBox.desktop") is None

    @pytest.mark.parametrize("data", [b"", b"hello", b"\x00" * 2000, archive.tar({PATH: archive.ENTRY})[:530]])
    def test_a_damaged_archive_holds_nothing(self, data: bytes) -> None:
        assert packages.desktop_entry(io.BytesIO(data), "org.example.PaintBox.desktop") is None

    def test_a_picture_is_taken_out_of_an_archive_of_icons(self) -> None:
        data = archive.tar({"./64x64/a_a.png": b"a", "64x64/paintbox_paintbox.png": b"png"})
        assert packages.icon(io.BytesIO(data), "paintbox_paintbox.png") == b"png"
