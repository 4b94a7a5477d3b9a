"""Which code a program loads: an agent no database, a command nothing it does not need."""

import ast
import importlib
import inspect
import json
import subprocess
import sys
from pathlib import Path

import pytest

from streamspace.cli import programs

HEAVY = ("sqlalchemy", "alembic", "fastapi", "starlette", "uvicorn", "aiosqlite", "psycopg")


def loaded_by(statement: str) -> set[str]:
    """Return the top packages that a fresh interpreter has after a statement."""
    code = f"{statement}\nimport sys, json\nprint(json.dumps(sorted({{name.split('.')[0] for name in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", code], check=True, text=True, capture_output=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


class TestAgent:
    def test_loads_no_database_and_no_web_framework(self) -> None:
        assert not loaded_by("import streamspace.agent.program, streamspace.platforms.process") & set(HEAVY)


class TestGateway:
    def test_loads_no_database_and_no_api_framework(self) -> None:
        loaded = loaded_by("import streamspace.gateway.program")
        assert not loaded & (set(HEAVY) - {"starlette", "uvicorn"})


class TestClient:
    def test_loads_no_program(self) -> None:
        assert not loaded_by("import streamspace.client") & set(HEAVY)


class TestCommandLine:
    def test_start_up_loads_no_program_and_no_client(self) -> None:
        loaded = loaded_by("import streamspace.cli.app")
        assert not loaded & {*HEAVY, "httpx2", "websockets", "pydantic", "uvloop", "selkies"}

    def test_importing_the_package_loads_nothing_of_others(self) -> None:
        ours = loaded_by("import streamspace, streamspace.cli") - set(sys.stdlib_module_names)
        assert {name for name in ours if not name.startswith("_")} <= {"streamspace"}

    @pytest.mark.parametrize("command", ["up", "server", "gateway", "agent"])
    def test_the_program_a_command_names_can_run(self, command: str) -> None:
        assert callable(importlib.import_module(_module_of(command)).run)


def _module_of(command: str) -> str:
    tree = ast.parse(Path(inspect.getfile(programs)).read_text())
    function = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == command)
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    run = next(call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "_run")
    assert isinstance(run.args[0], ast.Constant)
    return str(run.args[0].value)
