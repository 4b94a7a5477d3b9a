"""The command line against the real control plane: both mean the same by every name and shape."""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from streamspace.cli import app
from streamspace.server.core.permissions import OrgRole, Role
from tests.server import people
from tests.server.conftest import Served

Command = Callable[..., Awaitable[str]]


@pytest.fixture
async def command(
    served: Served, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Run a command that succeeds, and return what it printed, as an administrator who has signed in."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("STREAMSPACE_SERVER", served.url)
    for name in ("STREAMSPACE_TOKEN", "STREAMSPACE_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    async with served.context.database.work() as uow:
        await people.add(uow, "boss", role=Role.ADMIN, org_role=OrgRole.ORG_ADMIN)

    async def run(line: str, *typed: str, code: int = 0) -> str:
        rest = iter(f"{text}\n" for text in typed)
        stdin = SimpleNamespace(readline=lambda: next(rest), isatty=lambda: False)
        monkeypatch.setattr(sys, "stdin", stdin)
        got = await asyncio.to_thread(app.run, line.split())
        out, err = capsys.readouterr()
        assert got == code, f"{line}: {out}{err}"
        ours = (text.rstrip() for text in (out + err).splitlines() if not text.startswith("\x1b"))  # the rest is log
        return "\n".join(ours)

    await run("login -u boss --password-stdin", people.PASSWORD)
    return run


async def test_people(command: Command, tmp_path: Path) -> None:
    await command("groups create sales --display-name Sales --type department")
    await command("groups create sales-west --parent sales")
    await command("users create ada --email ada@x.example --group sales --password-stdin", "analytical engine")
    assert "\n  sales-west" in await command("groups list --tree")
    assert "sales" in await command("users show ada")
    assert json.loads(await command("users list ad --group sales --json"))["total"] == 1
    await command("users update ada --name Countess --org-role maintainer")
    assert "Countess" in await command("users list")
    assert "ada is admin of sales." in await command("groups add sales ada --role admin")
    assert "ada is owner of sales." in await command("groups add sales ada --role owner")
    assert "owner" in await command("groups members sales")
    await command("groups remove-member sales ada")
    await command("groups update sales-west --parent none --description West")
    await command("groups remove sales --yes")
    await command("users deactivate ada")
    assert "inactive" in await command("users list --inactive")
    await command("users activate ada")
    await command("users unlock ada")
    await command("users reset-mfa ada --yes")
    await command("users password ada --password-stdin", "difference engine")
    assert "not signed in anywhere" in await command("users logins ada")
    await command("users logins ada --end-all")
    await command("users remove ada --yes")
    await command("users show ada", code=4)

    file = tmp_path / "people.csv"
    file.write_text(
        "username,email,fullName,password\nbo,b@x.example,Bo,long enough 1\ncy-1,c@x.example,Cy,long enough 2\n"
    )
    assert "bo" in await command(f"users import {file} --dry-run", code=5)
    await command(f"users import {file} --partial", code=5)
    assert "cy-1" in await command("users list")


async def test_quotas(command: Command) -> None:
    await command("users create ada --email ada@x.example --password-stdin", "analytical engine")
    await command("groups create sales")

    assert "Sessions" in await command("quotas show")
    assert "ada" in await command("quotas show --all")
    assert "0 of 3" in await command("quotas set --user ada --sessions 3 --memory 8Gi")
    shown = json.loads(await command("quotas set --user ada --cpu 2 --json"))
    assert (shown["maxSessions"], shown["maxMemory"]) == (3, "8Gi")
    assert "Memory" in await command("quotas set --user ada --memory none")
    assert "of 9" in await command("groups quota sales --sessions 9")
    assert "of 9" in await command("groups quota sales")
    assert "of 40" in await command("quotas set --organization default --sessions 40")
    await command("quotas clear --user ada")
    await command("quotas clear --organization default")
    assert "7" in await command("quotas defaults --sessions 7")
    assert "7" in await command("quotas show --user ada")


async def test_organizations(command: Command) -> None:
    line = "organizations create acme --display-name Acme --admin wile --admin-email wile@acme.example --password-stdin"
    await command(line, "road runner 1")
    assert "wile" in await command("organizations members acme")
    await command("organizations update acme --description Rockets")
    await command("organizations add-member acme boss --org-role org_admin", code=5)  # nobody changes their own role
    await command("users create ada --email ada@x.example --password-stdin", "analytical engine")
    assert "ada is viewer in acme." in await command("organizations add-member acme ada --org-role viewer")
    await command("organizations add-member acme ada --org-role user")
    await command("organizations remove-member acme ada")
    await command("organizations suspend acme --yes")
    assert "suspended" in await command("organizations list")
    await command("organizations resume acme")
    await command("organizations remove acme --yes")
    await command("organizations resume acme")
    await command("organizations switch acme", code=4)
    assert "You are in" in await command("organizations switch default")


async def test_keys_and_logins(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "scim" in await command("keys scopes")
    made = json.loads(await command("keys create ci --scope profile:read --scope users:read --expires-in 30d --json"))
    assert "ci" in await command("keys list")
    assert "ci" in await command("keys list --all")
    assert "yes" in await command("logins list")
    await command("logins end-all")
    assert "boss" in await command("whoami")
    await command("logout")
    await command("login --key", made["key"])
    assert "boss" in await command("users list")
    await command("keys create stronger --scope *", code=5)
    await command("login --key", "sk_wrong", code=3)
    await command("logout")
    await command("login -u boss --password-stdin", people.PASSWORD)
    await command("keys revoke ci")
    monkeypatch.setenv("STREAMSPACE_API_KEY", made["key"])
    await command("whoami", code=3)
    monkeypatch.delenv("STREAMSPACE_API_KEY")
    await command("keys remove ci --yes")
    await command("logins end-all --current")
    await command("whoami", code=3)
