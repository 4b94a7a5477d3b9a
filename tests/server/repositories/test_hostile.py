"""Git repositories that were made to harm: refused in words, with nothing written, in little time and memory."""

from __future__ import annotations

import os
import tempfile
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from dulwich.object_store import DiskObjectStore

from streamspace.server.repositories import child
from streamspace.server.repositories import git as reader
from streamspace.server.repositories.bounds import MIB, Bounds, Collector, Found, Unusable, parts_of
from streamspace.server.repositories.worker import Order
from tests.server.repositories.hosts import Host, Origin, git, template

FILE, FOLDER, LINK, MODULE = "100644", "40000", "120000", "160000"
GOOD = template("a").encode()


async def silent(told: dict[str, Any]) -> None:
    """Hear of the progress and say nothing."""


@pytest.fixture
def origin(host: Host) -> Origin:
    origin = host.origin("t")
    # The host is the attacker's: it sends whatever it holds.
    git(origin.folder, "config", "uploadpack.allowAnySHA1InWant", "true")
    return origin


@pytest.fixture
def read(host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(work))

    async def go(**bounds: float) -> dict[str, Any]:
        order = Order("git", f"{host.url}/git/t.git", reach=("127.0.0.0/8", "::1"), bounds=bounds)
        try:
            return await child.read(order, silent)
        finally:
            assert list(work.iterdir()) == []

    return go


def one(origin: Origin, name: str, mode: str = FILE, data: bytes = GOOD) -> str:
    return origin.tree((mode, name, origin.blob(data)))


def nested(origin: Origin, depth: int) -> str:
    tree = one(origin, "a.yaml")
    for _ in range(depth):
        tree = origin.tree((FOLDER, "d", tree))
    return tree


def doubled(origin: Origin, levels: int = 9, width: int = 8) -> str:
    """Eight names for the same folder, nine deep: little to send, a hundred million files to walk."""
    tree = one(origin, "a.yaml")
    for _ in range(levels):
        tree = origin.tree(*((FOLDER, f"d{number}", tree) for number in range(width)))
    return tree


WHOLE: dict[str, tuple[Callable[[Origin], str], str]] = {
    "climbs": (lambda o: o.tree((FOLDER, "..", one(o, "a.yaml"))), "leads out"),
    "stays where it is": (lambda o: o.tree((FOLDER, ".", one(o, "a.yaml"))), "leads out"),
    "a slash in a name": (lambda o: one(o, "../../etc/a.yaml"), "leads out"),
    "a backslash in a name": (lambda o: one(o, "..\\a.yaml"), "leads out"),
    "Git's own folder": (lambda o: o.tree((FOLDER, ".git", one(o, "config"))), r"\.git"),
    "Git's own folder in capitals": (lambda o: o.tree((FOLDER, ".GIT", one(o, "config"))), r"(?i)\.git"),
    "Git's own folder with a dot": (lambda o: o.tree((FOLDER, ".git.", one(o, "config"))), r"\.git"),
    "control characters": (lambda o: one(o, "a\x1b[31m.yaml"), "nobody could read"),
    "a new line": (lambda o: one(o, "a\n.yaml"), "nobody could read"),
    "text that runs backwards": (lambda o: one(o, "a\u202egnp.yaml"), "nobody could read"),
    "too deep": (lambda o: nested(o, 30), "nested"),
    "a tree that multiplies": (doubled, "more than"),
    "too many files": (lambda o: o.tree(*((FILE, f"{n:05}.yaml", o.blob(GOOD)) for n in range(60))), "more than 50"),
    "a file that is a tree": (lambda o: o.tree((FILE, "a.yaml", one(o, "b"))), "file that is none"),
}


@pytest.mark.parametrize("name", WHOLE)
async def test_is_refused_as_a_whole(name: str, origin: Origin, read: Callable[..., Any]) -> None:
    make, match = WHOLE[name]
    origin.commit(make(origin))
    began = time.monotonic()
    with pytest.raises(Unusable, match=match):
        await read(**({"files": 50} if name == "too many files" else {}))
    assert time.monotonic() - began < 30


@pytest.mark.parametrize(
    ("make", "match"),
    [
        (lambda o: one(o, ""), "leads out|not have made"),
        (lambda o: o.tree((FOLDER, "d", o.blob(GOOD))), "folder that is none"),
        (lambda o: o.tree((FILE, "a.yaml", "1" * 40)), "lacks objects"),
        (lambda o: o.tree((FOLDER, "d", "1" * 40)), "lacks objects"),
        (doubled, "more than"),
    ],
)
def test_what_gits_own_server_would_not_send(make: Callable[[Origin], str], match: str, origin: Origin) -> None:
    commit = origin.commit(make(origin))
    store = DiskObjectStore(str(origin.folder / "objects"))
    with pytest.raises(Unusable, match=match):
        reader._walk(store, commit, "", Collector(Bounds(), "", Found(commit)))


