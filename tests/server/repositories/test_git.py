"""Reading real repositories from real servers, each in the worker's own process."""

from __future__ import annotations

import asyncio
import base64
import time
from pathlib import Path
from typing import Any

import pytest

from streamspace.server.repositories import child
from streamspace.server.repositories.bounds import Unusable
from streamspace.server.repositories.ssh import fingerprint
from streamspace.server.repositories.worker import Order
from tests.server.repositories import hosts
from tests.server.repositories.hosts import Host, template

LOCAL = ("127.0.0.0/8", "::1")


async def silent(told: dict[str, Any]) -> None:
    """Hear of the progress and say nothing."""


async def read(url: str, **more: Any) -> dict[str, Any]:
    order = Order(**{"transport": "git", "url": url, "reach": LOCAL, **more})
    return await child.read(order, silent)


def names(result: dict[str, Any]) -> list[str]:
    return [file["template"]["name"] for file in result["files"] if file["outcome"] == "accepted"]


class TestHttps:
    async def test_reads_the_newest_commit_of_a_branch(self, host: Host) -> None:
        origin = host.origin("templates")
        origin.push({"templates/a.yaml": template("a"), "README.md": "# hello"})
        newest = origin.push({"templates/b.yaml": template("b")})
        origin.push({"c.yaml": template("c")}, "other")
        result = await read(f"{host.url}/git/templates.git")
        assert (result["revision"], names(result)) == (newest, ["a", "b"])
        assert names(await read(f"{host.url}/git/templates.git", branch="other")) == ["c"]

    async def test_reads_one_folder(self, host: Host) -> None:
        host.origin("t").push({"in/side/a.yaml": template("a"), "out/b.yaml": template("b")})
        result = await read(f"{host.url}/git/t.git", folder="in/side")
        assert [file["path"] for file in result["files"]] == ["a.yaml"]
        with pytest.raises(Unusable, match="no folder in/other"):
            await read(f"{host.url}/git/t.git", folder="in/other")

    async def test_fetches_nothing_that_it_knows(self, host: Host) -> None:
        known = host.origin("t").push({"a.yaml": template("a")})
        result = await read(f"{host.url}/git/t.git", known=known)
        assert result["unchanged"]
        assert result["files"] == []

    @pytest.mark.parametrize("kind", ["basic", "token"])
    async def test_says_who_it_is(self, host: Host, kind: str) -> None:
        host.origin("t").push({"a.yaml": template("a")})
        host.password = "s3cret"
        with pytest.raises(Unusable, match="refuses us"):
            await read(f"{host.url}/git/t.git")
        with pytest.raises(Unusable, match="refuses us") as refusal:
            await read(f"{host.url}/git/t.git", auth={"kind": kind, "username": "me", "secret": "wr0ng"})
        assert "wr0ng" not in refusal.value.message
        assert names(await read(f"{host.url}/git/t.git", auth={"kind": kind, "username": "me", "secret": "s3cret"}))

    async def test_follows_a_redirect_without_its_secret(self, host: Host, tmp_path: Path) -> None:
        with hosts.https(tmp_path / "other") as other:
            target = f"{other.url}/git/t.git/info/refs?service=git-upload-pack"
            host.pages["/git/t.git/info/refs"] = (302, {"Location": target}, b"")
            other.origin("t").push({"a.yaml": template("a")})
            bundle = tmp_path / "both.pem"
            bundle.write_bytes(host.certificate.read_bytes() + other.certificate.read_bytes())
            host.certificate.write_bytes(bundle.read_bytes())
            auth = {"kind": "token", "secret": "s3cret"}
            assert names(await read(f"{host.url}/git/t.git", auth=auth)) == ["a"]
            assert [given for _, given in host.asked] != [""]
            assert {given for _, given in other.asked} == {""}

    @pytest.mark.parametrize(
        ("page", "match"),
        [
            ((200, {"Content-Type": "text/plain"}, b"0" * 40 + b"\trefs/heads/main\n"), "no Git repository"),
            ((200, {"Content-Type": "application/x-git-upload-pack-advertisement"}, b"zzzz"), "Git server says"),
            ((302, {"Location": "http://localhost/"}, b""), "must begin with https"),
            ((302, {"Location": "https://169.254.169.254/latest"}, b""), "nothing may be fetched"),
            ((302, {"Location": "/git/t.git/info/refs?service=git-upload-pack"}, b""), "too often"),
            ((500, {}, b""), "answers 500"),
            ((404, {}, b""), "no repository at"),
        ],
    )
    async def test_other_answers_are_refused(self, host: Host, page: Any, match: str) -> None:
        host.pages["/git/t.git/info/refs"] = page
        with pytest.raises(Unusable, match=match):
            await read(f"{host.url}/git/t.git")

    async def test_private_networks_need_an_administrator(self, host: Host) -> None:
        host.origin("t").push({"a.yaml": template("a")})
        with pytest.raises(Unusable, match="nothing may be fetched"):
            await read(f"{host.url}/git/t.git", reach=())
        assert names(await read(f"{host.url}/git/t.git", reach=("localhost",)))

    async def test_the_certificate_must_be_trusted(self, host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("SSL_CERT_FILE")
        with pytest.raises(Unusable, match=r"(?i)certificate"):
            await read(f"{host.url}/git/t.git")

    async def test_a_slow_drip_ends(self, host: Host) -> None:
        def drip(request: Any) -> None:
            request.send_response(200)
            request.send_header("Content-Type", "application/x-git-upload-pack-advertisement")
            request.end_headers()
            for _ in range(200):
                request.wfile.write(b"0")
                request.wfile.flush()
                time.sleep(0.05)

        host.pages["/git/t.git/info/refs"] = drip
        began = time.monotonic()
        with pytest.raises(Unusable):
            await read(f"{host.url}/git/t.git", bounds={"seconds": 1.5})
        assert time.monotonic() - began < 6

    async def test_the_event_loop_goes_on_meanwhile(self, host: Host) -> None:
        host.origin("t").push({f"t/{number}.yaml": template(f"t{number}") for number in range(60)})
        reading = asyncio.create_task(read(f"{host.url}/git/t.git"))
        longest, last = 0.0, time.monotonic()
        while not reading.done():
            await asyncio.sleep(0.005)
            longest, last = max(longest, time.monotonic() - last), time.monotonic()
        assert len(names(await reading)) == 60
        assert longest < 0.5


# The test's SSH server leaves such behind where a client hangs up in the middle.
@pytest.mark.filterwarnings("ignore:coroutine 'Queue.join' was never awaited:RuntimeWarning")
class TestSsh:
    async def test_signs_in_with_a_key_and_tells_whom_it_met(self, tmp_path: Path) -> None:
        async with hosts.ssh(tmp_path / "ssh") as host:
            host.origin("t").push({"a.yaml": template("a")})
            result = await read(host.url("t"), auth={"kind": "ssh", "secret": host.client_key})
            assert names(result) == ["a"]
            assert result["hostKey"] == host.host_key
            assert host.asked == ["git-upload-pack '/t.git'"]

    async def test_goes_to_no_other_host_than_before(self, tmp_path: Path) -> None:
        async with hosts.ssh(tmp_path / "one") as before:
            known = before.host_key
        async with hosts.ssh(tmp_path / "two") as host:
            host.origin("t").push({"a.yaml": template("a")})
            auth = {"kind": "ssh", "secret": host.client_key, "host_key": known}
            with pytest.raises(Unusable, match="another host key") as refusal:
                await read(host.url("t"), auth=auth)
            assert fingerprint(known) in refusal.value.message
            assert fingerprint(host.host_key) in refusal.value.message
            assert names(await read(host.url("t"), auth=auth | {"host_key": host.host_key})) == ["a"]

    async def test_another_kind_of_host_key_is_another_host(self, tmp_path: Path) -> None:
        async with hosts.ssh(tmp_path / "one") as before:
            known = before.host_key
        async with hosts.ssh(tmp_path / "two", kind="ecdsa-sha2-nistp256") as host:
            with pytest.raises(Unusable, match="another host key"):
                await read(host.url("t"), auth={"kind": "ssh", "secret": host.client_key, "host_key": known})

    @pytest.mark.parametrize("kind", ["ssh-rsa", "ecdsa-sha2-nistp256"])
    async def test_takes_other_kinds_of_host_keys(self, tmp_path: Path, kind: str) -> None:
        async with hosts.ssh(tmp_path / "ssh", kind=kind) as host:
            host.origin("t").push({"a.yaml": template("a")})
            auth = {"kind": "ssh", "secret": host.client_key, "host_key": host.host_key}
            assert names(await read(host.url("t"), auth=auth)) == ["a"]

    async def test_signs_in_with_a_password(self, tmp_path: Path) -> None:
        async with hosts.ssh(tmp_path / "ssh", password="s3cret") as host:
            host.origin("t").push({"a.yaml": template("a")})
            auth = {"kind": "basic", "username": "git", "secret": "s3cret"}
            assert names(await read(host.url("t"), auth=auth)) == ["a"]
            with pytest.raises(Unusable, match="refuses our key or password"):
                await read(host.url("t"), auth=auth | {"secret": "wrong"})

    async def test_a_strange_key_is_refused(self, tmp_path: Path) -> None:
        async with hosts.ssh(tmp_path / "one") as one, hosts.ssh(tmp_path / "two") as two:
            with pytest.raises(Unusable, match="refuses our key or password"):
                await read(one.url("t"), auth={"kind": "ssh", "secret": two.client_key})
            with pytest.raises(Unusable, match="no private key"):
                await read(one.url("t"), auth={"kind": "ssh", "secret": "-----BEGIN NOTHING-----"})
            with pytest.raises(Unusable, match="no token over SSH"):
                await read(one.url("t"), auth={"kind": "token", "secret": "x"})

    async def test_a_silent_host_ends(self) -> None:
        async def say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read()
            writer.close()

        server = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        began = time.monotonic()
        with pytest.raises(Unusable):
            await read(f"ssh://git@127.0.0.1:{port}/t.git", bounds={"seconds": 1.5})
        assert time.monotonic() - began < 6
        server.close()

    async def test_private_networks_need_an_administrator(self, tmp_path: Path) -> None:
        async with hosts.ssh(tmp_path / "ssh") as host:
            with pytest.raises(Unusable, match="nothing may be fetched"):
                await read(host.url("t"), reach=(), auth={"kind": "ssh", "secret": host.client_key})


def test_a_fingerprint_is_the_one_that_everybody_shows() -> None:
    key = f"ssh-ed25519 {base64.b64encode(b'x' * 51).decode()}"
    assert fingerprint(key).startswith("SHA256:")
    assert not fingerprint(key).endswith("=")
