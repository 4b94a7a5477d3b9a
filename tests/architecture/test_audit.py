"""What changes people, their rights or their credentials says so in the audit log, in words of its own."""

import ast
from collections.abc import Iterator
from pathlib import Path

SERVER = Path(__file__).parents[2] / "src/streamspace/server"
FEATURES = (
    "files",
    "groups",
    "keys",
    "limits",
    "logins",
    "mfa",
    "organizations",
    "people",
    "policies",
    "quotas",
    "repositories",
    "ratings",
    "scim",
    "shares",
    "sso",
    "templates",
    "users",
)
NO_SERVICES = {"models.py", "queries.py", "routes.py", "schemas.py"}
QUIET = {
    "groups.service.leave_all": "whoever leaves the organisation is noted there",
    "mfa.service.check_passkey": "a counter against copies; the sign-in is noted",
    "organizations.purge.purge": "its only caller notes it",
    "organizations.service.ensure_default": "the first start, before there is anybody",
    "organizations.service.remove_member": "its callers note it, who know why",
    "organizations.service.rename_first": "the set-up notes it",
    "repositories.applying.show": "its callers note what they approved or read",
    "repositories.applying.unchanged": "nothing changed but the time of the last look",
    "repositories.service.ask": "a line in a queue; who asked is noted by its callers, what came of it by the job",
    "scim.service.list_all": "sets the pages of a search, no row",
    "templates.editing.say_version": "its caller notes it, who knows why",
    "templates.history.record": "its callers note it",
    "templates.history.touch": "its callers note it",
    "templates.service.retire": "its callers note it",
    "templates.service.take_in": "a copy of what the catalog says",
    "sso.arrivals.receive": "a copy of what the provider said; the sign-in is noted",
}
"""What changes rows and notes nothing, with the reason."""
Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(path: Path) -> dict[str, Function]:
    """Return a module's own functions."""
    return {node.name: node for node in ast.parse(path.read_text()).body if isinstance(node, Function)}


def reached(name: str, module: dict[str, Function]) -> Iterator[ast.AST]:
    """Walk a function and the functions of its module that it calls and that nobody else may call."""
    waiting, seen = [name], {name}
    while waiting:
        for node in ast.walk(module[waiting.pop()]):
            yield node
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                called = node.func.id
                if called.startswith("_") and called in module and called not in seen:
                    seen.add(called)
                    waiting.append(called)


def changes(node: ast.AST) -> bool:
    """Say whether this changes a row: adds or deletes it, runs a statement, or sets an attribute of something."""
    if isinstance(node, ast.Assign | ast.AugAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        each = [one for target in targets for one in (target.elts if isinstance(target, ast.Tuple) else [target])]
        return any(isinstance(one, ast.Attribute) for one in each)
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Name):
        return node.func.id in {"insert", "update", "delete"}
    on_database = isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value).endswith(".db")
    return on_database and node.func.attr in {"add", "add_all", "delete", "merge"}  # type: ignore[attr-defined]


def notes(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "note"


def silent(folder: Path) -> Iterator[str]:
    """Yield the functions of a feature that others may call, that change rows and do not note it."""
    for path in sorted(folder.glob("*.py")):
        module = functions(path) if path.name not in NO_SERVICES else {}
        for name, function in module.items():
            if name.startswith("_") or function.decorator_list or "uow" not in {a.arg for a in function.args.args}:
                continue
            nodes = list(reached(name, module))
            # What a public function of the module notes that is called counts too.
            called = {n.func.id for n in nodes if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)} & set(
                module
            )
            told = any(notes(n) for other in {name, *called} for n in reached(other, module))
            if any(map(changes, nodes)) and not told:
                yield f"{folder.name}.{path.stem}.{name}"


def test_what_changes_something_notes_it_or_is_written_down_here() -> None:
    assert {name for feature in FEATURES for name in silent(SERVER / feature)} == set(QUIET)


def test_the_search_finds_what_it_looks_for(tmp_path: Path) -> None:
    (tmp_path / "service.py").write_text(
        "async def loud(uow): uow.db.add(1); uow.note('x')\n"
        "async def quiet(uow): await _quietly(uow)\n"
        "async def _quietly(uow): uow.row.name = 1\n"
        "async def deep(uow): uow.db.execute(delete(X)); await loud(uow)\n"
        "async def reads(uow): return await uow.db.get(X, 1)\n"
        "@router.get('/x')\nasync def route(uow): uow.row.name = 1\n"
    )
    assert list(silent(tmp_path)) == [f"{tmp_path.name}.service.quiet"]
