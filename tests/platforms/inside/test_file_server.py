"""The file server as the gateway meets it: HTTP on a socket."""

from __future__ import annotations

import hashlib
import io
import json
import os
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from streamspace.platforms.inside import fileuploads
from tests.platforms.inside.files import Files, UnixConnection

MB = 1024**2


@pytest.fixture
def files(tmp_path: Path) -> Iterator[Files]:
    made = Files(tmp_path)
    yield made
    made.close()


class TestDownloads:
    def test_a_file_comes_whole(self, files: Files) -> None:
        (files.home / "ä b.txt").write_bytes(b"hello")
        answer = files.ask("GET", "content", path="ä b.txt")
        assert (answer.status, answer.read()) == (200, b"hello")
        assert answer.headers["accept-ranges"] == "bytes"
        assert answer.headers["x-file-name"] == "%C3%A4%20b.txt"

    @pytest.mark.parametrize(
        ("asked", "content", "said"),
        [
            ("bytes=2-4", b"234", "bytes 2-4/10"),
            ("bytes=7-", b"789", "bytes 7-9/10"),
            ("bytes=-2", b"89", "bytes 8-9/10"),
            ("bytes=5-99", b"56789", "bytes 5-9/10"),
        ],
    )
    def test_a_part_comes_alone(self, files: Files, asked: str, content: bytes, said: str) -> None:
        (files.home / "digits").write_bytes(b"0123456789")
        answer = files.ask("GET", "content", path="digits", headers={"Range": asked})
        assert (answer.status, answer.read(), answer.headers["content-range"]) == (206, content, said)

    @pytest.mark.parametrize("asked", ["bytes=a-b", "bytes=-", "bytes=0-1,3-4", "lines=1-2"])
    def test_what_is_no_range_is_the_whole(self, files: Files, asked: str) -> None:
        (files.home / "digits").write_bytes(b"0123456789")
        answer = files.ask("GET", "content", path="digits", headers={"Range": asked})
        assert (answer.status, answer.read()) == (200, b"0123456789")

    def test_a_range_past_the_end_is_refused(self, files: Files) -> None:
        (files.home / "digits").write_bytes(b"0123456789")
        answer = files.ask("GET", "content", path="digits", headers={"Range": "bytes=10-"})
        assert (answer.status, answer.headers["content-range"]) == (416, "bytes */10")

    def test_a_file_that_changed_comes_whole(self, files: Files) -> None:
        place = files.home / "digits"
        place.write_bytes(b"0123456789")
        etag = files.ask("HEAD", "content", path="digits").headers["etag"]
        resumed = {"Range": "bytes=5-", "If-Range": etag}
        assert files.ask("GET", "content", path="digits", headers=resumed).status == 206
        place.write_bytes(b"changed!")
        answer = files.ask("GET", "content", path="digits", headers=resumed)
        assert (answer.status, answer.read()) == (200, b"changed!")

    def test_an_empty_file_is_a_file(self, files: Files) -> None:
        (files.home / "empty").touch()
        answer = files.ask("GET", "content", path="empty")
        assert (answer.status, answer.read()) == (200, b"")

    def test_a_folder_comes_as_a_zip(self, files: Files, tmp_path: Path) -> None:
        (files.home / "p" / "q").mkdir(parents=True)
        (files.home / "p" / "one").write_bytes(os.urandom(MB))
        (files.home / "p" / "q" / "ü").write_bytes(b"two")
        (files.home / "p" / "out").symlink_to(tmp_path)
        answer = files.ask("GET", "archive", path="p")
        packed = zipfile.ZipFile(io.BytesIO(answer.read()))
        assert packed.testzip() is None
        assert sorted(packed.namelist()) == ["p/one", "p/q/", "p/q/ü"]
        assert packed.read("p/one") == (files.home / "p" / "one").read_bytes()


