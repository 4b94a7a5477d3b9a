"""The database's tables, version by version; the control plane brings them up to date when it starts."""

from __future__ import annotations

import functools
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory


def _config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["url"] = url
    return config


def upgrade(url: str) -> None:
    """Bring the tables to the newest version. Several processes may try at once; one does it."""
    if url.startswith("sqlite"):
        Path(url.split("///", 1)[1]).parent.mkdir(parents=True, exist_ok=True)
    command.upgrade(_config(url), "head")


@functools.cache
def newest() -> str:
    """Return the version that this code needs."""
    head = ScriptDirectory.from_config(_config("")).get_current_head()
    assert head is not None  # noqa: S101 - there is at least one migration
    return head


def generate(url: str, message: str) -> None:
    """Write a migration from the difference between tables and models, for a person to review."""
    command.revision(_config(url), message, autogenerate=True)
