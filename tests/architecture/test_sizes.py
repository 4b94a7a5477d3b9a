"""A module near 400 lines is asking to be split along a noun."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONGEST = 400
MODULES = sorted(
    path
    for folder in ("src/streamspace", "tools", "benchmarks")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations/versions" not in path.as_posix()
)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_module_is_too_long(path: Path) -> None:
    lines = len(path.read_text().splitlines())
    assert lines <= LONGEST, f"{lines} lines: split it along a noun"
