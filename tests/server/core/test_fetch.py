"""What may be fetched, and from where."""

import asyncio
import ipaddress
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from streamspace.server.core import fetch as fetching
from streamspace.server.core.fetch import CannotFetch, check_url, fetch, refused

INSIDE = ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "::1", "fc00::1", "::ffff:10.0.0.1"]
NOWHERE = [
    *("169.254.169.254", "fe80::1", "0.0.0.0", "::", "224.0.0.1", "ff02::1", "255.255.255.255", "240.0.0.1"),  # noqa: S104
    *("::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::1"),
]
OUTSIDE = ["93.184.216.34", "2606:4700::1111", "64:ff9b::5db8:d822"]


@pytest.mark.parametrize("address", INSIDE)
def test_private_addresses_need_leave(address: str) -> None:
    assert refused(ipaddress.ip_address(address), private=False)
    assert not refused(ipaddress.ip_address(address), private=True)


@pytest.mark.parametrize("address", NOWHERE)
def test_some_addresses_are_never_fetched_from(address: str) -> None:
    assert refused(ipaddress.ip_address(address), private=False)
    assert refused(ipaddress.ip_address(address), private=True)


@pytest.mark.parametrize("address", OUTSIDE)
def test_public_addresses_are_fine(address: str) -> None:
    assert not refused(ipaddress.ip_address(address), private=False)


@pytest.mark.parametrize(
    "url",
    [
        *("", "idp.example.org", "ftp://idp.example.org", "file:///etc/passwd", "https://", "https://[", "gopher://x"),
        *("https://user:secret@idp.example.org", "https://idp.example.org:0", "https://idp.example.org:99999"),
        *("http://idp.example.org", "https://ïdp.example.org", "javascript:alert(1)"),
    ],
)
def test_other_addresses_are_refused_before_anybody_tries(url: str) -> None:
    with pytest.raises(CannotFetch):
        check_url(url, private=False)


Answer = Callable[[bytes], Awaitable[bytes]]


@pytest.fixture
async def port() -> AsyncIterator[int]:
    """A server that answers by path."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        path = head.split()[1].partition(b"?")[0]
        if path == b"/redirect":
            writer.write(b"HTTP/1.1 302 Found\r\nLocation: /ok\r\nContent-Length: 0\r\n\r\n")
        elif path == b"/endless":
            writer.write(b"HTTP/1.1 200 OK\r\n\r\n" + b"a" * (fetching.LARGEST_BYTES + 1))
        elif path == b"/slow":
            await asyncio.sleep(5)
        elif path == b"/nonsense":
            writer.write(b"what?\r\n\r\n")
        else:
            writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{"ok":true}')
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    server.close()


class TestFetch:
    async def test_reaches_this_machine_only_with_leave(self, port: int) -> None:
        assert (await fetch(f"http://localhost:{port}/", private=True)).json() == {"ok": True}
        with pytest.raises(CannotFetch, match="nothing may be fetched"):
            await fetch(f"https://localhost:{port}/")

    async def test_follows_no_redirect(self, port: int) -> None:
        assert (await fetch(f"http://127.0.0.1:{port}/redirect", private=True)).status == 302

    async def test_uses_no_proxy_of_the_environment(self, port: int, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
        monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
        assert (await fetch(f"http://127.0.0.1:{port}/", private=True)).status == 200

    @pytest.mark.parametrize("path", ["endless", "slow", "nonsense"])
    async def test_bounds_what_it_takes(self, port: int, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(fetching, "TIMEOUT_SECONDS", 0.5)
        with pytest.raises(CannotFetch):
            await fetch(f"http://127.0.0.1:{port}/{path}?secret=1", private=True)

    async def test_says_nothing_of_the_query(self, port: int) -> None:
        with pytest.raises(CannotFetch) as refusal:
            await fetch(f"http://127.0.0.1:{port}/nonsense?secret=1", private=True)
        assert "secret" not in refusal.value.message

    async def test_goes_without_tls_to_private_addresses_only(self, monkeypatch: pytest.MonkeyPatch) -> None:
        async def public(*_: object, **__: object) -> list[object]:
            return [(2, 1, 6, "", ("93.184.216.34", 80))]

        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", public, raising=False)
        with pytest.raises(CannotFetch, match="https://"):
            await fetch("http://idp.example.org/", private=True)

    async def test_one_private_address_among_public_ones_is_enough_to_refuse(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def mixed(*_: object, **__: object) -> list[object]:
            return [(2, 1, 6, "", ("93.184.216.34", 443)), (2, 1, 6, "", ("10.0.0.1", 443))]

        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", mixed, raising=False)
        with pytest.raises(CannotFetch, match=r"10\.0\.0\.1"):
            await fetch("https://idp.example.org/")