class TestUploads:
    def test_a_file_arrives_whole(self, files: Files) -> None:
        data = os.urandom(3 * MB + 17)
        status, told = files.upload("a.bin", data)
        assert (status, told["done"], told["path"]) == (200, True, "a.bin")
        assert (files.home / "a.bin").read_bytes() == data
        assert files.parts() == []

    def test_an_empty_file_arrives(self, files: Files) -> None:
        assert files.upload("empty", b"")[1]["done"]
        assert (files.home / "empty").read_bytes() == b""

    def test_it_goes_on_where_it_broke_off(self, files: Files) -> None:
        data = os.urandom(2 * MB)
        _, begun = files.json("POST", "uploads", path="a.bin", size=len(data), mark="m")
        broken = UnixConnection(files.socket)
        broken.putrequest("PATCH", f"/uploads/{begun['id']}")
        broken.putheader("Upload-Offset", "0")
        broken.putheader("Content-Length", str(len(data)))
        broken.endheaders(data[: MB + 5])
        broken.close()
        assert not (files.home / "a.bin").exists()
        until = time.monotonic() + 10
        while files.json("GET", f"uploads/{begun['id']}")[1]["offset"] < MB and time.monotonic() < until:
            time.sleep(0.01)
        _, again = files.json("POST", "uploads", path="a.bin", size=len(data), mark="m")
        assert again["id"] == begun["id"]
        assert MB <= again["offset"] <= MB + 5
        status, told = files.patch(again["id"], again["offset"], data[again["offset"] :])
        assert (status, told["done"]) == (200, True)
        assert (files.home / "a.bin").read_bytes() == data

    def test_a_wrong_offset_says_the_right_one(self, files: Files) -> None:
        _, begun = files.json("POST", "uploads", path="a", size=10)
        assert files.patch(begun["id"], 0, b"01234")[1]["offset"] == 5
        answer = files.ask("PATCH", f"uploads/{begun['id']}", b"x", headers={"Upload-Offset": "3"})
        assert (answer.status, answer.headers["upload-offset"]) == (409, "5")
        assert files.patch(begun["id"], 5, b"567890")[0] == 400
        assert files.patch(begun["id"], 5, b"56789")[1]["done"]
        assert (files.home / "a").read_bytes() == b"0123456789"

    def test_two_cannot_send_the_same(self, files: Files) -> None:
        _, begun = files.json("POST", "uploads", path="a", size=10)
        slow = UnixConnection(files.socket)
        slow.putrequest("PATCH", f"/uploads/{begun['id']}")
        slow.putheader("Upload-Offset", "0")
        slow.putheader("Content-Length", "10")
        slow.endheaders(b"01234")
        until = time.monotonic() + 10
        while (told := files.patch(begun["id"], 5, b"56789"))[0] == 200 and time.monotonic() < until:
            pytest.fail("two wrote the same part")
        assert told[1]["error"] in {"busy", "bad_offset"}
        slow.close()

    @pytest.mark.parametrize(
        ("conflict", "status", "names"),
        [("refuse", 409, ["a.txt"]), ("replace", 200, ["a.txt"]), ("number", 200, ["a (2).txt", "a.txt"])],
    )
    def test_a_name_that_is_taken(self, files: Files, conflict: str, status: int, names: list[str]) -> None:
        (files.home / "a.txt").write_bytes(b"old")
        assert files.upload("a.txt", b"new", conflict=conflict)[0] == status
        assert sorted(one.name for one in files.home.iterdir() if not one.name.startswith(".")) == names
        assert (files.home / "a.txt").read_bytes() == (b"new" if conflict == "replace" else b"old")

    def test_a_name_taken_meanwhile_is_kept(self, files: Files) -> None:
        _, begun = files.json("POST", "uploads", path="a", size=3)
        (files.home / "a").write_bytes(b"old")
        assert files.patch(begun["id"], 0, b"new")[0] == 409
        assert (files.home / "a").read_bytes() == b"old"
        # The bytes are there still: another name can be chosen without sending them again.
        (files.home / "a").rename(files.home / "b")
        assert files.patch(begun["id"], 3, b"")[1]["done"]

    def test_a_folder_is_not_replaced(self, files: Files) -> None:
        (files.home / "a").mkdir()
        assert files.upload("a", b"x", conflict="replace")[0] == 409

    def test_what_is_too_large_is_refused_at_each_step(self, files: Files) -> None:
        limit = {"X-Streamspace-Limit": "5"}
        assert files.json("POST", "uploads", path="a", size=6, headers=limit)[0] == 413
        _, begun = files.json("POST", "uploads", path="a", size=6)
        assert files.patch(begun["id"], 0, b"123456", **limit)[0] == 413
        assert not (files.home / "a").exists()

    def test_there_must_be_room(self, files: Files) -> None:
        status, told = files.json("POST", "uploads", path="a", size=2**52)
        assert (status, told["error"]) == (507, "no_space")

    def test_a_disk_that_fills_up_leaves_nothing_half_written(
        self, files: Files, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: object) -> int:
            raise OSError(28, "No space left on device")

        _, begun = files.json("POST", "uploads", path="a", size=3)
        monkeypatch.setattr(fileuploads.os, "pwrite", full)
        status, told = files.patch(begun["id"], 0, b"abc")
        assert (status, told["error"]) == (507, "no_space")
        assert files.parts() == []
        assert not (files.home / "a").exists()

    def test_old_parts_are_pruned_and_cancelled_ones_go(self, files: Files) -> None:
        _, old = files.json("POST", "uploads", path="old", size=3)
        _, fresh = files.json("POST", "uploads", path="fresh", size=3)
        for ending in ("part", "json"):
            long_ago = time.time() - fileuploads.KEPT_SECONDS - 60
            os.utime(files.home.joinpath(*fileuploads.PLACE, f"{old['id']}.{ending}"), (long_ago, long_ago))
        _, last = files.json("POST", "uploads", path="last", size=3)
        assert files.ask("DELETE", f"uploads/{last['id']}").status == 204
        assert files.parts() == sorted(f"{fresh['id']}.{ending}" for ending in ("json", "part"))
        assert files.json("GET", f"uploads/{old['id']}")[0] == 404

    def test_folders_are_made_on_the_way(self, files: Files) -> None:
        assert files.upload("x/y/z.txt", b"1")[0] == 404
        assert files.upload("x/y/z.txt", b"1", parents=1)[0] == 200
        assert (files.home / "x" / "y" / "z.txt").read_bytes() == b"1"

    def test_the_home_cannot_be_left(self, files: Files, tmp_path: Path) -> None:
        (files.home / "out").symlink_to(tmp_path)
        for path in ("../x", "out/x", "/../x"):
            assert files.upload(path, b"1", parents=1)[0] in {400, 403, 409}
        assert not (tmp_path / "x").exists()


