"""Whether a session may be: for whom, with what, within which limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from streamspace.kit import durations, quantities
from streamspace.protocol import parameters
from streamspace.protocol.manifest import TemplateManifest
from streamspace.protocol.parameters import Answers
from streamspace.protocol.places import Place
from streamspace.server.core import permissions
from streamspace.server.core.db import UnitOfWork
from streamspace.server.core.errors import BadDuration, Forbidden
from streamspace.server.core.permissions import Action, Actor, Scope
from streamspace.server.core.settings import Settings
from streamspace.server.homes import service as homes
from streamspace.server.limits import service as limits
from streamspace.server.limits.errors import QuotaExceeded
from streamspace.server.limits.rules import Amount, excess
from streamspace.server.organizations import service as organizations
from streamspace.server.sessions import queries, rules
from streamspace.server.sessions.errors import BadParameters, BadPlacement, BadResources, NoSuchUser
from streamspace.server.sessions.schemas import ResourcesIn
from streamspace.server.users import service as users
from streamspace.server.users.models import User


async def owner(uow: UnitOfWork, actor: Actor, username: str | None) -> tuple[User, str]:
    """Return for whom a session is, and where: the actor, or somebody they may start sessions for."""
    if username in {None, actor.username, actor.id}:
        permissions.require(actor, Action.SESSION_CREATE, owner_id=actor.id, org_id=actor.org_id)
        person = await users.get_by_id(uow, actor.id)
    else:
        if permissions.scope(actor, Action.SESSION_CREATE) <= Scope.OWN:
            raise Forbidden
        person = await users.find(uow, str(username))
        if person is not None and await organizations.membership(uow, actor.org_id, person.id) is None:
            if permissions.scope(actor, Action.SESSION_CREATE) is not Scope.ALL:
                raise NoSuchUser  # whether the name exists elsewhere is nobody's business
            return person, person.org_id
    if person is None or not person.active:
        raise NoSuchUser
    return person, actor.org_id


async def take(uow: UnitOfWork, owner: User, org_id: str, wanted: Amount, *, new_home_use: bool = True) -> None:
    """Refuse what passes a limit. Whatever is counted here stays held until the session is in the database.

    Without `new_home_use` it does not matter how full homes are: the session has none of theirs, or slept, and waking
    it is how somebody comes at their files to remove some.

    Raises:
        QuotaExceeded: a limit would be passed.
    """
    counted = []
    for allowance in await limits.applying_to(uow, owner, org_id):
        used = await queries.usage(uow.db, org_id, allowance.user_ids)
        if new_home_use and allowance.limits.max_storage_bytes is not None:
            used = replace(used, storage_bytes=await homes.used(uow, org_id, allowance.user_ids))
        counted.append((allowance, used))
    found = excess(counted, wanted)
    if found is not None:
        raise QuotaExceeded(
            found.sentence,
            details={
                "limit": found.limit,
                "scope": found.kind,
                "name": found.name,
                "max": found.most,
                "used": found.used,
                "requested": found.requested,
            },
        )


def resources(wanted: ResourcesIn, manifest: TemplateManifest, settings: Settings) -> tuple[int, int]:
    """Return millicores and bytes: what was asked for, else what the template says, else what everybody gets.

    Raises:
        BadResources: malformed, or beyond any machine.
    """
    defaults = manifest.spec.default_resources
    try:
        cpu = quantities.millicores(wanted.cpu or defaults.wanted_cpu() or settings.default_cpu)
        memory = quantities.size_bytes(wanted.memory or defaults.wanted_memory() or settings.default_memory)
    except quantities.BadQuantity as error:
        raise BadResources(str(error)) from None
    if not rules.FEWEST_MILLICORES <= cpu <= rules.MOST_MILLICORES:
        raise BadResources
    if not rules.LEAST_MEMORY <= memory <= rules.MOST_MEMORY:
        raise BadResources
    return cpu, memory


def answers(given: Mapping[str, Any], manifest: TemplateManifest) -> Answers:
    """Return what its person answered to what the template asks.

    Raises:
        BadParameters: something is missing, or is not what was asked for.
    """
    found = parameters.answer(manifest.spec.parameters, given)
    if found.faults:
        details = [{"field": f"parameters.{name}", "message": message} for name, message in found.faults.items()]
        name, message = next(iter(found.faults.items()))
        raise BadParameters(f"{name}: {message}", details=details)
    return found


def place(wanted: Place | None, manifest: TemplateManifest) -> Place | None:
    """Return where its person wants a session to run, if anywhere in particular.

    Raises:
        BadPlacement: the template rules it out.
    """
    if wanted is None or (wanted.region is None and not wanted.labels):
        return None
    if manifest.spec.placement is not None and (conflict := manifest.spec.placement.conflict(wanted)) is not None:
        raise BadPlacement(f"{BadPlacement().message} {conflict}")
    return wanted


def seconds(text: str | None) -> int | None:
    """Read a duration; none and zero mean for ever.

    Raises:
        BadDuration: malformed, or longer than the database counts.
    """
    if text is None:
        return None
    try:
        seconds = int(durations.parse(text).total_seconds())
    except ValueError:
        raise BadDuration from None
    if seconds > rules.LONGEST_SECONDS:
        raise BadDuration
    return seconds or None
