"""Where this machine may connect to on behalf of people, and connections that go nowhere else.

A name is resolved once, every address it has is checked, and the connection goes to an address that was checked, so
that a name cannot mean something else a moment later. Time is bounded from the first look-up to the last byte.
"""

from __future__ import annotations

import functools
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit

import httpcore2
import httpx2

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Resolve = Callable[..., list[Any]]
"""What `socket.getaddrinfo` does."""

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_RESERVED = ipaddress.ip_network("240.0.0.0/4")
_TRIES = 4


class CannotFetch(Exception):  # noqa: N818 - it states a fact; callers say what it means for whom
    """An address could not be fetched; the message says why."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Reach:
    """What an administrator opened of the private networks: hosts by name, and networks."""

    hosts: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()

    @classmethod
    def of(cls, entries: Iterable[str]) -> Self:
        """Read entries such as `git.example.org`, `10.1.2.3` and `10.0.0.0/8`.

        Raises:
            ValueError: one is neither a host nor a network.
        """
        hosts, networks = set(), []
        for entry in entries:
            try:
                networks.append(ipaddress.ip_network(entry.strip()))
            except ValueError:
                hosts.add(_host_name(entry))
        return cls(frozenset(hosts), tuple(networks))

    def opens(self, host: str, address: Address) -> bool:
        """Say whether this address, found under this name, was opened."""
        named = host.lower().rstrip(".") in self.hosts
        return named or any(address.version == network.version and address in network for network in self.networks)


def _host_name(entry: str) -> str:
    name = entry.strip().lower().rstrip(".")
    if not name or not name.isascii() or not all(part.strip("-") and _label(part) for part in name.split(".")):
        raise ValueError(f"{entry!r} is neither a host name nor a network such as 10.0.0.0/8.")
    return name


def _label(part: str) -> bool:
    return all(char.isalnum() or char in "-_" for char in part)


def refused(address: Address, *, private: bool) -> bool:
    """Say whether nobody may be sent to this address; `private` allows this machine and private networks."""
    for inner in inside(address):
        # Link-local is where clouds keep the credentials of their machines.
        if inner.is_link_local or inner.is_multicast or inner.is_unspecified:
            return True
        if isinstance(inner, ipaddress.IPv4Address) and inner in _RESERVED:
            return True
        if not inner.is_global and not private:
            return True
    return False


def inside(address: Address) -> Iterable[Address]:
    """Yield the address, and the one that it would be turned into on its way."""
    yield address
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            yield address.ipv4_mapped
        if address.sixtofour is not None:
            yield address.sixtofour
        if address.teredo is not None:
            yield from address.teredo
        if address in _NAT64:
            yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)


def checked(host: str, found: Iterable[Any], reach: Reach) -> list[Address]:
    """Return the addresses of a look-up, all of which must be allowed.

    Raises:
        CannotFetch: one is not, or there is none.
    """
    addresses = list(dict.fromkeys(ipaddress.ip_address(str(info[4][0]).partition("%")[0]) for info in found))
    for address in addresses:
        if refused(address, private=reach.opens(host, address)):
            raise CannotFetch(f"{host} is at {address}, where nothing may be fetched from.")
    if not addresses:
        raise CannotFetch(f"{host} has no address.")
    return addresses


class Deadline:
    """When everything must be done."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self, host: str) -> float:
        """Return the seconds that are left.

        Raises:
            CannotFetch: none are.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise CannotFetch(f"{host} did not answer in time.")
        return left


def connect(
    host: str, port: int, reach: Reach, deadline: Deadline, resolve: Resolve = socket.getaddrinfo
) -> socket.socket:
    """Connect to a host, which must be one that may be reached.

    Raises:
        CannotFetch: it may not, or does not answer.
    """
    try:
        found = resolve(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise CannotFetch(f"{host} has no address.") from None
    failure: OSError | None = None
    for address in checked(host, found, reach)[:_TRIES]:
        try:
            return socket.create_connection((str(address), port), min(deadline.left(host), 15.0))
        except OSError as error:
            failure = error
    raise CannotFetch(f"{host} could not be reached: {failure}.")


class _Backend(httpcore2.NetworkBackend):
    """Has an HTTP client connect to checked addresses, and read and write until the deadline only."""

    def __init__(self, reach: Reach, deadline: Deadline, resolve: Resolve) -> None:
        self._reach = reach
        self._deadline = deadline
        self._resolve = resolve

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        del timeout, local_address, socket_options
        return _Stream(connect(host, port, self._reach, self._deadline, self._resolve), host, self._deadline)


class _Stream(httpcore2.NetworkStream):
    """A socket that a slow peer cannot hold for longer than the deadline, however often it sends a byte."""

    def __init__(self, sock: socket.socket, host: str, deadline: Deadline) -> None:
        self._sock = sock
        self._host = host
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        del timeout
        self._sock.settimeout(self._deadline.left(self._host))
        return self._sock.recv(max_bytes)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        del timeout
        self._sock.settimeout(self._deadline.left(self._host))
        self._sock.sendall(buffer)

    def close(self) -> None:
        self._sock.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        del timeout
        self._sock.settimeout(self._deadline.left(self._host))
        try:
            secured = ssl_context.wrap_socket(self._sock, server_hostname=server_hostname)
        except BaseException:
            self._sock.close()
            raise
        return _Stream(secured, self._host, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return {"socket": self._sock, "ssl_object": self._sock if isinstance(self._sock, ssl.SSLSocket) else None}.get(
            info
        )


class _Transport(httpx2.HTTPTransport):
    def __init__(self, backend: _Backend) -> None:
        super().__init__(verify=tls(), trust_env=False)
        # There is no argument for it; a test would notice if this name went away.
        self._pool = httpcore2.ConnectionPool(ssl_context=tls(), network_backend=backend)


class Client:
    """Fetches over HTTPS, from allowed places only, until the deadline. It blocks: not for an event loop's thread."""

    def __init__(self, reach: Reach, deadline: Deadline, resolve: Resolve = socket.getaddrinfo) -> None:
        self._http = httpx2.Client(
            transport=_Transport(_Backend(reach, deadline, resolve)), trust_env=False, timeout=None
        )

    def open(
        self,
        method: str,
        url: str,
        *,
        headers: dict[str, str] | None = None,
        content: Any = None,
        redirects: int = 0,
    ) -> httpx2.Response:
        """Begin a request and return its answer unread; close it. So many redirects are followed, each checked anew.

        Raises:
            CannotFetch: an address is not allowed or does not answer.
        """
        wanted = {"User-Agent": "StreamSpace", **(headers or {})}
        for _ in range(redirects + 1):
            check_https(url)
            answer = self._send(method, url, wanted, content)
            if not answer.has_redirect_location:
                return answer
            answer.close()
            target = str(httpx2.URL(url).join(answer.headers["location"]))
            if origin(target) != origin(url):
                # What we were given for one site is not for another.
                wanted = {name: value for name, value in wanted.items() if name.lower() != "authorization"}
            url = target
        raise CannotFetch(f"{shown(url)} sends us elsewhere too often.")

    def _send(self, method: str, url: str, headers: dict[str, str], content: Any) -> httpx2.Response:
        try:
            return self._http.send(self._http.build_request(method, url, headers=headers, content=content), stream=True)
        except TimeoutError:
            raise CannotFetch(f"{shown(url)} did not answer in time.") from None
        except (httpx2.HTTPError, httpx2.InvalidURL, httpcore2.ProtocolError, OSError, ValueError) as error:
            raise CannotFetch(f"{shown(url)} could not be reached: {reason(error)}") from error

    def close(self) -> None:
        """Close all connections."""
        self._http.close()


