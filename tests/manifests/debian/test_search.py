from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streamspace.cli import apt
from streamspace.manifests.debian import Application, BadIndex, Index, read
from streamspace.manifests.debian.search import opened, slips
from tests.manifests.debian import archive

REAL = apt.metadata()
SHORT = st.text("abcd", max_size=6)


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return Index(read(archive.metadata(tmp_path)))


class TestSearch:
    @pytest.mark.parametrize(
        ("query", "packages"),
        [
            ("paintbox", ["paintbox"]),
            ("PAINT", ["paintbox"]),
            ("malkasten", ["paintbox"]),
            ("bilder", ["paintbox"]),
            ("brush", ["paintbox"]),
            ("draw pictures", ["notes", "paintbox"]),
            ("deep", ["deepchess"]),
            ("ches", ["deepchess"]),
            ("chses", ["deepchess"]),
            ("paimtbox", ["paintbox"]),
            ("board game", ["deepchess"]),
            ("games", ["deepchess"]),
            ("notes chess", []),
            ("zzzzzz", []),
            ("", []),
            ("!?", []),
        ],
    )
    def test_finds_by_what_people_type(self, index: Index, query: str, packages: list[str]) -> None:
        assert [one.package for one in index.search(query)] == packages

    def test_whose_name_it_is_comes_first(self) -> None:
        names = ["Gimp helper", "Gimp", "A tool like Gimp"]
        index = Index(Application(id=str(n), package=f"p{n}", name=name) for n, name in enumerate(names))
        assert [one.name for one in index.search("gimp")] == ["Gimp", "Gimp helper", "A tool like Gimp"]

    def test_an_accent_does_not_matter(self) -> None:
        index = Index([Application(id="a", package="aa", name="Café Größe")])
        assert index.search("cafe grosse")

    def test_one_is_found_by_package_id_or_entry(self, index: Index) -> None:
        for key in ("paintbox", "org.example.PaintBox", "org.example.paintbox.desktop", "PAINTBOX"):
            assert index.get(key) is index.applications[0]
        assert index.get("paint") is None

    def test_each_application_of_a_package_has_a_name_of_its_own(self) -> None:
        index = Index(
            [
                Application(id="files-rename.desktop", package="files", name="Rename"),
                Application(id="org.example.Files", package="files", name="Files"),
                Application(id="other", package="lib+x", name="Other"),
            ]
        )
        assert [index.name_of(one) for one in index.applications] == ["files-rename", "files", "lib-x"]

    @settings(deadline=None)
    @given(st.text(max_size=60))
    def test_no_query_raises(self, query: str) -> None:
        Index([Application(id="a", package="aa", name=query or "x")]).search(query)


class TestSlips:
    @pytest.mark.parametrize(
        ("one", "other", "count"),
        [("gimp", "gimp", 0), ("gmip", "gimp", 1), ("gip", "gimp", 1), ("gimmp", "gimp", 1), ("abc", "", 3)],
    )
    def test_counts_wrong_missing_doubled_and_swapped_letters(self, one: str, other: str, count: int) -> None:
        assert slips(one, other) == count

    @settings(deadline=None)
    @given(SHORT, SHORT)
    def test_is_the_same_both_ways(self, one: str, other: str) -> None:
        assert slips(one, other) == slips(other, one)
        assert (slips(one, other) == 0) == (one == other)


class TestCache:
    def _opened(self, source: Path, cache: Path) -> tuple[Index, list[str]]:
        said: list[str] = []
        return opened([source], cache, said.append), said

    def test_a_file_is_read_once(self, tmp_path: Path) -> None:
        source = archive.metadata(tmp_path)
        first, said = self._opened(source, tmp_path / "cache")
        second, said_again = self._opened(source, tmp_path / "cache")
        assert second.applications == first.applications
        assert (len(said), len(said_again)) == (1, 0)

    def test_a_newer_file_is_read_again_and_the_older_index_goes(self, tmp_path: Path) -> None:
        source = archive.metadata(tmp_path)
        self._opened(source, tmp_path / "cache")
        archive.metadata(tmp_path, archive.CHESS.replace("deepchess", "flatchess"))
        index, _ = self._opened(source, tmp_path / "cache")
        assert index.get("flatchess")
        assert len(list((tmp_path / "cache").iterdir())) == 1

    def test_a_damaged_index_is_made_anew(self, tmp_path: Path) -> None:
        source = archive.metadata(tmp_path)
        self._opened(source, tmp_path / "cache")
        for path in (tmp_path / "cache").iterdir():
            path.write_text('{"id": "a"}\nnonsense')
        assert len(self._opened(source, tmp_path / "cache")[0]) == 3

    def test_metadata_without_applications_are_no_index(self, tmp_path: Path) -> None:
        source = tmp_path / "Components-amd64.yml"
        source.write_text(archive.HEAD)
        with pytest.raises(BadIndex, match="no application"):
            self._opened(source, tmp_path / "cache")


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return opened(REAL, tmp_path_factory.getbasetemp().parent / "debian", lambda _: None)


@pytest.mark.skipif(not REAL, reason="apt has no AppStream metadata here (apt-get install appstream && apt-get update)")
class TestRealDebian:
    def test_has_as_many_applications_as_debian_says(self, real: Index) -> None:
        assert len(real) > 1500
        assert sum(bool(one.desktop_id) for one in real.applications) > 0.95 * len(real)
        assert sum(one.icon.startswith("https://") for one in real.applications) > 0.6 * len(real)

    def test_gives_each_a_name_of_its_own(self, real: Index) -> None:
        names = [real.name_of(one) for one in real.applications]
        assert len(set(names)) > 0.99 * len(names)

    @pytest.mark.parametrize(
        ("query", "package"),
        [("gimp", "gimp"), ("gmip", "gimp"), ("inkscpae", "inkscape"), ("vlc", "vlc"), ("bildbearbeitung", "showfoto")],
    )
    def test_finds_well_known_ones(self, real: Index, query: str, package: str) -> None:
        assert real.search(query, 1)[0].package == package

    def test_is_quick(self, real: Index) -> None:
        began = process_time()
        for query in ("gimp", "music player", "inkscpae", "e", "image editor", "zzzzzzzz"):
            real.search(query)
        assert process_time() - began < 6 * 0.25
