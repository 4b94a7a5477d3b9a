"""Fetches addresses that people typed in, without letting them reach what only this machine can reach.

The name is resolved once, every address is checked, and the connection goes to an address that was checked. Redirects
are not followed, proxies of the environment are not used, size and time are bounded.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpcore2
import httpx2
import orjson

from streamspace.server.core.outbound import CannotFetch, reason, refused, shown, tls

__all__ = ["CannotFetch", "Fetched", "check_url", "fetch", "refused"]

LARGEST_BYTES = 1024 * 1024
TIMEOUT_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer, whatever its status."""

    url: str
    status: int
    headers: httpx2.Headers
    body: bytes

    def json(self) -> Any:
        """Return the body as JSON.

        Raises:
            CannotFetch: it is none.
        """
        try:
            return orjson.loads(self.body)
        except orjson.JSONDecodeError:
            raise CannotFetch(f"{shown(self.url)} did not answer with JSON.") from None


async def fetch(
    url: str,
    *,
    private: bool = False,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    form: Mapping[str, str] | None = None,
) -> Fetched:
    """Fetch one address. `private` lets it be in a private network, and only then may it go without TLS there.

    Raises:
        CannotFetch: the address is not allowed, does not answer, or answers too much.
    """
    check_url(url, private=private)
    try:
        async with asyncio.timeout(TIMEOUT_SECONDS * 2):
            return await _fetch(url, private, method, headers, form)
    except CannotFetch:
        raise
    except (TimeoutError, httpx2.TimeoutException):
        raise CannotFetch(f"{shown(url)} did not answer in time.") from None
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError, ValueError, UnicodeError) as error:
        raise CannotFetch(f"{shown(url)} could not be reached: {reason(error)}") from error


def check_url(url: str, *, private: bool) -> None:
    """Refuse an address that could never be fetched, before anybody tries.

    Raises:
        CannotFetch: it says why.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise CannotFetch(f"{shown(url)} is not an address.") from None
    if (
        parts.scheme not in {"https", "http"}
        or not host
        or port == 0
        or parts.username is not None
        or not url.isascii()
    ):
        raise CannotFetch(f"{shown(url)} is not an address such as https://login.example.org.")
    if parts.scheme == "http" and not private:
        raise CannotFetch(f"{shown(url)} must begin with https://.")


async def _fetch(
    url: str,
    private: bool,  # noqa: FBT001
    method: str,
    headers: Mapping[str, str] | None,
    form: Mapping[str, str] | None,
) -> Fetched:
    transport = _Transport(_Guard(private=private, plain=urlsplit(url).scheme == "http"))
    async with (
        httpx2.AsyncClient(transport=transport, trust_env=False, timeout=TIMEOUT_SECONDS) as client,
        client.stream(
            method,
            url,
            headers={"User-Agent": "StreamSpace", "Accept": "application/json", **(headers or {})},
            data=form,
        ) as answer,
    ):
        body = bytearray()
        async for chunk in answer.aiter_bytes():
            body += chunk
            if len(body) > LARGEST_BYTES:
                raise CannotFetch(f"{shown(url)} answers with more than {LARGEST_BYTES // 1024} KiB.")
        return Fetched(url, answer.status_code, answer.headers, bytes(body))


class _Guard(httpcore2.AsyncNetworkBackend):
    """Connects to addresses that were checked."""

    def __init__(self, *, private: bool, plain: bool) -> None:
        self._private = private
        self._plain = plain
        self._inner = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the interface's own
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(ipaddress.ip_address(str(info[4][0]).partition("%")[0]) for info in found))
        for address in addresses:
            if refused(address, private=self._private):
                raise CannotFetch(f"{host} is at {address}, where nothing may be fetched from.")
            if self._plain and address.is_global:
                raise CannotFetch(f"{host} is on the public Internet; its address must begin with https://.")
        failure: Exception = CannotFetch(f"{host} has no address.")
        for address in addresses[:4]:
            try:
                return await self._inner.connect_tcp(str(address), port, timeout, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout, OSError) as error:
                failure = error
        raise failure

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class _Transport(httpx2.AsyncHTTPTransport):
    def __init__(self, guard: _Guard) -> None:
        super().__init__(verify=tls(), trust_env=False)
        # There is no argument for it; a test would notice if this name went away.
        self._pool = httpcore2.AsyncConnectionPool(ssl_context=tls(), network_backend=guard)
