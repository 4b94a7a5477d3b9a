from __future__ import annotations

import asyncio
import http.server
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from streamspace.platforms.process import network
from streamspace.platforms.process.platform import ProcessPlatform
from tests.platforms.process.inside import eventually, home, ignore, script_spec, seen

pytestmark = pytest.mark.sandbox

# A refusal comes at once, and so does an answer unless the machine is busy.
SECONDS_TO_CONNECT = 10
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs an agent that runs as root")


@pytest.fixture
def host_server() -> Iterator[int]:
    """A service of the host on every address, as an agent's neighbour might be."""
    server = http.server.ThreadingHTTPServer(("0.0.0.0", 0), http.server.SimpleHTTPRequestHandler)  # noqa: S104
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    thread.join()
    server.server_close()


async def test_a_session_sees_only_its_own_processes(platform: ProcessPlatform, tmp_path: Path) -> None:
    await platform.start(script_spec("other"), ignore)
    commands = await seen(platform, tmp_path, "cat /proc/[0-9]*/cmdline | tr '\\0' ' '")
    assert commands.count("Xvfb") == 1
    assert "pytest" not in commands


async def test_a_session_does_not_see_the_hosts_files(platform: ProcessPlatform, tmp_path: Path) -> None:
    (tmp_path / "agent.key").write_text("a secret")
    listing = await seen(
        platform,
        tmp_path,
        f"ls {tmp_path} {tmp_path}/sessions /etc/shadow /root/.bashrc /root/.ssh /var/lib/dpkg /var/log /sys/kernel; "
        "cat /etc/passwd; find / -name agent.key 2>/dev/null; ls /run",
    )
    assert listing.count("No such file or directory") == 8
    assert "root:" not in listing
    assert "agent.key" not in listing
    assert "streamspace\nuser" in listing


async def test_a_session_cannot_write_outside_its_home(platform: ProcessPlatform, tmp_path: Path) -> None:
    answer = await seen(
        platform,
        tmp_path,
        "for f in /usr/x /etc/x /x /run/x /run/streamspace/x /opt/streamspace/x /var/x; do "
        "touch $f && echo wrote; done; "
        "rm -f /run/streamspace/s && echo removed; mv /run/streamspace/s /tmp && echo moved; "
        "touch /tmp/x ~/x && echo fine",
    )
    assert "wrote" not in answer
    assert "removed" not in answer
    assert "moved" not in answer
    assert answer.rstrip().endswith("fine")


async def test_users_do_not_share_homes_and_sessions_of_one_user_do(platform: ProcessPlatform, tmp_path: Path) -> None:
    await seen(platform, tmp_path, "echo mine > ~/note", user_id="ann")
    assert "mine" in await seen(platform, tmp_path, "cat ~/note", user_id="ann")
    assert "No such file" in await seen(platform, tmp_path, "cat ~/note", user_id="bob")
    assert "No such file" in await seen(platform, tmp_path, "cat ~/note", user_id="ann", org_id="elsewhere")


async def test_sessions_have_displays_shared_memory_and_temporary_files_of_their_own(
    platform: ProcessPlatform, tmp_path: Path
) -> None:
    await seen(platform, tmp_path, "touch /tmp/a /dev/shm/a; ipcmk -M 4096", user_id="ann")
    answer = await seen(
        platform, tmp_path, "ls /tmp/a /dev/shm/a; ipcs -m | grep -c 4096; xrandr | head -1", user_id="ann"
    )
    assert answer.count("No such file") == 2
    assert "\n0\n" in answer
    assert "1600 x 900" in answer


@as_root
async def test_a_session_is_nobody_on_the_host(platform: ProcessPlatform, tmp_path: Path) -> None:
    spec = script_spec("who", user_id="ann")
    await platform.start(spec, ignore)
    await platform.start(script_spec("else", user_id="bob"), ignore)
    owners = {view.session_id: int(view.metadata["owner"]) for view in await platform.inventory()}
    assert owners["who"] != owners["else"]
    assert min(owners.values()) >= 1_900_000_000
    first = platform._sessions["who"].folder.first_process()
    assert first is not None
    status = Path(f"/proc/{first.pid}/status").read_text()
    assert f"Uid:\t{owners['who']}\t{owners['who']}" in status
    assert "CapEff:\t0000000000000000" in status
    assert home(tmp_path, spec).stat().st_uid == owners["who"]


