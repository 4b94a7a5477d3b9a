"""Homes as named volumes: one for each person, or one that goes with its session."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Collection
from pathlib import Path

from streamspace.platforms.base import PlatformError
from streamspace.platforms.docker.containers import AGENT_LABEL, KEY_LABEL
from streamspace.platforms.docker.engine import Engine
from streamspace.platforms.local.homes import size_of
from streamspace.platforms.local.platform import Person
from streamspace.platforms.local.records import Record
from streamspace.platforms.local.surroundings import INSIDE_HOME

HOME_LABEL = "streamspace.home"
ORG_LABEL = "streamspace.org"
USER_LABEL = "streamspace.user"


def name(record: Record, key: str) -> str:
    """Return the volume's name."""
    if not record.persistent_home:
        return f"streamspace-once-{key}"
    person = hashlib.sha256(f"{record.org_id}\0{record.user_id}".encode()).hexdigest()[:24]
    return f"streamspace-home-{person}"


async def ensure(engine: Engine, record: Record, key: str, image: str, ready: Path, agent: str) -> str:
    """Return the name of a session's home, made and given to its owner unless `ready` has a note that this was done."""
    volume = name(record, key)
    labels = {HOME_LABEL: "person", ORG_LABEL: record.org_id, USER_LABEL: record.user_id}
    if not record.persistent_home:
        labels = {HOME_LABEL: "once", AGENT_LABEL: agent, KEY_LABEL: key}
    note = ready / volume
    await engine.create_volume(volume, labels)
    if await asyncio.to_thread(_read, note) != str(record.owner):
        await _give(engine, volume, image, record.owner, {AGENT_LABEL: agent})
        await asyncio.to_thread(note.write_text, str(record.owner))
    return volume


def _read(note: Path) -> str:
    try:
        return note.read_text()
    except OSError:
        return ""


async def _give(engine: Engine, volume: str, image: str, owner: int, labels: dict[str, str]) -> None:
    """Hand a volume to a user of this machine: a new one is the image's user's, and only the engine can enter it."""
    script = (
        f'[ "$(stat -c %u {INSIDE_HOME})" = {owner} ] || chown -R --no-dereference {owner}:{owner} {INSIDE_HOME}; '
        f"chmod 0700 {INSIDE_HOME}"
    )
    container = await engine.client.containers.create(
        {
            "Image": image,
            "Entrypoint": ["sh", "-c", script],
            "User": "0:0",
            "NetworkDisabled": True,
            "Labels": labels,
            "HostConfig": {
                "NetworkMode": "none",
                "CapDrop": ["ALL"],
                "CapAdd": ["CHOWN", "FOWNER", "DAC_READ_SEARCH"],
                "SecurityOpt": ["no-new-privileges"],
                "ReadonlyRootfs": True,
                "Mounts": [{"Type": "volume", "Source": volume, "Target": INSIDE_HOME}],
            },
        }
    )
    try:
        await container.start()
        code = (await container.wait())["StatusCode"]
    finally:
        await container.delete(force=True)
    if code != 0:
        raise PlatformError("The home of this session could not be made.")


async def sizes(engine: Engine, wanted: Collection[Person] | None) -> dict[Person, int | None]:
    """Measure people's homes: in the engine's folder where this process sees it, else by the engine itself."""
    volumes = {
        (volume["Labels"].get(ORG_LABEL, ""), volume["Labels"].get(USER_LABEL, "")): volume
        for volume in await engine.volumes(f"{HOME_LABEL}=person")
    }
    known = {person: volume for person, volume in volumes.items() if wanted is None or person in wanted}
    if all([await asyncio.to_thread(os.access, volume["Mountpoint"], os.R_OK | os.X_OK) for volume in known.values()]):
        return {person: await size_of(Path(volume["Mountpoint"])) for person, volume in known.items()}
    told = await engine.volume_sizes()
    return {person: told.get(volume["Name"]) for person, volume in known.items()}


async def remove_once(engine: Engine, record: Record, key: str) -> None:
    """Remove a home that goes with its session; a person's stays."""
    if not record.persistent_home:
        await engine.remove_volume(name(record, key))


async def remove_strays(engine: Engine, agent: str, known: set[str]) -> None:
    """Remove homes that should have gone with sessions of this agent that are no more."""
    for volume in await engine.volumes(f"{AGENT_LABEL}={agent}", f"{HOME_LABEL}=once"):
        if volume["Labels"].get(KEY_LABEL) not in known:
            await engine.remove_volume(volume["Name"])
