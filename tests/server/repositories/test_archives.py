"""Archives, good ones and those made to harm."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streamspace.server.repositories import archives, child
from streamspace.server.repositories.bounds import MIB, Bounds, Found, Unusable
from streamspace.server.repositories.worker import Order
from tests.server.repositories.hosts import Host, template

SMALL = Bounds(expanded_bytes=2 * MIB, entries=50, files=20, kept_bytes=MIB, depth=6)


def tar(*members: tuple[Any, bytes] | tuple[str, bytes], mode: Any = "w:gz", **options: Any) -> bytes:
    """Pack members: a path or a whole header, and the content."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode, **options) as archive:
        for header, data in members:
            info = tarfile.TarInfo(header) if isinstance(header, str) else header
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return made.getvalue()


def special(path: str, kind: bytes, link: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(path)
    info.type, info.linkname = kind, link
    return info


def packed(*members: tuple[Any, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for header, data in members:
            archive.writestr(header, data)
    return made.getvalue()


def zipped_link(path: str, target: str) -> tuple[zipfile.ZipInfo, bytes]:
    info = zipfile.ZipInfo(path)
    info.external_attr = 0o120777 << 16
    return info, target.encode()


def read(data: bytes, folder: str = "", bounds: Bounds = SMALL) -> Found:
    found = Found("x")
    archives.read(data, folder, bounds, found)
    return found


GOOD = template("a").encode()


class TestGood:
    @pytest.mark.parametrize("pack", [tar, packed])
    def test_a_folder_around_everything_does_not_count(self, pack: Callable[..., bytes]) -> None:
        assert set(read(pack(("t-main/x/a.yaml", GOOD), ("t-main/README.md", b"#"))).files) == {"x/a.yaml"}
        assert set(read(pack(("x/a.yaml", GOOD), ("b.yml", GOOD))).files) == {"x/a.yaml", "b.yml"}

    def test_a_dot_before_everything_does_not_count(self) -> None:
        assert set(read(tar(("./x/a.yaml", GOOD), ("./b.yml", GOOD))).files) == {"x/a.yaml", "b.yml"}

    @pytest.mark.parametrize("pack", [tar, packed])
    def test_one_folder_of_it(self, pack: Callable[..., bytes]) -> None:
        data = pack(("t/in/a.yaml", GOOD), ("t/out/b.yaml", GOOD))
        assert set(read(data, "in").files) == {"a.yaml"}
        with pytest.raises(Unusable, match="no folder"):
            read(data, "elsewhere")

    def test_what_nobody_reads_is_left_out(self) -> None:
        found = read(tar((".github/x.yaml", GOOD), ("a.txt", b"x"), ("i.png", b"x"), ("a.yaml", GOOD)))
        assert set(found.files) == {"a.yaml", "i.png"}

    async def test_is_fetched_over_https(self, host: Host) -> None:
        host.pages["/t.tar.gz"] = (302, {"Location": "/cdn/t"}, b"")
        host.pages["/cdn/t"] = (200, {"ETag": '"1"'}, tar(("t/a.yaml", GOOD), ("t/b.yaml", b"kind: Template\n")))
        order = {"transport": "http", "url": f"{host.url}/t.tar.gz", "reach": ("127.0.0.0/8",)}
        result = await child.read(Order(**order), silent)
        assert {file["path"]: file["outcome"] for file in result["files"]} == {
            "a.yaml": "accepted",
            "b.yaml": "rejected",
        }
        again = await child.read(Order(**order, known=result["revision"], etag='"1"'), silent)
        assert again["unchanged"]


async def silent(told: dict[str, Any]) -> None:
    """Hear of the progress and say nothing."""


def lying_zip() -> bytes:
    """A zip whose directory says less than its files hold."""
    data = bytearray(packed(("a.yaml", b"x" * 300_000)))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(data)


WHOLE: dict[str, tuple[bytes, str]] = {
    "tar: climbs": (tar(("../a.yaml", GOOD)), "leads out"),
    "tar: climbs in the middle": (tar(("x/../../a.yaml", GOOD)), "leads out"),
    "tar: absolute": (tar(("/etc/a.yaml", GOOD)), "leads out"),
    "tar: backslashes": (tar(("..\\a.yaml", GOOD)), "leads out"),
    "tar: a drive": (tar(("C:/a.yaml", GOOD)), "leads out"),
    "tar: Git's own folder": (tar((".git/a.yaml", GOOD)), r"\.git"),
    "tar: Git's own folder in disguise": (tar((".GIT. /a.yaml", GOOD)), r"(?i)\.git"),
    "tar: control characters": (tar(("a\x1b[2Jb.yaml", GOOD)), "nobody could read"),
    "tar: text that runs backwards": (tar(("a\u202elmay.b.yaml", GOOD)), "nobody could read"),
    "tar: too deep": (tar(("/".join("abcdefgh") + "/a.yaml", GOOD)), "nested"),
    "tar: too long a path": (tar(("x" * 500 + ".yaml", GOOD)), "characters"),
    "tar: too many": (tar(*((f"{n}.txt", b"") for n in range(60))), "more than 50"),
    "tar: too many to read": (tar(*((f"{n}.yaml", GOOD) for n in range(30))), "more than 20"),
    "tar: a bomb": (gzip.compress(b"\0" * (8 * MIB)), "unpacks to more"),
    "tar: a bomb in a file": (tar(("a.bin", b"\0" * (8 * MIB))), "unpacks to more"),
    "tar: cut off": (tar(("a.yaml", GOOD))[:-20], "cut off|damaged"),
    "tar: no tar": (gzip.compress(b"hello" * 1000), "damaged"),
    "zip: climbs": (packed(("../a.yaml", GOOD)), "leads out"),
    "zip: absolute": (packed(("/a.yaml", GOOD)), "leads out"),
    "zip: a bomb": (packed(("a.yaml", b"\0" * (8 * MIB))), "unpacks to more"),
    "zip: too many": (packed(*((f"{n}.txt", b"") for n in range(60))), "more than 50"),
    "zip: says less than it holds": (lying_zip(), "damaged|at most|$^"),
    "zip: cut off": (packed(("a.yaml", GOOD))[:-30], "damaged"),
    "neither": (b"#!/bin/sh\nrm -rf /\n", "neither"),
    "xz": (tar(("a.yaml", GOOD), mode="w:xz"), "neither"),
    "nothing": (b"", "neither"),
}


@pytest.mark.parametrize("name", [name for name in WHOLE if name != "zip: says less than it holds"])
def test_is_refused_as_a_whole(name: str) -> None:
    data, match = WHOLE[name]
    with pytest.raises(Unusable, match=match):
        read(data)


def test_a_zip_that_says_less_than_it_holds_gives_no_more_than_it_said() -> None:
    data, _ = WHOLE["zip: says less than it holds"]
    try:
        found = read(data)
    except Unusable:
        return
    assert all(len(content) <= 10 for content in found.files.values())


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (tar((special("a.yaml", tarfile.SYMTYPE, "/etc/passwd"), b"")), "link"),
        (tar((special("a.yaml", tarfile.SYMTYPE, "../../x"), b"")), "link"),
        (tar((special("a.yaml", tarfile.LNKTYPE, "../../etc/passwd"), b"")), "link"),
        (tar((special("a.yaml", tarfile.FIFOTYPE), b"")), "not_a_file"),
        (tar((special("a.yaml", tarfile.CHRTYPE), b"")), "not_a_file"),
        (tar((special("a.yaml", tarfile.BLKTYPE), b"")), "not_a_file"),
        (tar(("a.yaml", b"x" * 300_000)), "too_large"),
        (tar(("a.yaml", GOOD), ("a.yaml", b"other")), "twice"),
        (packed(zipped_link("a.yaml", "/etc/passwd")), "link"),
        (packed(("a.yaml", b"x" * 300_000)), "too_large"),
    ],
    # The archives hold the time at which they were made.
    ids=[
        "symlink out",
        "symlink up",
        "hard link",
        "fifo",
        "character",
        "block",
        "large",
        "twice",
        "zipped",
        "zipped large",
    ],
)
def test_a_file_is_left_out_and_said_why(data: bytes, code: str) -> None:
    found = read(data)
    assert [(skipped.path, skipped.code) for skipped in found.skipped] == [("a.yaml", code)]
    assert set(found.files) <= {"a.yaml"}


def test_a_link_among_folders_leads_nowhere() -> None:
    found = read(tar((special("x", tarfile.SYMTYPE, "/etc"), b""), ("x/a.yaml", GOOD), ("b.yaml", GOOD)))
    assert found.files["x/a.yaml"] == GOOD  # kept under its name; nothing was ever written through the link


def test_a_bomb_takes_no_memory() -> None:
    bomb = gzip.compress(b"\0" * (200 * MIB))
    tracemalloc.start()
    with pytest.raises(Unusable):
        read(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 * MIB


@given(st.binary(max_size=2000), st.sampled_from([b"", b"PK\x03\x04", b"\x1f\x8b"]))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_refused_in_words(data: bytes, magic: bytes) -> None:
    with pytest.raises(Unusable):
        read(magic + data)


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_a_damaged_archive_is_read_or_refused_in_words(data: st.DataObject) -> None:
    whole = bytearray(data.draw(st.sampled_from([tar(("t/a.yaml", GOOD), mode="w"), packed(("t/a.yaml", GOOD))])))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    packed_again = bytes(whole) if whole[:2] == b"PK" else gzip.compress(bytes(whole))
    try:
        found = read(packed_again)
    except Unusable:
        return
    assert all(".." not in path.split("/") and not path.startswith("/") for path in found.files)
