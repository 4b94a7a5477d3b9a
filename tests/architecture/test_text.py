"""What may not be written anywhere in the sources."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src/streamspace").rglob("*.py"))
VAGUE = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "misc"}
PRINTS = ("src/streamspace/cli/", "src/streamspace/platforms/inside/")
"""Commands print, and what runs inside a sandbox has nothing but its standard output."""
# Written in pieces, or this file would name them itself.
REGISTRIES = (("pypi", "org"), ("registry", "npmjs", "org"), ("files", "pythonhosted", "org"))
TEXT = {".py", ".toml", ".md", ".ts", ".tsx", ".json", ".yaml", ".yml", ".sh", ""}


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        text=True,
        capture_output=True,
    )
    paths = (ROOT / name for name in listed.stdout.splitlines())
    return [path for path in paths if path.suffix in TEXT and path.is_file()]


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_no_module_has_a_name_that_says_nothing(path: Path) -> None:
    assert not VAGUE & {part.removesuffix(".py") for part in path.relative_to(ROOT).parts}


@pytest.mark.parametrize("path", [path for path in SOURCES if not _name(path).startswith(PRINTS)], ids=_name)
def test_only_commands_print(path: Path) -> None:
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    prints = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "print"]
    # A program that cannot start has no log yet; it says so on standard error.
    assert not [call.lineno for call in prints if "file" not in {keyword.arg for keyword in call.keywords}]


def test_no_file_names_a_package_registry() -> None:
    pattern = re.compile("|".join(re.escape(".".join(parts)) for parts in REGISTRIES))
    texts = ((path, path.read_text(errors="ignore")) for path in _files())
    assert not [_name(path) for path, text in texts if pattern.search(text)]
