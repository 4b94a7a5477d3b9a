"""A home is a tree that nothing leads out of."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streamspace.platforms.inside import filetree
from streamspace.platforms.inside.filenames import LONGEST_NAME, LONGEST_PATH, Problem, check_new, parts_of
from streamspace.platforms.inside.filetree import Tree

SECRET = b"not the home's"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    place = tmp_path / "home"
    (place / "Documents").mkdir(parents=True)
    (place / "Documents" / "letter.txt").write_bytes(b"dear")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "secret").write_bytes(SECRET)
    return place


@pytest.fixture
def tree(home: Path) -> Iterator[Tree]:
    made = Tree(str(home))
    yield made
    made.close()


def read(tree: Tree, path: str) -> bytes:
    descriptor = tree.open(parts_of(path))
    with os.fdopen(descriptor, "rb") as file:
        return file.read()


def code_of(tree: Tree, path: str) -> str:
    with pytest.raises(Problem) as caught:
        read(tree, path)
    return caught.value.code


class TestNames:
    @pytest.mark.parametrize("path", ["..", "a/../b", ".", "a/./b", "a\0b", "x" * (LONGEST_NAME + 1), "ü" * 128])
    def test_what_is_no_name_is_refused(self, path: str) -> None:
        with pytest.raises(Problem) as caught:
            parts_of(path)
        assert caught.value.status == 400

    def test_a_path_is_bounded(self) -> None:
        for path in ("a/" * 65, "abc/" * (LONGEST_PATH // 4 + 1)):
            with pytest.raises(Problem):
                parts_of(path)

    def test_slashes_do_not_matter(self) -> None:
        assert parts_of("//a///b/") == ["a", "b"]
        assert parts_of("") == parts_of("/") == []

    @pytest.mark.parametrize("name", ["a\nb", "a\x1b[0m", "\x7f", " a", "a ", "\ud800"])
    def test_new_names_are_harmless_to_whoever_reads_them(self, name: str) -> None:
        with pytest.raises(Problem):
            check_new(name)


class TestLinks:
    def test_links_inside_are_followed(self, tree: Tree, home: Path) -> None:
        (home / "relative").symlink_to("Documents")
        (home / "absolute").symlink_to(home / "Documents")
        (home / "Documents" / "up").symlink_to("../relative/letter.txt")
        assert read(tree, "relative/letter.txt") == read(tree, "absolute/letter.txt") == b"dear"
        assert read(tree, "Documents/up") == b"dear"

    @pytest.mark.parametrize(
        "target", ["../elsewhere", "../../", "/etc", "Documents/../../elsewhere", "{home}-evil", "/", "{home}/.."]
    )
    def test_links_elsewhere_are_not(self, tree: Tree, home: Path, target: str) -> None:
        Path(f"{home}-evil").mkdir()
        (Path(f"{home}-evil") / "secret").write_bytes(SECRET)
        (home / "out").symlink_to(target.format(home=home))
        assert code_of(tree, "out/secret") == "outside"
        assert code_of(tree, "out") in {"outside", "not_a_file"}
        with pytest.raises(Problem):
            tree.entries(["out"], hidden=True, offset=0, limit=10)
        with pytest.raises(Problem):
            tree.make_folder(["out", "new"])
        with pytest.raises(Problem):
            tree.delete(["out", "secret"])

    def test_circles_end(self, tree: Tree, home: Path) -> None:
        (home / "a").symlink_to("b")
        (home / "b").symlink_to("a")
        assert code_of(tree, "a/x") == "outside"

    def test_deleting_a_link_leaves_what_it_shows(self, tree: Tree, home: Path) -> None:
        (home / "out").symlink_to(home.parent / "elsewhere")
        (home / "full").mkdir()
        (home / "full" / "out").symlink_to(home.parent / "elsewhere")
        tree.delete(["out"])
        tree.delete(["full"])
        assert sorted(entry.name for entry in home.iterdir()) == ["Documents"]
        assert (home.parent / "elsewhere" / "secret").read_bytes() == SECRET

    def test_a_race_of_links_never_shows_what_is_outside(self, tree: Tree, home: Path) -> None:
        """The application replaces a folder by a link, again and again, while somebody reads and writes below it."""
        elsewhere = home.parent / "elsewhere"
        inside, outside, place = home / "inside", home / "outside", home / "place"
        inside.mkdir()
        (inside / "secret").write_bytes(b"mine")
        outside.symlink_to(elsewhere)
        inside.rename(place)
        over = threading.Event()

        def swap() -> None:
            while not over.is_set():
                place.rename(home / "kept")
                outside.rename(place)
                place.rename(outside)
                (home / "kept").rename(place)

        swapping = threading.Thread(target=swap)
        swapping.start()
        seen = set()
        try:
            for number in range(3000):
                with contextlib.suppress(Problem):
                    seen.add(read(tree, "place/secret"))
                with contextlib.suppress(Problem):
                    tree.make_folder(["place", f"new{number}"])
        finally:
            over.set()
            swapping.join()
        assert seen == {b"mine"}
        assert [one.name for one in elsewhere.iterdir()] == ["secret"]

    def test_special_files_are_not_opened(self, tree: Tree, home: Path) -> None:
        os.mkfifo(home / "pipe")
        assert code_of(tree, "pipe") == "not_a_file"
        assert code_of(tree, "Documents") == "not_a_file"


class TestEntries:
    def test_folders_come_first_and_hidden_ones_on_request(self, tree: Tree, home: Path) -> None:
        for name in ("b.txt", "A.txt", ".hidden"):
            (home / name).write_bytes(b"12345")
        (home / "zoo").mkdir()
        found, total, complete = tree.entries([], hidden=False, offset=0, limit=10)
        assert [(entry.name, entry.kind, entry.size) for entry in found] == [
            ("Documents", "folder", 0),
            ("zoo", "folder", 0),
            ("A.txt", "file", 5),
            ("b.txt", "file", 5),
        ]
        assert (total, complete) == (4, True)
        assert ".hidden" in [entry.name for entry in tree.entries([], hidden=True, offset=0, limit=10)[0]]

    def test_long_folders_come_in_parts(self, tree: Tree, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        for number in range(30):
            (home / f"f{number:02}").touch()
        found, total, complete = tree.entries([], hidden=False, offset=10, limit=5)
        assert [entry.name for entry in found] == ["f09", "f10", "f11", "f12", "f13"]
        assert (total, complete) == (31, True)
        monkeypatch.setattr(filetree, "MOST_NAMES", 10)
        _, total, complete = tree.entries([], hidden=False, offset=0, limit=5)
        assert (total, complete) == (10, False)

    def test_links_say_where_they_lead_and_what_is_no_text_is_shown(self, tree: Tree, home: Path) -> None:
        (home / "in").symlink_to("Documents/letter.txt")
        (home / "out").symlink_to("/etc")
        (home / os.fsdecode(b"n\xff")).touch()
        found = {entry.name: entry for entry in tree.entries([], hidden=False, offset=0, limit=10)[0]}
        assert (found["in"].kind, found["in"].size, found["in"].link) == ("file", 4, True)
        assert (found["out"].kind, found["out"].link) == ("link", True)
        assert found["n\ufffd"].kind == "other"


class TestChanges:
    def test_moving_replaces_nothing(self, tree: Tree, home: Path) -> None:
        (home / "a").write_bytes(b"a")
        (home / "b").write_bytes(b"b")
        with pytest.raises(Problem, match="exists already"):
            tree.move(["a"], ["b"])
        tree.move(["a"], ["Documents", "c"])
        assert (home / "Documents" / "c").read_bytes() == b"a"
        with pytest.raises(Problem):
            tree.move(["Documents"], ["Documents", "inside itself"])
        with pytest.raises(Problem, match="no “gone”"):
            tree.move(["gone"], ["d"])

    def test_folders_are_made_with_those_above(self, tree: Tree, home: Path) -> None:
        tree.make_folder(["x", "y", "z"], parents=True)
        tree.make_folder(["x", "y", "z"], parents=True)
        assert (home / "x" / "y" / "z").is_dir()
        with pytest.raises(Problem, match="exists already"):
            tree.make_folder(["x"])
        with pytest.raises(Problem):
            tree.make_folder(["Documents", "letter.txt", "below"], parents=True)

    def test_the_home_itself_stays(self, tree: Tree) -> None:
        for attempt in (lambda: tree.delete([]), lambda: tree.move([], ["x"]), lambda: tree.make_folder([])):
            with contextlib.suppress(Problem):
                attempt()
        assert tree.kind([]) == "folder"


STEP = st.sampled_from(["a", "b", "link", "..", ".", "", "secret", "elsewhere", "/", "\0", "ü", "home"])
TARGET = st.lists(STEP, max_size=5).map("/".join)


@given(
    path=st.one_of(st.text(max_size=40), st.lists(STEP, max_size=6).map("/".join)), targets=st.lists(TARGET, max_size=4)
)
@settings(max_examples=300, deadline=None)
def test_no_path_and_no_link_reads_what_is_outside(path: str, targets: list[str]) -> None:
    with tempfile.TemporaryDirectory() as place:
        home = Path(place) / "home"
        (home / "a" / "b").mkdir(parents=True)
        (home / "a" / "secret").write_bytes(b"mine")
        for folder in (Path(place), Path(place) / "elsewhere"):
            folder.mkdir(exist_ok=True)
            (folder / "secret").write_bytes(SECRET)
        for number, target in enumerate(targets):
            link = [home / "link", home / "a" / "link", home / "a" / "b" / "link", home / "b"][number]
            with contextlib.suppress(ValueError, OSError):
                link.symlink_to(target.replace("/home", str(home)) or ".")
        tree = Tree(str(home))
        try:
            assert read(tree, path) == b"mine"
        except Problem:
            pass
        finally:
            tree.close()
            shutil.rmtree(home)
