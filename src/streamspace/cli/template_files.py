"""`streamspace templates lint|create|push|edit`: templates as files. Checking them needs no server."""

import os
import shlex
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from streamspace import manifests
from streamspace.cli.failures import FAILED, USAGE, CommandFailed
from streamspace.cli.output import clean, print_json, say
from streamspace.cli.remote import DEFAULT, Remote
from streamspace.client import ApiError, Conflict, Template
from streamspace.manifests import Finding, Reading
from streamspace.manifests.writing import write

Flag = Annotated[bool, Parameter(negative="")]
_LARGEST = 1024 * 1024
_EXISTS = "template_exists"


@dataclass(frozen=True, slots=True)
class File:
    """A manifest on this machine, and what is to be said of it."""

    path: Path
    data: bytes
    reading: Reading
    findings: tuple[Finding, ...]

    @property
    def good(self) -> bool:
        """Whether a server could take it."""
        return self.reading.manifest is not None and not manifests.errors(self.findings)

    @property
    def name(self) -> str:
        """What it calls itself."""
        return self.reading.manifest.metadata.name if self.reading.manifest is not None else ""


def files(paths: list[Path]) -> list[File]:
    """Read manifests: files, and all YAML and JSON below folders."""
    found = [_file(path) for given in paths for path in _below(given)]
    if not found:
        raise CommandFailed("There is no YAML or JSON file.", USAGE)
    return found


def _below(given: Path) -> Iterator[Path]:
    if not given.is_dir():
        yield given
        return
    inner = given / "templates" if (given / "templates").is_dir() else given
    yield from sorted(path for kind in ("yaml", "yml", "json") for path in inner.rglob(f"*.{kind}") if path.is_file())


def _file(path: Path) -> File:
    try:
        with path.open("rb") as opened:
            data = opened.read(_LARGEST)
    except OSError as error:
        raise CommandFailed(f"{path} cannot be read: {error.strerror}.", USAGE) from None
    reading = manifests.read(data, str(path))
    return File(path, data, reading, (*reading.findings, *manifests.danger(reading)))


def report(found: list[File]) -> None:
    """Print what is to be said of manifests, as compilers do."""
    for file in found:
        for finding in file.findings:
            place = ":".join(str(n) for n in (file.path, finding.line, finding.column) if n is not None)
            about = f"{finding.path}: " if finding.path else ""
            print(clean(f"{place}: {finding.severity}: {about}{finding.message}"))


def lint(paths: list[Path], *, strict: Flag = False, remote: Remote = DEFAULT) -> int:
    """Check manifests, without a server.

    Args:
        paths: Files, or folders whose YAML and JSON files are all checked.
        strict: Warnings fail too.
    """
    found = files(paths)
    if remote.as_json:
        print_json({"files": [_account(file) for file in found]})
    else:
        report(found)
        bad = sum(not file.good for file in found)
        say(f"{len(found)} checked, {bad} cannot be taken." if bad else f"{len(found)} checked: all can be taken.")
    return FAILED if any(not file.good or (strict and file.findings) for file in found) else 0


def _account(file: File) -> dict[str, Any]:
    said = ({"path": f.path, "line": f.line, "column": f.column, "severity": f.severity} for f in file.findings)
    more = ({"code": f.code, "message": f.message} for f in file.findings)
    return {
        "file": str(file.path),
        "name": file.name,
        "valid": file.good,
        "findings": [one | other for one, other in zip(said, more, strict=True)],
    }


async def create(
    path: Path, *, version: str | None = None, changelog: str = "", everybody: Flag = False, remote: Remote = DEFAULT
) -> None:
    """Make a template of a manifest.

    Args:
        path: A YAML or JSON file.
        version: Its first version; 1.0.0 where left out.
        changelog: What is to be said of it.
        everybody: For everybody, if you look after all organisations; otherwise it is your organisation's.
    """
    file = _checked([path])[0]
    async with remote.api() as api:
        org_id = None if everybody else (await api.auth.me()).org_id
        made = await api.templates.create(file.data, org_id=org_id, version=version, changelog=changelog)
    _tell(remote, made, "is offered")


async def push(paths: list[Path], *, changelog: str = "", everybody: Flag = False, remote: Remote = DEFAULT) -> None:
    """Make or change templates so that they say what these manifests say.

    Args:
        paths: Files, or folders whose YAML and JSON files are all pushed.
        changelog: What is to be said of the new versions.
        everybody: For everybody, if you look after all organisations; otherwise they are your organisation's.
    """
    found = _checked(paths)
    done: list[dict[str, Any]] = []
    async with remote.api() as api:
        org_id = None if everybody else (await api.auth.me()).org_id
        for file in found:
            try:
                template, what = await api.templates.create(file.data, org_id=org_id, changelog=changelog), "made"
            except Conflict as error:
                if error.code != _EXISTS:
                    raise
                before = await api.templates.get(file.name)
                template = await api.templates.replace(file.name, file.data, changelog=changelog)
                what = "changed" if template.revision != before.revision else "as it was"
            done.append({"name": template.name, "version": template.version, "done": what})
            if not remote.as_json:
                say(f"{template.name} {template.version}: {what}.")
    if remote.as_json:
        print_json({"templates": done})


async def edit(
    name: str, *, file: Path | None = None, version: str | None = None, changelog: str = "", remote: Remote = DEFAULT
) -> None:
    """Change a template in your editor, or take what it is to say from a file.

    Args:
        name: As shown by `templates list`.
        file: A manifest that replaces it; without one your editor opens ($VISUAL, $EDITOR).
        version: The new version's number; the next patch where left out.
        changelog: What is to be said of it.
    """
    async with remote.api() as api:
        before = await api.templates.get(name)
        if file is not None:
            data = _checked([file])[0].data
        else:
            text = write(before.manifest or {})
            data = _edited(text)
            if data == text.encode():
                say("Nothing was changed.")
                return
        try:
            done = await api.templates.replace(
                name, data, version=version, changelog=changelog, revision=before.revision
            )
        except ApiError as error:
            if file is None:
                kept = Path(tempfile.mkstemp(prefix=f"{before.name}-", suffix=".yaml")[1])
                kept.write_bytes(data)
                say(f"What you wrote is kept in {kept}.")
            raise error from None
    _tell(remote, done, "is changed")


def _edited(text: str) -> bytes:
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    with tempfile.TemporaryDirectory(prefix="streamspace-") as folder:
        path = Path(folder) / "template.yaml"
        path.write_text(text)
        try:
            code = subprocess.run([*shlex.split(editor), str(path)], check=False).returncode  # noqa: S603 - theirs
        except OSError as error:
            raise CommandFailed(f"{editor} does not start: {error.strerror}.", hint="Set $EDITOR.") from None
        if code != 0:
            raise CommandFailed(f"{editor} ended with {code}; nothing was changed.")
        return path.read_bytes()


def _checked(paths: list[Path]) -> list[File]:
    found = files(paths)
    if any(not file.good for file in found):
        report(found)
        raise CommandFailed("Nothing was sent: not all of these are templates.", code="bad_manifest")
    return found


def _tell(remote: Remote, template: Template, what: str) -> None:
    if remote.as_json:
        print_json(template)
    else:
        say(f"{template.display_name} {what}, in version {template.version}.")
