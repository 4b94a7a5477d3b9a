"""What the journal knows after a crash, and while its disk is full."""

from pathlib import Path
from unittest.mock import Mock

import pytest

from streamspace.agent.journal import Journal


class FullDisk:
    """A file on a disk with so many bytes left."""

    def __init__(self, left: int) -> None:
        self.left = left
        self.close = Mock()

    def write(self, data: bytes) -> int:
        if not self.left:
            raise OSError(28, "No space left on device")
        written, self.left = min(self.left, len(data)), max(0, self.left - len(data))
        return written


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.jsonl"


def test_it_is_read_again(path: Path) -> None:
    journal = Journal(path)
    journal.finish("cmd-1", "complete", {"commandId": "cmd-1"})
    journal.stop("one")
    again = Journal(path)
    assert again.result("cmd-1") == {"command": "cmd-1", "type": "complete", "payload": {"commandId": "cmd-1"}}
    assert again.was_stopped("one")


def test_half_a_line_spoils_neither_what_came_before_nor_what_comes_after(path: Path) -> None:
    Journal(path).stop("one")
    with path.open("a") as file:
        file.write('{"stopped": "tw')
    Journal(path).stop("three")
    again = Journal(path)
    assert [again.was_stopped(name) for name in ("one", "three")] == [True, True]


@pytest.mark.parametrize("left", [0, 5])
def test_a_full_disk_keeps_nothing_from_being_known(path: Path, left: int, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal(path)
    with monkeypatch.context() as patched:
        patched.setattr(journal, "_file", FullDisk(left))
        patched.setattr(journal, "_compact", Mock(side_effect=OSError(28, "No space left on device")))
        journal.stop("one")
        journal.stop("two")
        assert journal.was_stopped("one")
    journal.finish("cmd-1", "complete", {})
    again = Journal(path)
    assert again.was_stopped("one")
    assert again.was_stopped("two")
    assert again.result("cmd-1") is not None
