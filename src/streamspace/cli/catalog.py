"""`streamspace catalog …`: make templates of what others describe. Only `--push` talks to a server."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from cyclopts import App, Parameter

from streamspace import manifests
from streamspace.cli.failures import CommandFailed
from streamspace.cli.output import clean, print_json, say
from streamspace.cli.remote import DEFAULT, Remote
from streamspace.manifests import Finding, importers
from streamspace.manifests.importers import Conversion
from streamspace.manifests.writing import write

app = App(name="catalog", help="Make templates of what others describe.")
app.command(
    "streamspace.cli.debian:app", name="debian", help="Find applications of Debian, and make templates of them."
)

Format = Literal["template", "linuxserver", "kasm", "devcontainer", "desktop", "docker-run", "compose"]
_SECONDS = 30
_MOST_REDIRECTS = 5


@dataclass(frozen=True, slots=True)
class Made:
    """One template, ready to be written, and what is to be said of it."""

    name: str
    manifest: dict[str, Any]
    text: str
    findings: Sequence[Finding] = field(default_factory=tuple)

    @property
    def good(self) -> bool:
        """Whether a server would take it."""
        return not manifests.errors(tuple(self.findings))


@app.command(name="import")
async def import_templates(
    source: Annotated[str, Parameter(allow_leading_hyphen=True)],
    *,
    format: Format | None = None,  # noqa: A002 - the option's name
    output: Annotated[Path | None, Parameter(name=["--output", "-o"])] = None,
    overwrite: Annotated[bool, Parameter(negative="")] = False,
    push: Annotated[bool, Parameter(negative="")] = False,
    remote: Remote = DEFAULT,
) -> int:
    """Make templates of a file, and say what was understood and what was not.

    Reads template YAML of either API group, descriptions of LinuxServer.io, Kasm registries, compose files, lines of
    docker run, devcontainer.json and desktop entries.

    Args:
        source: A file, `-` for standard input, or an http or https address.
        format: What it is; otherwise that is told by its name and content.
        output: Folder to write the templates to; otherwise they are printed.
        overwrite: Replace files that are there already.
        push: Send the templates to the server.
    """
    data, name = await _downloaded(source) if "://" in source else _read(source)
    known = format or importers.recognised(data, name)
    conversion = importers.convert(data, name, known)
    made = checked(conversion)
    if remote.as_json:
        print_json(account(made, conversion) | {"format": known})
    else:
        report(made, conversion, importers.FORMATS[known].TITLE if known else "")
    if output is not None:
        save(made, output, overwrite=overwrite)
    elif not push and not remote.as_json:
        print("\n---\n".join(one.text for one in made), end="")
    sent = await _pushed(made, remote) if push else True
    return 0 if sent and made and all(one.good for one in made) else 1


def checked(conversion: Conversion) -> list[Made]:
    """Write each template and read it again as a server would."""
    made = []
    for manifest in conversion.manifests:
        text = write(manifest)
        reading = manifests.read(text.encode())
        found = (*reading.findings, *manifests.danger(reading))
        made.append(Made(str(manifest["metadata"]["name"]), dict(manifest), text, found))
    return made


def account(made: Sequence[Made], conversion: Conversion) -> dict[str, Any]:
    """Return the outcome as plain values."""
    return {
        "templates": [
            {
                "manifest": one.manifest,
                "findings": [
                    {"path": found.path, "severity": found.severity, "code": found.code, "message": found.message}
                    for found in one.findings
                ],
            }
            for one in made
        ],
        "understood": list(conversion.understood),
        "notUnderstood": list(conversion.not_understood),
    }


def report(made: Sequence[Made], conversion: Conversion, title: str) -> None:
    """Say on standard error what became of a file."""
    if title:
        say(f"It is a {title}.")
    for heading, lines in (("Understood", conversion.understood), ("Not understood", conversion.not_understood)):
        if lines:
            say(f"{heading}:")
        for line in lines:
            say(f"  {line}")
    for one in made:
        for found in one.findings:
            say(f"{one.name}: {found.severity}: {found.path}: {found.message}")
    say(f"{len(made)} template{'' if len(made) == 1 else 's'} made.")


def save(made: Sequence[Made], folder: Path, *, overwrite: bool) -> None:
    """Write each template to a file of its name; none if one of them is there already."""
    paths = {one.name: folder / f"{one.name}.yaml" for one in made}
    there = [path for path in paths.values() if path.exists()]
    if there and not overwrite:
        raise CommandFailed(f"{there[0]} exists already.", hint="--overwrite replaces it.")
    folder.mkdir(parents=True, exist_ok=True)
    for one in made:
        paths[one.name].write_text(one.text)
        say(f"Wrote {paths[one.name]}")


async def _pushed(made: Sequence[Made], remote: Remote) -> bool:
    from streamspace.client import Conflict  # noqa: PLC0415 - only --push needs it

    sent = True
    async with remote.api() as api:
        for one in made:
            if not one.good:
                say(f"{one.name} is not sent: it has errors.")
                continue
            try:
                await api.templates.create(one.text)
            except Conflict as error:
                say(f"{one.name} is not sent: {error}")
                sent = False
            else:
                say(f"Sent {one.name}.")
    return sent


def _read(source: str) -> tuple[bytes, str]:
    if source == "-":
        return _bounded(sys.stdin.buffer.read(importers.MAX_BYTES + 1)), "standard input"
    try:
        with Path(source).open("rb") as file:
            return _bounded(file.read(importers.MAX_BYTES + 1)), Path(source).name
    except OSError as error:
        raise CommandFailed(f"{source} cannot be read: {error.strerror}.") from error


async def _downloaded(address: str) -> tuple[bytes, str]:
    import httpx2  # noqa: PLC0415 - only an address needs it

    data = bytearray()
    try:
        async with (
            httpx2.AsyncClient(follow_redirects=True, max_redirects=_MOST_REDIRECTS, timeout=_SECONDS) as http,
            http.stream("GET", address) as answer,
        ):
            answer.raise_for_status()
            async for chunk in answer.aiter_bytes():
                data += chunk
                if len(data) > importers.MAX_BYTES:
                    break
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise CommandFailed(f"{address} cannot be fetched: {clean(str(error)) or type(error).__name__}.") from error
    return _bounded(bytes(data)), PurePosixPath(urlsplit(address).path).name


def _bounded(data: bytes) -> bytes:
    if len(data) > importers.MAX_BYTES:
        raise CommandFailed(f"A file has at most {importers.MAX_BYTES // 1024**2} MB.")
    return data
