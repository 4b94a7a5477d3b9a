"""Runs strands of commands beside each other; within a strand, one command follows the other."""

from __future__ import annotations

import shutil
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

SPARE = ("nice", "-n", "7")
LOOK_SECONDS = 0.2
TOLD_EVERY_SECONDS = 120.0


@dataclass
class Strand:
    """Commands by name; each runs whatever became of the one before."""

    commands: dict[str, list[str]]
    spare: bool = False
    """Whether they take only what the other strands leave of the machine."""


@dataclass
class Beside:
    """What is running, and what became of what has ended: its exit code and seconds, by name."""

    where: Path
    env: dict[str, str]
    logs: Path
    ended: dict[str, tuple[int, float]] = field(default_factory=dict)
    _running: dict[str, tuple[subprocess.Popen[bytes], float]] = field(default_factory=dict)

    def run(self, strands: list[Strand]) -> None:
        """Run all, and show what a command printed, as a whole, when it has ended; interrupted, end all."""
        names = [list(strand.commands) for strand in strands]
        told = time.monotonic()
        try:
            while self._running or any(names):
                for strand, left in zip(strands, names, strict=True):
                    if left and not self._running.keys() & strand.commands.keys():
                        name = left.pop(0)
                        self._start(name, strand.commands[name], spare=strand.spare)
                if time.monotonic() - told > TOLD_EVERY_SECONDS:
                    told = time.monotonic()
                    print(f"... {', '.join(self._running)}", flush=True)
                time.sleep(LOOK_SECONDS)
                self._look()
        finally:
            for process, _ in self._running.values():
                process.terminate()
            for process, _ in self._running.values():
                process.wait()

    def _start(self, name: str, command: list[str], *, spare: bool) -> None:
        prefix = SPARE if spare and shutil.which(SPARE[0]) else ()
        with self._log(name).open("wb") as log:
            process = subprocess.Popen(
                [*prefix, *command], cwd=self.where, env=self.env, stdout=log, stderr=subprocess.STDOUT
            )
        self._running[name] = process, time.monotonic()

    def _look(self) -> None:
        for name, (process, started) in list(self._running.items()):
            if (code := process.poll()) is not None:
                del self._running[name]
                self.ended[name] = code, time.monotonic() - started
                print(f"\n=== {name}\n{self._log(name).read_text(errors='replace')}", flush=True)

    def _log(self, name: str) -> Path:
        return self.logs / f"{name}.log"