@pytest.mark.parametrize(
    ("mode", "data", "code"),
    [
        (LINK, b"/etc/passwd", "link"),
        (LINK, b"../../../../etc/passwd", "link"),
        (LINK, b"b.yaml", "link"),
        (FILE, b"kind: Template\n" + b"#" * 300_000, "too_large"),
        (FILE, b"kind: Template\nspec: \xff\xfe", None),
        (FILE, b"kind: Template\nspec: !!python/object/apply:os.system ['id']\n", None),
        (FILE, b"kind: Template\na: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n" * 3, None),
        (FILE, b"kind: Template\n" + b"[" * 20_000, None),
    ],
)
async def test_a_file_is_rejected_and_said_why(
    mode: str, data: bytes, code: str | None, origin: Origin, read: Callable[..., Any]
) -> None:
    origin.commit(
        origin.tree((mode, "a.yaml", origin.blob(data)), (FILE, "b.yaml", origin.blob(template("b").encode())))
    )
    files = {file["path"]: file for file in (await read())["files"]}
    assert files["b.yaml"]["outcome"] == "accepted"
    assert files["a.yaml"]["outcome"] == "rejected"
    assert code in {None, files["a.yaml"]["findings"][0]["code"]}


async def test_a_link_among_folders_is_not_followed(origin: Origin, read: Callable[..., Any]) -> None:
    origin.commit(origin.tree((FILE, "a.yaml", origin.blob(GOOD)), (LINK, "templates", origin.blob(b"/etc"))))
    assert [file["path"] for file in (await read())["files"]] == ["a.yaml"]


async def test_other_repositories_inside_are_not_followed(origin: Origin, read: Callable[..., Any]) -> None:
    origin.push({".gitmodules": '[submodule "x"]\n\tpath = x.yaml\n\turl = -u./payload\n'})
    tree = origin.tree((FILE, "a.yaml", origin.blob(GOOD)), (MODULE, "x.yaml", "1" * 40))
    origin.commit(tree)
    files = {file["path"]: file["outcome"] for file in (await read())["files"]}
    assert files == {"a.yaml": "accepted", "x.yaml": "rejected"}


async def test_more_than_may_be_sent_is_not_taken(origin: Origin, read: Callable[..., Any]) -> None:
    origin.push({"a.yaml": GOOD, "noise.bin": os.urandom(3 * MIB)})
    with pytest.raises(Unusable, match=r"larger than 1 MiB|more than a repository"):
        await read(fetched_bytes=MIB)


async def test_a_file_that_unpacks_to_more_than_the_memory(origin: Origin, read: Callable[..., Any]) -> None:
    blob = origin.blob(b"\0" * (400 * MIB))
    origin.commit(origin.tree((FILE, "a.yaml", origin.blob(GOOD)), (FILE, "zeros.yaml", blob)))
    with pytest.raises(Unusable, match=r"memory|time"):
        await read(memory_bytes=300 * MIB)


async def test_time_ends_it(host: Host, origin: Origin, read: Callable[..., Any]) -> None:
    origin.push({"a.yaml": GOOD})

    def wait(request: Any) -> None:
        time.sleep(8)

    host.pages["/git/t.git/git-upload-pack"] = wait
    began = time.monotonic()
    with pytest.raises(Unusable, match=r"in time|broke off"):
        await read(seconds=1.5)
    assert time.monotonic() - began < 6


@pytest.mark.parametrize(
    "pack",
    [
        b"PACK\x00\x00\x00\x02\x00\x00\x00\x01" + b"\x95\x0a" + zlib.compress(b"x" * 100),
        b"PACK\x00\x00\x00\x02\xff\xff\xff\xff",
        b"PACK\x00\x00\x00\x63\x00\x00\x00\x01",
        b"nothing",
        b"",
    ],
)
async def test_a_pack_that_is_none(pack: bytes, host: Host, origin: Origin, read: Callable[..., Any]) -> None:
    origin.push({"a.yaml": GOOD})
    line = b"\x01" + pack
    body = b"000dpackfile\n" + f"{len(line) + 4:04x}".encode() + line + b"0000"
    listed = origin_refs(host)
    host.pages["/git/t.git/git-upload-pack"] = answering(
        (200, {"Content-Type": "application/x-git-upload-pack-result"}, listed),
        (200, {"Content-Type": "application/x-git-upload-pack-result"}, body),
    )
    with pytest.raises(Unusable):
        await read()


def origin_refs(host: Host) -> bytes:
    line = git(host.folder / "t.git", "rev-parse", "main").encode() + b" refs/heads/main\n"
    return f"{len(line) + 4:04x}".encode() + line + b"0000"


def answering(*pages: tuple[int, dict[str, str], bytes]) -> Callable[[Any], None]:
    """Answer one after the other."""
    left = list(pages)

    def answer(request: Any) -> None:
        request.rfile.read(int(request.headers.get("Content-Length", 0)))
        request._send(*left.pop(0))

    return answer


async def test_the_worker_sees_none_of_our_secrets(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STREAMSPACE_SECRET_KEY", "our-own-secret-key")
    async with child._worker("/tmp") as process:
        seen = Path(f"/proc/{process.pid}/environ").read_bytes()
    assert b"our-own-secret-key" not in seen
    assert b"SSL_CERT_FILE" in seen


async def test_it_ends_with_who_waits_for_it(host: Host) -> None:
    async with child._worker("/tmp") as process:
        pid = process.pid
    assert not Path(f"/proc/{pid}").exists()


@pytest.mark.parametrize(
    "path", ["/a", "a//b", "../a", "a/..", "a\\b", "C:/x", "a/.git/b", "x" * 401, "a\0b", "a/\u200bb"]
)
def test_paths_that_lead_elsewhere(path: str) -> None:
    with pytest.raises(Unusable):
        parts_of(path, Bounds())


def test_files_are_bounded_together() -> None:
    collector = Collector(Bounds(kept_bytes=1000), "", Found("x"))
    collector.take(("a.yaml",), b"x" * 600)
    with pytest.raises(Unusable):
        collector.take(("b.yaml",), b"x" * 600)