def read_bounded(answer: httpx2.Response, largest: int) -> bytes:
    """Read and close an answer, as it came over the wire.

    Raises:
        CannotFetch: it is larger than that, or breaks off.
    """
    body = bytearray()
    try:
        for chunk in answer.iter_raw():
            body += chunk
            if len(body) > largest:
                raise CannotFetch(f"{shown(str(answer.url))} answers with more than {largest // 1024} KiB.")
    except TimeoutError:
        raise CannotFetch(f"{shown(str(answer.url))} did not answer in time.") from None
    except (httpx2.HTTPError, httpcore2.ProtocolError, OSError) as error:
        raise CannotFetch(f"{shown(str(answer.url))} broke off: {reason(error)}") from error
    finally:
        answer.close()
    return bytes(body)


def check_https(url: str) -> None:
    """Refuse an address that is not plain `https://host/…`.

    Raises:
        CannotFetch: it says why.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise CannotFetch(f"{shown(url)} is not an address.") from None
    if not url.isascii() or not host or port == 0 or any(char.isspace() or not char.isprintable() for char in url):
        raise CannotFetch(f"{shown(url)} is not an address such as https://git.example.org.")
    if parts.scheme != "https":
        raise CannotFetch(f"{shown(url)} must begin with https://.")
    if parts.username is not None or parts.password is not None:
        raise CannotFetch("An address holds no name or password; they have fields of their own.")


def origin(url: str) -> tuple[str, str | None, int]:
    """Return scheme, host and port."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or (443 if parts.scheme == "https" else 80)


@functools.cache
def tls() -> ssl.SSLContext:
    """Read the authorities once, which takes long; SSL_CERT_FILE names an organisation's own."""
    return httpx2.create_ssl_context()


def shown(url: str) -> str:
    """Return as much of an address as may be shown: no query, which can hold secrets, no name or password."""
    text = ascii(url.partition("?")[0][:200])[1:-1]
    scheme, slashes, rest = text.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}{slashes}{host.rpartition('@')[2]}{slash}{path}" if slashes else text


def reason(error: Exception) -> str:
    """Say in a sentence what went wrong."""
    text = str(error) or type(error).__name__
    return text[:200] if text.endswith(".") else f"{text[:200]}."
