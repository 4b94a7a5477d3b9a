"""What a session in a container sees and reaches: looked at from inside."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator

import pytest

from streamspace.platforms.docker import DockerPlatform, networks
from streamspace.platforms.docker.engine import Engine
from streamspace.platforms.process.network import host_addresses
from tests.platforms.docker.inside import script_spec, seen
from tests.platforms.process.inside import ignore
from tests.platforms.process.test_isolation import reach

pytestmark = [pytest.mark.docker, pytest.mark.timeout(400)]

# Serves on every address of its container, as a neighbour's application may.
SERVES = "python3 -m http.server 8099 & xterm & wait"
METADATA = "169.254.169.254"


@pytest.fixture
def host_server() -> Iterator[int]:
    """A service of the host on every address, as the control plane is."""
    server = http.server.ThreadingHTTPServer(("0.0.0.0", 0), http.server.SimpleHTTPRequestHandler)  # noqa: S104
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    thread.join()
    server.server_close()


async def address(engine: Engine, platform: DockerPlatform, session_id: str) -> tuple[str, str]:
    """Return a session's address and that of its bridge on the host."""
    session = platform._sessions[session_id]
    shown = await engine.container(session.name)
    assert shown is not None
    network = shown["NetworkSettings"]["Networks"][networks.name(session.folder.key)]
    return network["IPAddress"], network["Gateway"]


async def test_without_the_network_capability_there_is_no_network(platform: DockerPlatform, host_server: int) -> None:
    answer = await seen(platform, f"cat /proc/net/dev; {reach('127.0.0.1', host_server)}")
    assert [line.split(":")[0].strip() for line in answer.splitlines() if ":" in line][:1] == ["lo"]
    assert "eth0" not in answer
    assert "reached" not in answer


@pytest.mark.parametrize("guarded", [True, False])
async def test_a_scan_finds_neither_host_nor_neighbour_nor_metadata(
    platform: DockerPlatform, engine: Engine, host_server: int, monkeypatch: pytest.MonkeyPatch, *, guarded: bool
) -> None:
    if not guarded:
        # The counter-proof: without the filter the same scan does arrive at the host.
        monkeypatch.setattr(networks, "RULES", "table inet streamspace\ndelete table inet streamspace\n")
    await platform.start(script_spec("neighbour", SERVES, capabilities=["Network"]), ignore)
    neighbour, its_bridge = await address(engine, platform, "neighbour")
    hosts = [*host_addresses(), its_bridge]
    scan = [(host, host_server) for host in hosts] + [(neighbour, 8099), (METADATA, 80)]
    script = "cat /proc/net/route; " + "; ".join(reach(*target) for target in scan)
    answer = await seen(platform, script, capabilities=["Network"], user_id="scanner")
    assert "eth0" in answer
    reached = {line for line in answer.splitlines() if line.startswith("reached")}
    assert not reached if guarded else reached >= {f"reached {host}" for host in hosts}


async def test_a_session_on_a_network_still_gets_out(platform: DockerPlatform) -> None:
    """It has the resolver and a way out; whether the machine has one is not asked."""
    answer = await seen(platform, "cat /etc/resolv.conf; cat /proc/net/route", capabilities=["Network"])
    assert "nameserver 127.0.0.11" in answer
    routes = [line.split() for line in answer.splitlines() if line.startswith("eth0")]
    assert any(route[1] == "00000000" for route in routes)


async def test_fault_12_a_session_has_no_privilege_and_cannot_get_any(platform: DockerPlatform) -> None:
    status = await seen(
        platform, "cat /proc/self/status; unshare --user true && echo nested; mount -t tmpfs x /mnt && echo mounted"
    )
    fields = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    assert {fields[name].strip("0") for name in ("CapEff", "CapPrm", "CapAmb", "CapBnd", "CapInh")} == {""}
    assert fields["NoNewPrivs"] == "1"
    assert fields["Seccomp"] == "2"
    assert "0" not in fields["Uid"].split()
    assert not {"nested", "mounted"} & set(status.splitlines())


async def test_a_session_can_write_to_its_home_and_temporary_folders_only(platform: DockerPlatform) -> None:
    answer = await seen(
        platform,
        "for f in /usr/x /etc/x /x /run/x /run/streamspace/x /opt/streamspace/x /var/x /etc/passwd; do "
        "touch $f && echo wrote $f; done; rm -f /run/streamspace/s && echo removed; ls /run/streamspace; "
        "touch /tmp/x ~/x /run/user/1000/x && echo fine; id -un; ls -ld ~",
    )
    assert "wrote" not in answer
    assert "removed" not in answer
    # The socket that handed the session over is gone, so nobody inside can ask for the engine's secrets again.
    assert "\nc\n" not in answer
    assert "fine\nuser\n" in answer
    assert "drwx------" in answer


async def test_the_application_cannot_read_the_engines_secrets(platform: DockerPlatform) -> None:
    answer = await seen(
        platform,
        "cd /proc; for p in [0-9]*; do tr '\\0' '\\n' < $p/environ; tr '\\0' '\\n' < $p/cmdline; "
        "ls -l $p/fd; done 2>&1; env; cat /proc/1/environ",
    )
    (session,) = platform._sessions.values()
    assert session.record is not None
    assert "HOME=/home/user" in answer
    assert "Permission denied" in answer
    assert not any(token in answer for token in session.record.tokens.values())


async def test_users_do_not_share_homes_and_sessions_of_one_user_do(platform: DockerPlatform) -> None:
    await seen(platform, "echo mine > ~/note", user_id="ann")
    assert "mine" in await seen(platform, "cat ~/note", user_id="ann")
    assert "No such file" in await seen(platform, "cat ~/note", user_id="bob")
    assert "No such file" in await seen(platform, "cat ~/note", user_id="ann", org_id="elsewhere")
    owners = {view.metadata["owner"] for view in await platform.inventory()}
    assert len(owners) == 3
    assert "0" not in owners


async def test_the_engine_is_asked_for_every_limit(platform: DockerPlatform, engine: Engine) -> None:
    await platform.start(script_spec("kept", cpu_millicores=700, memory_bytes=600 * 1024**2), ignore)
    shown = await engine.container(platform._sessions["kept"].name)
    assert shown is not None
    host = shown["HostConfig"]
    assert (host["Memory"], host["MemorySwap"], host["NanoCpus"]) == (600 * 1024**2, 600 * 1024**2, 700_000_000)
    assert host["PidsLimit"] > 0
    assert host["CapDrop"] == ["ALL"]
    assert host["ReadonlyRootfs"] is True
    assert not host["Privileged"]
    assert not shown["NetworkSettings"]["Ports"]
    assert not host["PortBindings"]