async def test_the_application_cannot_read_the_engines_secrets(platform: ProcessPlatform, tmp_path: Path) -> None:
    answer = await seen(
        platform,
        tmp_path,
        "cd /proc; for p in [0-9]*; do tr '\\0' '\\n' < $p/environ; tr '\\0' '\\n' < $p/cmdline; "
        "ls -l $p/fd; done 2>/dev/null; env; cat /proc/1/environ",
    )
    session = next(iter(platform._sessions.values()))
    assert session.record is not None
    assert "HOME=/home/user" in answer
    assert "Permission denied" in answer
    assert not any(token in answer for token in session.record.tokens.values())


async def test_without_the_network_capability_there_is_no_network(
    platform: ProcessPlatform, tmp_path: Path, host_server: int
) -> None:
    answer = await seen(platform, tmp_path, f"cat /proc/net/dev; {reach('127.0.0.1', host_server)}")
    assert [line.split(":")[0].strip() for line in answer.splitlines() if ":" in line][:1] == ["lo"]
    assert "tap0" not in answer
    assert "reached" not in answer


@pytest.mark.skipif(not network.available(), reason="slirp4netns or /dev/net/tun is missing")
@pytest.mark.parametrize("guarded", [True, False])
async def test_with_a_network_the_hosts_services_stay_out_of_reach(
    platform: ProcessPlatform, tmp_path: Path, host_server: int, monkeypatch: pytest.MonkeyPatch, *, guarded: bool
) -> None:
    addresses = await asyncio.to_thread(network.host_addresses)
    if not guarded:
        # The counter-proof: without our routes the same probe does arrive.
        monkeypatch.setattr(network, "host_addresses", list)
    targets = ["127.0.0.1", "10.0.2.2", *addresses]
    script = "cat /proc/net/dev; " + "; ".join(reach(target, host_server) for target in targets)
    answer = await seen(platform, tmp_path, script, capabilities=["Network"])
    assert "tap0" in answer
    assert answer.count("reached") == (0 if guarded else len(addresses))


@pytest.mark.skipif(not network.available(), reason="slirp4netns or /dev/net/tun is missing")
async def test_the_networks_process_ends_with_its_session(platform: ProcessPlatform) -> None:
    await platform.start(script_spec("online", capabilities=["Network"]), ignore)
    carrier = platform._sessions["online"].carrier()
    assert carrier is not None
    assert carrier.alive()
    await platform.stop("online")
    await eventually(lambda: not carrier.alive())


def reach(host: str, port: int) -> str:
    """Return a command that says `reached` if a TCP connection opens."""
    return f"timeout {SECONDS_TO_CONNECT} bash -c 'exec 3<>/dev/tcp/{host}/{port} && echo reached {host}'"


async def test_fault_12_a_session_has_no_privilege_and_cannot_get_any(
    platform: ProcessPlatform, tmp_path: Path
) -> None:
    status = await seen(platform, tmp_path, "grep -E '^(Cap(Eff|Prm|Bnd|Amb)|NoNewPrivs|Uid)' /proc/self/status")
    fields = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    assert {fields[name].strip("0") for name in ("CapEff", "CapPrm", "CapAmb")} == {""}
    assert fields["NoNewPrivs"] == "1"
    assert "0" not in fields["Uid"].split()


async def test_fault_12_a_session_opens_no_port(platform: ProcessPlatform, tmp_path: Path) -> None:
    await platform.start(script_spec("other"), ignore)
    # A line of the kernel's table whose state is 0A listens; the head of the table shows that it was read.
    listening = await seen(platform, tmp_path, "cat /proc/net/tcp /proc/net/tcp6")
    assert "local_address" in listening
    assert " 0A " not in listening
