"""A network of an agent's own, so that its way to the control plane can be slow, lossy or cut without a word.

The packets are dropped by nftables and slowed down by a token bucket, because some kernels lack netem.
"""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest


def run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


class Cable:
    """A network namespace, and the two ends of what joins it to this machine."""

    def __init__(self, number: int) -> None:
        self.space, self.here, self.there = f"ssf{number}", f"ssfh{number}", f"ssft{number}"
        self.address = f"10.231.{number}.1"
        self._far = f"10.231.{number}.2"

    def lay(self) -> None:
        if os.geteuid() != 0 or any(shutil.which(name) is None for name in ("ip", "tc", "nft")):
            pytest.skip("needs root, iproute2 and nftables")
        self.remove()
        try:
            run("ip", "netns", "add", self.space)
            run("ip", "link", "add", self.here, "type", "veth", "peer", "name", self.there, "netns", self.space)
            run("ip", "address", "add", f"{self.address}/30", "dev", self.here)
            run("ip", "link", "set", self.here, "up")
            for command in (
                f"ip address add {self._far}/30 dev {self.there}",
                f"ip link set {self.there} up",
                "ip link set lo up",
                "nft add table inet faults",
                "nft add chain inet faults in { type filter hook input priority 0 ; }",
                "nft add chain inet faults out { type filter hook output priority 0 ; }",
            ):
                self._inside(*command.split())
            self.lose(1)
            self.mend()
        except subprocess.CalledProcessError as error:
            self.remove()
            pytest.skip(f"this kernel cannot: {error.stderr.decode()[-200:]}")

    def remove(self) -> None:
        subprocess.run(["ip", "netns", "delete", self.space], check=False, capture_output=True)
        subprocess.run(["ip", "link", "delete", self.here], check=False, capture_output=True)

    def enter(self) -> list[str]:
        """What a command begins with that is to run there."""
        return ["ip", "netns", "exec", self.space]

    def _inside(self, *command: str) -> None:
        run(*self.enter(), *command)

    def mend(self) -> None:
        for chain in ("in", "out"):
            self._inside("nft", "flush", "chain", "inet", "faults", chain)
        subprocess.run(
            [*self.enter(), "tc", "qdisc", "delete", "dev", self.there, "root"], check=False, capture_output=True
        )

    def lose(self, percent: int) -> None:
        """Lose so many packets of a hundred, both ways."""
        for chain in ("in", "out"):
            self._inside("nft", "flush", "chain", "inet", "faults", chain)
            some = f"numgen random mod 100 < {percent}" if percent < 100 else ""
            self._inside(*f"nft add rule inet faults {chain} {some} drop".split())

    def slow_down(self) -> None:
        """Let so few bytes through that everything waits in a queue for a while."""
        rule = f"tc qdisc replace dev {self.there} root tbf rate 48kbit burst 2kb latency 1s"
        self._inside(*rule.split())

    def cut(self) -> None:
        """Lose everything, silently: no side hears that the other is gone."""
        self.lose(100)
