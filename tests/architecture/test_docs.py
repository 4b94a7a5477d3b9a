"""Documentation says what the code does: generated pages are fresh, links lead somewhere, commands exist."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from streamspace.cli.app import app
from streamspace.server.core.errors import Problem
from tools import docs

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")
SHELL_BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)
RECIPE = re.compile(r"^([a-z][a-z-]*)[^:=\n]*:(?!=)", re.MULTILINE)


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


def commands(page: Path) -> Iterator[list[str]]:
    """Yield the commands of a page's shell blocks, without the variables set before them."""
    for block in SHELL_BLOCK.findall(page.read_text()):
        for line in block.replace("\\\n", " ").splitlines():
            for part in line.split(" | "):
                words = shlex.split(part, comments=True)
                while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
                    words.pop(0)
                if words[:2] == ["uv", "run"]:
                    words = words[2:]
                if words:
                    yield words


def test_generated_pages_say_what_the_code_says() -> None:
    class OfATest(Problem):
        """Every test of the process may have brought classes of its own."""

        code = "of_a_test"

    assert docs.stale() == [], "run `python -m tools.docs`"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_to_files_that_exist(page: Path) -> None:
    targets = [target.partition("#")[0] for target in LINK.findall(page.read_text()) if "://" not in target]
    assert [t for t in targets if t and not t.startswith("mailto:") and not (page.parent / t).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_can_be_parsed(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STREAMSPACE_SERVER", raising=False)
    recipes = set(RECIPE.findall((ROOT / "justfile").read_text()))
    for words in commands(page):
        if words[0] == "streamspace" and "--help" not in words:
            app.parse_args(words[1:], exit_on_error=False, print_error=False)
        elif words[0] == "./dev" and words[1:] and not words[1].startswith("-"):
            assert words[1] in recipes, " ".join(words)
            if words[1] == "up":
                app.parse_args(words[1:], exit_on_error=False, print_error=False)
