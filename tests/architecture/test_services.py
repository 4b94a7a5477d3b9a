"""What import-linter cannot say: a feature reads its own queries and nobody else's."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SERVER = Path(__file__).parents[2] / "src/streamspace/server"
FEATURES = sorted(
    path.parent.name for path in SERVER.glob("*/__init__.py") if path.parent.name not in {"core", "migrations"}
)


def queries_read_by(path: Path) -> Iterator[str]:
    """Yield the features whose queries a module imports."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names] + [node.module]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        for name in names:
            parts = name.split(".")
            if parts[:2] == ["streamspace", "server"] and len(parts) == 4 and parts[3] == "queries":
                yield parts[2]


@pytest.mark.parametrize("feature", FEATURES)
def test_a_feature_reads_only_its_own_queries(feature: str) -> None:
    read = {name for path in (SERVER / feature).glob("*.py") for name in queries_read_by(path)}
    assert read <= {feature}


def test_the_search_finds_what_it_looks_for(tmp_path: Path) -> None:
    module = tmp_path / "service.py"
    module.write_text(
        "from streamspace.server.users import queries\nfrom streamspace.server.agents.queries import OPEN\n"
    )
    assert set(queries_read_by(module)) == {"users", "agents"}


@pytest.mark.parametrize("feature", [name for name in FEATURES if (SERVER / name / "models.py").exists()])
def test_only_a_features_own_modules_make_its_rows(feature: str) -> None:
    path = SERVER / feature / "models.py"
    classes = (node for node in ast.parse(path.read_text()).body if isinstance(node, ast.ClassDef))
    tables = {node.name for node in classes if "__tablename__" in ast.dump(node)}
    elsewhere = {
        (other.relative_to(SERVER).as_posix(), name)
        for other in SERVER.rglob("*.py")
        if feature not in other.relative_to(SERVER).parts and "migrations" not in other.parts
        for name in _made(ast.parse(other.read_text()), f"streamspace.server.{feature}.models")
    }
    assert not {(where, name) for where, name in elsewhere if name in tables}


def _made(module: ast.Module, models: str) -> Iterator[str]:
    """Yield the classes of a module of models that are called, by their own names."""
    names = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom) and node.module == models
        for alias in node.names
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield names[node.func.id]
