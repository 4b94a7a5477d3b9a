"""People from a CSV file."""

from __future__ import annotations

import asyncio
import csv
import io
from dataclasses import dataclass

from pydantic import ValidationError

from streamspace.server.core import auth, permissions
from streamspace.server.core.db import Database, UnitOfWork
from streamspace.server.core.errors import Problem
from streamspace.server.core.permissions import Action, Actor, GroupRole, OrgRole
from streamspace.server.groups import service as groups
from streamspace.server.people.schemas import ImportFailure, ImportOut, PersonIn
from streamspace.server.users import service as users
from streamspace.server.users.errors import BadImport

MOST_LINES = 500
_HASHING = asyncio.Semaphore(2)
"""The threads that hash are everybody's; an import leaves some for people who sign in."""
REQUIRED = {"username", "email", "fullName"}
KNOWN = REQUIRED | {"orgRole", "groups", "password", "provider"}


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One person of the file."""

    number: int
    person: PersonIn
    groups: tuple[str, ...]


async def take_in(database: Database, actor: Actor, content: bytes, *, dry_run: bool, partial: bool) -> ImportOut:
    """Add the people of a file: all of them, or none if a line is wrong and `partial` was not asked for.

    Passwords are hashed between looking and writing, so that nobody else's writes wait for it.

    Raises:
        BadImport: it is not such a file.
    """
    permissions.require(actor, Action.USER_MANAGE, owner_id=None, org_id=actor.org_id)
    lines, failed = _read(content)
    total = len(lines) + len(failed)
    async with database.work(write=False) as uow:
        good, _ = await _checked(uow, actor, lines, failed)
    if dry_run or (failed and not partial):
        return _answer(good, failed, total, written=False)
    hashes = dict(zip(good, await asyncio.gather(*(_hash(line) for line in good)), strict=True))
    async with database.work() as uow:
        good, known = await _checked(uow, actor, good, failed)
        if failed and not partial:
            return _answer(good, failed, total, written=False)
        await _write(uow, actor, good, known, hashes)
    return _answer(good, failed, total, written=True)


async def _hash(line: Line) -> str | None:
    if line.person.provider != "local":
        return None
    async with _HASHING:
        return await auth.hash_password(line.person.password or "")


def _answer(good: list[Line], failed: list[ImportFailure], total: int, *, written: bool) -> ImportOut:
    names = [line.person.username for line in good]
    failed.sort(key=lambda failure: failure.line)
    return ImportOut(
        created=names if written else [], would_create=[] if written else names, failed=failed, total=total
    )


async def _write(
    uow: UnitOfWork, actor: Actor, good: list[Line], known: dict[str, str], hashes: dict[Line, str | None]
) -> None:
    for line in good:
        person = line.person
        user = await users.create(
            uow,
            username=person.username,
            password_hash=hashes[line],
            org_role=person.org_role,
            email=person.email,
            full_name=person.full_name,
            org_id=actor.org_id,
            provider=person.provider,
        )
        for name in line.groups:
            await groups.add_member(uow, actor, known[name], user.id, GroupRole.MEMBER)
    uow.note("user.imported", "organization", actor.org_id, after={"people": len(good)})


def _read(content: bytes) -> tuple[list[Line], list[ImportFailure]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadImport("The file is not text in UTF-8.") from None
    if "\0" in text:
        raise BadImport
    try:
        rows = list(csv.DictReader(io.StringIO(text), skipinitialspace=True))
    except csv.Error as error:
        raise BadImport(f"The file is not CSV: {error}.") from None
    columns = set(rows[0]) if rows else set(text.splitlines()[0].split(",") if text.strip() else ())
    if not columns >= REQUIRED:
        raise BadImport
    if unknown := {str(column) for column in columns} - KNOWN:
        raise BadImport(f"The file has a column nobody knows: {min(unknown)[:40]!r}.")
    if len(rows) > MOST_LINES:
        raise BadImport(f"The file has more than {MOST_LINES} people. Divide it.")
    lines: list[Line] = []
    failed: list[ImportFailure] = []
    for number, row in enumerate(rows, start=2):
        username = str(row.get("username") or "")[:64]
        if None in row or None in row.values():
            failed.append(_failure(number, username, "bad_line", "This line has more or fewer columns than the head."))
            continue
        values = {name: value.strip() for name, value in row.items() if value.strip() and name != "groups"}
        try:
            person = PersonIn.model_validate(values)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            failed.append(_failure(number, username, "bad_line", f"{where}: {first['msg']}"))
            continue
        named = tuple(part.strip() for part in (row.get("groups") or "").split(";") if part.strip())
        lines.append(Line(number, person, named))
    return lines, failed


async def _checked(
    uow: UnitOfWork, actor: Actor, lines: list[Line], failed: list[ImportFailure]
) -> tuple[list[Line], dict[str, str]]:
    known = {group.name: group.id for group in await groups.all_of(uow, actor.org_id)}
    names, addresses = await users.taken(
        uow, [line.person.username for line in lines], [line.person.email for line in lines]
    )
    good = []
    for line in lines:
        person = line.person
        try:
            users.require_grant(actor, role=person.role, org_role=OrgRole(person.org_role), org_id=actor.org_id)
            if person.provider == "local":
                users.check_password(person.password or "")
        except Problem as problem:
            failed.append(_failure(line.number, person.username, problem.code, problem.message))
            continue
        missing = [name for name in line.groups if name not in known]
        if person.username.lower() in names:
            failed.append(_failure(line.number, person.username, "username_taken", "Somebody has this user name."))
        elif person.email.lower() in addresses:
            failed.append(_failure(line.number, person.username, "email_taken", "Somebody has this e-mail address."))
        elif missing:
            failed.append(
                _failure(line.number, person.username, "group_not_found", f"There is no group {missing[0][:50]!r}.")
            )
        else:
            good.append(line)
            names.add(person.username.lower())
            addresses.add(person.email.lower())
    return good, known


def _failure(line: int, username: str, error: str, message: str) -> ImportFailure:
    return ImportFailure(line=line, username=username, error=error, message=message)
