import gzip
import io
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streamspace.manifests.debian import Application, BadIndex, Screenshot, dep11, read
from tests.manifests.debian import archive

MEGABYTES = 3


@pytest.mark.parametrize("suffix", [".gz", ".xz", ""])
def test_reads_applications_however_they_are_compressed(tmp_path: Path, suffix: str) -> None:
    found = list(read(archive.metadata(tmp_path, suffix=suffix)))
    assert [one.package for one in found] == ["paintbox", "deepchess", "notes"]


def test_reads_what_the_catalog_shows(tmp_path: Path) -> None:
    one = next(iter(read(archive.metadata(tmp_path))))
    assert one == Application(
        id="org.example.PaintBox",
        package="paintbox",
        name="Paint Box",
        summary="Draw pictures",
        description="Draws <pictures> in colour.\n\nIt has:\n\n- pens\n- brushes",
        categories=("Graphics", "2DGraphics", "Network"),
        keywords=("colour", "brush"),
        desktop_id="org.example.PaintBox.desktop",
        binaries=("paintbox",),
        icon="https://media.example/test/org/example/PaintBox/icons/128x128/a%20b.png",
        icon_name="paintbox_paintbox.png",
        screenshots=(
            Screenshot(
                "https://media.example/test/org/example/PaintBox/screenshots/1_orig.png",
                "https://media.example/test/org/example/PaintBox/screenshots/1_624x351.png",
            ),
        ),
        homepage="https://paint.example/",
        license="GPL-3.0+",
        translations={"de": {"name": "Malkasten", "summary": "Bilder malen"}},
    )
    assert one.category == "Graphics"


def test_a_desktop_id_is_the_name_of_a_file(tmp_path: Path) -> None:
    assert list(read(archive.metadata(tmp_path)))[2].desktop_id == "notes.desktop"


@pytest.mark.parametrize(
    "document",
    [
        "---\nType: desktop-application\nID: a\nPackage: --force\nName: {C: A}\n",
        "---\nType: desktop-application\nID: a\nPackage: a\nName: {de: A}\n",
        "---\nType: desktop-application\nID: a\nPackage: [a]\nName: {C: A}\n",
        "---\nType: desktop-application\nID: a\nPackage: aa\nName: !!python/name:os.system {C: A}\n",
        "---\nType: desktop-application\nID: a\nPackage: aa\nName: {C: &a A}\nSummary: {C: *a}\n",
        "---\nType: desktop-application\n  Package: - [\n",
        "---\nType: desktop-application\nCategories: " + "[" * 5000 + "\n",
        "---\nType: desktop-application\nPackage: aa\nName: {C: " + "x" * 600_000 + "}\n",
        "---\n[1, 2]\n",
        "---\n---\n",
    ],
)
def test_a_damaged_component_does_not_spoil_the_rest(tmp_path: Path, document: str) -> None:
    path = archive.metadata(tmp_path, document, "---\nType: desktop-application\nID: z\nPackage: zz\nName: {C: Z}\n")
    assert [one.package for one in read(path)] == ["paintbox", "deepchess", "notes", "zz"]


@pytest.mark.parametrize("base", ["http://media.example", "file:///etc", "javascript:alert(1)", "[1]"])
def test_pictures_come_over_tls_alone(tmp_path: Path, base: str) -> None:
    head = archive.HEAD.replace("https://media.example/test", base)
    one = next(iter(read(archive.metadata(tmp_path, head=head))))
    assert (one.icon, one.screenshots) == ("", ())


@pytest.mark.parametrize("data", [b"", b"hello", b"---\nFile: other\n", b"---\n- a\n"])
def test_another_kind_of_file_is_refused(data: bytes) -> None:
    with pytest.raises(BadIndex, match="header"):
        list(dep11.applications(io.BytesIO(data)))


def test_a_file_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    path = archive.metadata(tmp_path)
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(BadIndex, match="cannot be read"):
        list(read(path))


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    path = tmp_path / "Components-amd64.yml.gz"
    one = archive.ADDON.replace("C: Brushes", f"C: {'x' * 2000}")
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(archive.HEAD.encode())
        for _ in range(12):
            file.write(one.encode() * 500)
    tracemalloc.start()
    try:
        assert list(read(path)) == []
        assert tracemalloc.get_traced_memory()[1] < MEGABYTES * 1024**2
    finally:
        tracemalloc.stop()


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dep11, "MAX_BYTES", 1024**2)
    path = tmp_path / "Components-amd64.yml.gz"
    path.write_bytes(gzip.compress(archive.HEAD.encode() + b"x" * 2 * 1024**2))
    with pytest.raises(BadIndex, match="more than 1 MB"):
        list(read(path))


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    try:
        for one in dep11.applications(io.BytesIO(archive.HEAD.encode() + b"---\nType: desktop-application\n" + data)):
            assert one.package
    except BadIndex:
        pass
