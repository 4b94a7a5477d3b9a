"""The container engine: one client, and its refusals as sentences."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import aiohttp
from aiodocker import Docker
from aiodocker.exceptions import DockerError

from streamspace.platforms.base import PlatformError, ToolMissing

SOCKETS = ("/run/docker.sock", "/var/run/docker.sock")
ANSWER_SECONDS = 2.0
NOT_FOUND = 404
_UNREACHABLE = 900
"""aiodocker's status for an engine that cannot be reached."""
_CONNECT_SECONDS = 10.0


class EngineAway(PlatformError):  # noqa: N818
    """The container engine does not answer."""

    code = "platform_away"


def socket_path() -> Path:
    """Return where the engine listens: what DOCKER_HOST says, else the usual place.

    Raises:
        ToolMissing: DOCKER_HOST is no Unix socket. Sessions share folders with the agent, so both are on one machine.
    """
    host = os.environ.get("DOCKER_HOST", "")
    if not host:
        return Path(next((path for path in SOCKETS if Path(path).exists()), SOCKETS[-1]))
    if not host.startswith("unix://"):
        raise ToolMissing(f"DOCKER_HOST is {host}: the agent needs an engine on its own machine, at unix:///….")
    return Path(host.removeprefix("unix://"))


def problem(path: Path) -> str | None:
    """Say why no engine answers at a socket, if none does."""
    hint = "Install Docker (Debian: apt install docker.io) and start it, or run the agent as a user who may use it."
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(ANSWER_SECONDS)
            connection.connect(str(path))
            connection.sendall(b"GET /_ping HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n")
            answer = http.client.HTTPResponse(connection)
            answer.begin()
            return None if answer.status == http.HTTPStatus.OK else f"Docker at {path} answers {answer.status}."
    except (OSError, http.client.HTTPException) as error:
        return f"Docker does not answer at {path} ({error}). {hint}"


@contextlib.contextmanager
def sentences() -> Iterator[None]:
    """Turn the client's errors into ones a person can read.

    Raises:
        EngineAway: nobody answers.
        PlatformError: the engine refuses; the text has its words.
    """
    try:
        yield
    except DockerError as error:
        if error.status == _UNREACHABLE:
            raise EngineAway(f"Docker does not answer: {error.message}") from None
        raise PlatformError(f"Docker refused: {error.message}") from None
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise EngineAway(f"Docker does not answer: {error}") from None


@contextlib.contextmanager
def gone_is_fine() -> Iterator[None]:
    """Let pass that something is not there, or is already as asked (304)."""
    try:
        yield
    except DockerError as error:
        if error.status not in {NOT_FOUND, 304}:
            raise


class Engine:
    """A client that is made when it is first needed, because it belongs to an event loop."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._client: Docker | None = None

    @property
    def client(self) -> Docker:
        """The client itself."""
        if self._client is None:
            timeout = aiohttp.ClientTimeout(total=None, sock_connect=_CONNECT_SECONDS)
            self._client = Docker(url=f"unix://{self.path}", timeout=timeout)
        return self._client

    async def close(self) -> None:
        """Close the client's connections."""
        if self._client is not None:
            await self._client.close()
            self._client = None

    async def container(self, name: str) -> dict[str, Any] | None:
        """Return what the engine knows of a container, or None if there is none of that name."""
        try:
            return await self.client.containers.container(name).show()
        except DockerError as error:
            if error.status != NOT_FOUND:
                raise
            return None

    async def containers(self, label: str) -> list[dict[str, Any]]:
        """Return all containers with a label, the stopped ones too, as the engine's list shows them."""
        return list(await self._get("/containers/json", all="1", filters=json.dumps({"label": [label]})))

    async def limit_processor(self, name: str, millicores: int) -> None:
        """Change how much of the processor a running container may have."""
        await self._post(f"/containers/{name}/update", {"NanoCpus": millicores * 1_000_000})

    async def stats(self, name: str) -> dict[str, Any]:
        """Return a running container's numbers as they are now."""
        return dict(await self._get(f"/containers/{name}/stats", stream="0", **{"one-shot": "1"}))

    async def info(self) -> dict[str, Any]:
        """Return what the engine says of itself."""
        return dict(await self._get("/info"))

    async def remove_container(self, name: str) -> None:
        """End a container at once if it runs, and remove it."""
        with gone_is_fine():
            await self.client.containers.container(name).delete(force=True, v=True)

    async def remove_volume(self, name: str) -> None:
        """Remove a volume and what is in it."""
        async with self.client.session.delete(f"{self.client.docker_host}/volumes/{name}") as answer:
            if answer.status != NOT_FOUND:
                await _checked(answer)

    async def events(self, label: str) -> AsyncIterator[dict[str, Any]]:
        """Yield what happens to containers with a label until the engine ends; an empty one says that it listens."""
        filters = {"type": ["container"], "label": [label], "event": ["die", "oom", "pause", "unpause"]}
        address = f"{self.client.docker_host}/events"
        async with self.client.session.get(address, params={"filters": json.dumps(filters)}) as answer:
            yield {}
            async for line in answer.content:
                yield json.loads(line)

    async def import_image(self, archive: Path, name: str) -> None:
        """Make an image of a file system's tar."""
        repo, _, tag = name.partition(":")
        address = f"{self.client.docker_host}/images/create"
        with archive.open("rb") as content:
            asked = self.client.session.post(address, params={"fromSrc": "-", "repo": repo, "tag": tag}, data=content)
            async with asked as answer:
                for line in (await answer.text()).splitlines():
                    if "error" in (told := json.loads(line)):
                        raise DockerError(answer.status, str(told["error"]))

    async def images(self, label: str) -> list[dict[str, Any]]:
        """Return all images with a label, as the engine's list shows them."""
        return list(await self._get("/images/json", filters=json.dumps({"label": [label]})))

    async def remove_image(self, name: str) -> None:
        """Remove an image that no container needs, and what only it was made of."""
        async with self.client.session.delete(f"{self.client.docker_host}/images/{name}") as answer:
            await _checked(answer)

    async def create_volume(self, name: str, labels: dict[str, str]) -> None:
        """Make a volume; one of that name stays as it is."""
        await self._post("/volumes/create", {"Name": name, "Labels": labels})

    async def mountpoint(self, volume: str) -> str:
        """Return where a volume's files are on the engine's machine."""
        return str((await self._get(f"/volumes/{volume}"))["Mountpoint"])

    async def volumes(self, *labels: str) -> list[dict[str, Any]]:
        """Return all volumes with these labels."""
        return (await self._get("/volumes", filters=json.dumps({"label": labels})))["Volumes"] or []

    async def volume_sizes(self) -> dict[str, int]:
        """Return how much volumes hold, as the engine counts it, which may take long."""
        found = (await self._get("/system/df", type="volume"))["Volumes"] or []
        sizes = {volume["Name"]: (volume.get("UsageData") or {}).get("Size", -1) for volume in found}
        return {name: size for name, size in sizes.items() if size >= 0}

    async def _get(self, path: str, **params: str) -> Any:
        async with self.client.session.get(self.client.docker_host + path, params=params) as answer:
            return await _checked(answer)

    async def _post(self, path: str, body: dict[str, Any]) -> Any:
        async with self.client.session.post(self.client.docker_host + path, json=body) as answer:
            return await _checked(answer)


async def _checked(answer: aiohttp.ClientResponse) -> Any:
    body = await answer.json() if answer.content_type == "application/json" else {}
    if answer.status >= http.HTTPStatus.BAD_REQUEST:
        raise DockerError(answer.status, str(body.get("message", body)))
    return body
