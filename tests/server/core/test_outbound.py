"""Where connections may go, whatever names and redirects say. Servers and look-ups are the test's own."""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from streamspace.server.core import outbound
from streamspace.server.core.outbound import (
    CannotFetch,
    Client,
    Deadline,
    Reach,
    check_https,
    connect,
    read_bounded,
    refused,
    shown,
)
from tests.server.repositories import hosts

LOCAL = Reach.of(("127.0.0.0/8",))
NOWHERE = Reach()


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[hosts.Host]:
    outbound.tls.cache_clear()
    with hosts.https(tmp_path / "https") as host:
        monkeypatch.setenv("SSL_CERT_FILE", str(host.certificate))
        yield host
    outbound.tls.cache_clear()


def at(*addresses: str) -> Any:
    """A look-up that always finds these."""

    def resolve(host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    return resolve


class TestAddresses:
    @given(st.ip_addresses(v=4))
    def test_an_address_inside_another_is_judged_by_itself(self, address: ipaddress.IPv4Address) -> None:
        number = int(address)
        for private in (True, False):
            wrapped = [
                ipaddress.IPv6Address((0xFFFF << 32) | number),
                ipaddress.IPv6Address((0x2002 << 112) | (number << 80)),
                ipaddress.IPv6Address((0x64FF9B << 96) | number),
            ]
            if refused(address, private=private):
                assert all(refused(one, private=private) for one in wrapped)

    @given(st.ip_addresses(v=4))
    def test_only_what_everybody_can_reach_is_reached(self, address: ipaddress.IPv4Address) -> None:
        if not address.is_global or address.is_multicast:
            assert refused(address, private=False)

    @given(st.ip_addresses(v=6))
    def test_the_same_holds_for_the_newer_addresses(self, address: ipaddress.IPv6Address) -> None:
        if not address.is_global or address.is_multicast or address.is_link_local:
            assert refused(address, private=False)

    @pytest.mark.parametrize("address", ["169.254.169.254", "fe80::1", "ff02::1", "::", "::ffff:169.254.169.254"])
    def test_no_administrator_opens_what_clouds_keep_their_secrets_at(self, address: str) -> None:
        everything = Reach.of(("0.0.0.0/0", "::/0", "metadata"))
        with pytest.raises(CannotFetch):
            outbound.checked("metadata", at(address)("metadata", 80), everything)


class TestReach:
    def test_opens_hosts_by_name_and_networks(self) -> None:
        reach = Reach.of(("Git.Example.Org.", "10.0.0.0/8", "fd00::/8", "192.168.1.7"))
        assert reach.opens("git.example.org", ipaddress.ip_address("172.16.0.1"))
        assert reach.opens("other", ipaddress.ip_address("10.9.8.7"))
        assert reach.opens("other", ipaddress.ip_address("fd00::1"))
        assert reach.opens("other", ipaddress.ip_address("192.168.1.7"))
        assert not reach.opens("other", ipaddress.ip_address("192.168.1.8"))
        assert not reach.opens("sub.git.example.org", ipaddress.ip_address("172.16.0.1"))

    @pytest.mark.parametrize("entry", ["", "10.0.0.1/8", "http://x", "a b", "*", "-", "a..b", "ä.example"])
    def test_refuses_what_is_neither(self, entry: str) -> None:
        with pytest.raises(ValueError, match="neither"):
            Reach.of((entry,))


class TestConnecting:
    def test_goes_to_the_address_that_was_checked(self, host: hosts.Host) -> None:
        asked = []

        def rebinding(name: str, port: int, **_: Any) -> list[Any]:
            asked.append(name)
            return at("127.0.0.1" if len(asked) == 1 else "10.255.255.1")(name, port)

        connect("git.example.org", host.port, LOCAL, Deadline(5), rebinding).close()
        assert asked == ["git.example.org"]

    def test_one_bad_address_among_good_ones_is_enough(self) -> None:
        with pytest.raises(CannotFetch, match=r"10\.0\.0\.1"):
            connect("x.example", 443, NOWHERE, Deadline(5), at("93.184.216.34", "10.0.0.1"))

    @pytest.mark.parametrize("name", ["127.0.0.1", "2130706433", "0x7f.1", "localhost", "::1", "::ffff:127.0.0.1"])
    def test_other_ways_to_write_this_machine_mean_this_machine(self, name: str) -> None:
        with pytest.raises(CannotFetch):
            connect(name, 443, NOWHERE, Deadline(5))

    def test_a_name_that_nobody_has(self) -> None:
        def nobody(*_: Any, **__: Any) -> list[Any]:
            raise socket.gaierror

        with pytest.raises(CannotFetch, match="no address"):
            connect("nobody.example", 443, LOCAL, Deadline(5), nobody)
        with pytest.raises(CannotFetch, match="no address"):
            connect("nobody.example", 443, LOCAL, Deadline(5), at())


def fetch(url: str, reach: Reach = LOCAL, *, seconds: float = 5, redirects: int = 0, **more: Any) -> bytes:
    client = Client(reach, Deadline(seconds), more.pop("resolve", socket.getaddrinfo))
    try:
        return read_bounded(client.open("GET", url, redirects=redirects, **more), 10_000)
    finally:
        client.close()


class TestFetching:
    def test_the_certificate_is_the_names_not_the_addresss(self, host: hosts.Host) -> None:
        host.pages["/ok"] = (200, {}, b"fine")
        assert fetch(f"{host.url}/ok") == b"fine"
        with pytest.raises(CannotFetch, match=r"(?i)certificate"):
            fetch(f"https://git.example.org:{host.port}/ok", resolve=at("127.0.0.1"))

    def test_each_hop_is_checked(self, host: hosts.Host) -> None:
        host.pages["/ok"] = (200, {}, b"fine")
        host.pages["/near"] = (302, {"Location": "/ok"}, b"")
        assert fetch(f"{host.url}/near", redirects=1) == b"fine"
        for target in ("https://169.254.169.254/x", "https://10.1.2.3/", "http://localhost/", "file:///etc/passwd"):
            host.pages["/away"] = (302, {"Location": target}, b"")
            with pytest.raises(CannotFetch):
                fetch(f"{host.url}/away", redirects=3)

    def test_follows_so_many_and_no_more(self, host: hosts.Host) -> None:
        host.pages["/round"] = (302, {"Location": "/round"}, b"")
        with pytest.raises(CannotFetch, match="too often"):
            fetch(f"{host.url}/round", redirects=4)
        assert len(host.asked) == 5

    def test_a_secret_stays_with_whom_it_was_given_for(self, host: hosts.Host, tmp_path: Path) -> None:
        host.pages["/ok"] = (200, {}, b"fine")
        host.pages["/near"] = (302, {"Location": "/ok"}, b"")
        fetch(f"{host.url}/near", redirects=1, headers={"Authorization": "Bearer x"})
        assert [given for _, given in host.asked] == ["Bearer x", "Bearer x"]
        host.asked.clear()
        host.pages["/away"] = (302, {"Location": f"https://127.0.0.1:{host.port}/ok"}, b"")
        fetch(f"{host.url}/away", redirects=1, headers={"Authorization": "Bearer x"})
        assert [given for _, given in host.asked] == ["Bearer x", ""]

    def test_takes_so_much_and_no_more(self, host: hosts.Host) -> None:
        host.pages["/large"] = (200, {}, b"x" * 20_000)
        with pytest.raises(CannotFetch, match="more than"):
            fetch(f"{host.url}/large")

    def test_a_drip_does_not_hold_it(self, host: hosts.Host) -> None:
        stop = threading.Event()

        def drip(request: Any) -> None:
            request.send_response(200)
            request.end_headers()
            while not stop.wait(0.05):
                request.wfile.write(b"x")
                request.wfile.flush()

        host.pages["/drip"] = drip
        began = time.monotonic()
        with pytest.raises(CannotFetch, match="in time"):
            fetch(f"{host.url}/drip", seconds=1)
        stop.set()
        assert time.monotonic() - began < 4

    def test_uses_no_proxy_and_no_netrc_of_the_environment(
        self, host: hosts.Host, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        (tmp_path / ".netrc").write_text("machine localhost login me password s3cret")
        monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
        monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
        monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
        host.pages["/ok"] = (200, {}, b"fine")
        assert fetch(f"{host.url}/ok") == b"fine"
        assert host.asked == [("/ok", "")]


@pytest.mark.parametrize(
    "url",
    [
        *("", "x", "http://x.example/", "git://x.example/", "ext::sh -c id", "file:///etc/passwd", "https://"),
        *("https://me:secret@x.example/", "https://x.example:0/", "https://x.example:99999/", "https://[::1/"),
        *("https://x.example/a b", "https://x.example/\r\nHost: y", "https://ä.example/"),
    ],
)
def test_other_addresses_are_refused_before_anybody_tries(url: str) -> None:
    with pytest.raises(CannotFetch):
        check_https(url)


def test_what_is_shown_of_an_address_holds_no_secret() -> None:
    assert shown("https://me:secret@x.example/a?token=secret") == "https://x.example/a"
