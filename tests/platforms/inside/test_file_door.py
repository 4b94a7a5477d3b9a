"""Who watches the files' socket, and when."""

from __future__ import annotations

import select
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from streamspace.platforms.inside import filedoor
from streamspace.platforms.inside.filedoor import FileDoor


class Host:
    def __init__(self, listener: socket.socket) -> None:
        self.config: dict[str, Any] = {"files_fd": listener.fileno(), "python": ["python"]}
        self.poll = select.poll()
        self.base = {"HOME": "/home/user"}
        self.started: list[list[str]] = []
        self.can_start = True

    def spawn(self, _name: str, command: list[str], environment: dict[str, str], **options: Any) -> object | None:
        assert options["pass_fds"] == [self.config["files_fd"]]
        assert environment == self.base
        self.started.append(command)
        return object() if self.can_start else None

    def heard(self) -> bool:
        return bool(self.poll.poll(0))


@pytest.fixture
def listener(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX) as made, socket.socket(socket.AF_UNIX) as client:
        made.bind(str(tmp_path / "f"))
        made.listen(4)
        client.connect(str(tmp_path / "f"))
        yield made


def test_a_knock_starts_a_server_and_nobody_watches_until_it_has_left(listener: socket.socket) -> None:
    host = Host(listener)
    door = FileDoor(host)
    assert not host.heard()
    door.judge()
    assert host.heard()
    door.knocked()
    assert host.started == [["python", "fileserver", str(listener.fileno())]]
    door.judge()
    assert not host.heard()
    door.left(0)
    door.judge()
    assert host.heard()


@pytest.mark.parametrize("can_start", [True, False])
def test_one_that_failed_is_not_started_over_and_over(
    listener: socket.socket, monkeypatch: pytest.MonkeyPatch, *, can_start: bool
) -> None:
    now = 1000.0
    monkeypatch.setattr(filedoor.time, "monotonic", lambda: now)
    host = Host(listener)
    host.can_start = can_start
    door = FileDoor(host)
    door.judge()
    door.knocked()
    if can_start:
        door.left(1)
    door.judge()
    assert not host.heard()
    now += filedoor.AGAIN_SECONDS
    door.judge()
    assert host.heard()
