import json
import logging

import pytest
import structlog

from streamspace.kit import logs


@pytest.mark.parametrize("fmt", ["json", "console"])
def test_a_traceback_shows_no_local_variables(fmt: str, capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    before, level, config = root.handlers, root.level, structlog.get_config()
    try:
        logs.configure(fmt=fmt)
        _fail(password="hunter2 and more")
        written = capsys.readouterr().err
    finally:
        root.handlers = before
        root.setLevel(level)
        structlog.configure(**config)
    assert "ValueError" in written
    assert "it broke" in written
    assert "hunter2" not in written
    if fmt == "json":
        assert json.loads(written)["event"] == "failed"


def _fail(password: str) -> None:
    try:
        int(f"it broke {len(password)}")
    except ValueError:
        structlog.get_logger("test").exception("failed")
