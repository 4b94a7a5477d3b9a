from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from streamspace.cli import app
from streamspace.client import sessions
from tests.client.fake import Fake, serving


@dataclass
class Done:
    code: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def fake() -> Fake:
    return Fake()


@pytest.fixture
def server(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with serving(fake) as address:
        monkeypatch.setenv("STREAMSPACE_SERVER", address)
        monkeypatch.setenv("STREAMSPACE_TOKEN", "token-1")
        yield address


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    for name in ("STREAMSPACE_SERVER", "STREAMSPACE_TOKEN", "STREAMSPACE_API_KEY", "STREAMSPACE_CA_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr(sessions, "POLL", timedelta(milliseconds=10))
    monkeypatch.setattr(sessions, "POLL_WITH_EVENTS", timedelta(milliseconds=10))

    def run_it(*arguments: str) -> Done:
        code = app.run(arguments)
        out, err = capsys.readouterr()
        return Done(code, "\n".join(line.rstrip() for line in out.splitlines()), err)

    return run_it