class TestRest:
    def test_folders_are_made_moved_and_deleted(self, files: Files) -> None:
        assert files.json("POST", "folders", path="a")[0] == 201
        assert files.json("POST", "moves", path="a", to="b") == (200, {"path": "b"})
        assert [entry["name"] for entry in files.json("GET", "list")[1]["entries"]] == ["b"]
        assert files.json("DELETE", "entries", path="b") == (200, {"path": "b", "type": "folder"})
        assert files.json("GET", "list")[1]["entries"] == []

    @pytest.mark.parametrize(
        "request_bytes",
        [
            b"\r\n\r\n",
            b"GET /list HTTP/1.0\r\n\r\n",
            b"GET /nothing HTTP/1.1\r\n\r\n",
            b"GET /list HTTP/1.1\r\nno colon\r\n\r\n",
            b"GET /list?limit=x HTTP/1.1\r\n\r\n",
            b"PATCH /uploads/0 HTTP/1.1\r\nupload-offset: -1\r\n\r\n",
            b"GET /list HTTP/1.1\r\n" + b"a: b\r\n" * 100 + b"\r\n",
            b"POST /uploads?path=a&size=1&conflict=x HTTP/1.1\r\n\r\n",
        ],
    )
    def test_nonsense_is_answered(self, files: Files, request_bytes: bytes) -> None:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(10)
            connection.connect(str(files.socket))
            connection.sendall(request_bytes)
            connection.shutdown(socket.SHUT_WR)
            assert connection.recv(12).split()[1][:1] == b"4"

    def test_it_leaves_when_nobody_asks(self, tmp_path: Path) -> None:
        files = Files(tmp_path)
        files.over = True
        assert files.json("GET", "list")[0] == 200
        files.thread.join(10)
        assert not files.thread.is_alive()
        files.close()


def test_a_gigabyte_passes_through_little_memory(tmp_path: Path) -> None:
    """In a process of its own, as in a session, and so smaller where that takes too long."""
    size = int(os.environ.get("STREAMSPACE_TEST_LARGE_MB", "96")) * MB
    home = tmp_path / "home"
    home.mkdir()
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(tmp_path / "f"))
    listener.listen(4)
    code = "from streamspace.platforms.inside.fileserver import main; main()"
    server = subprocess.Popen(
        [sys.executable, "-c", code, str(listener.fileno())],
        pass_fds=[listener.fileno()],
        env={**os.environ, "HOME": str(home)},
    )
    try:
        _exchange(tmp_path / "f", home, MB)
        before = _peak(server.pid)
        _exchange(tmp_path / "f", home, size)
        after = _peak(server.pid)
    finally:
        server.terminate()
        server.wait()
        listener.close()
    assert after - before < 4 * MB


def _peak(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:"))) * 1024


def _exchange(path: Path, home: Path, size: int) -> None:
    piece = os.urandom(MB)
    sent = hashlib.sha256()
    connection = UnixConnection(path)
    connection.request("POST", f"/uploads?path=big&size={size}&conflict=replace")
    begun = json.loads(connection.getresponse().read())
    connection = UnixConnection(path)
    connection.putrequest("PATCH", f"/uploads/{begun['id']}")
    connection.putheader("Upload-Offset", "0")
    connection.putheader("Content-Length", str(size))
    connection.endheaders()
    for _ in range(size // MB):
        connection.send(piece)
        sent.update(piece)
    assert json.loads(connection.getresponse().read())["done"]
    assert (home / "big").stat().st_size == size
    connection = UnixConnection(path)
    connection.request("GET", "/content?path=big")
    answer = connection.getresponse()
    got = hashlib.sha256()
    while data := answer.read(MB):
        got.update(data)
    assert got.hexdigest() == sent.hexdigest()
