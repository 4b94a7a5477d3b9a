"""Syncs, from the request to what the catalog shows, on both databases. Git's servers are real."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from streamspace.kit.clock import FakeClock
from streamspace.server.core import auth
from streamspace.server.core.db import Database, OutboxEntry, PendingEntry
from streamspace.server.core.errors import Forbidden
from streamspace.server.core.events import Bus, Published
from streamspace.server.core.permissions import Actor, OrgRole, Role
from streamspace.server.core.settings import Settings
from streamspace.server.repositories import applying, jobs, queries, service
from streamspace.server.repositories.bounds import Unusable
from streamspace.server.repositories.errors import (
    BadCredentials,
    BadRepository,
    NoSuchRepository,
    NothingToDecide,
    RepositoryDisabled,
    RepositoryExists,
    TooManyRepositories,
)
from streamspace.server.repositories.models import CatalogTemplate, Repository, RepositorySync
from streamspace.server.repositories.rules import MOST_REPOSITORIES
from streamspace.server.repositories.schemas import RepositoryIn, RepositoryOut, RepositoryPatch
from tests.server import people
from tests.server.repositories import hosts
from tests.server.repositories.hosts import Host, Origin, template


class Keeper:
    """Adds repositories and has them read, as people and the job do."""

    def __init__(self, settings: Settings, database: Database, actor: Actor) -> None:
        self.settings = settings.model_copy(update={"outbound_allow": ("127.0.0.0/8", "::1/128")})
        self.database = database
        self.actor = actor
        self.heard: list[Published] = []
        self.bus = Bus()
        self.bus.subscribe(self._hear, "")
        self.syncs = jobs.Syncs(self.settings, database, self.bus)

    async def _hear(self, event: Published) -> None:
        self.heard.append(event)

    async def add(self, url: str, **more: Any) -> RepositoryOut:
        async with self.database.work() as uow:
            wanted = RepositoryIn(**{"name": "ours", "url": url, **more})
            return await service.create(uow, self.actor, self.settings, wanted)

    async def change(self, repository_id: int, **changes: Any) -> RepositoryOut:
        async with self.database.work() as uow:
            wanted = RepositoryPatch(**changes)
            return await service.update(uow, self.actor, self.settings, repository_id, wanted)

    async def ask(self, repository_id: int, **how: bool) -> RepositorySync:
        async with self.database.work() as uow:
            number = (await service.sync(uow, self.actor, repository_id, **how)).number
        await self.run(repository_id)
        return await self.sync(repository_id, number)

    async def run(self, repository_id: int) -> None:
        while await self.syncs.sync_one(repository_id):
            pass

    async def sync(self, repository_id: int, number: int) -> RepositorySync:
        async with self.database.work(write=False) as uow:
            return await service.get_sync(uow, self.actor, repository_id, number)

    async def get(self, repository_id: int) -> RepositoryOut:
        async with self.database.work(write=False) as uow:
            return await service.get(uow, self.actor, repository_id)

    async def templates(self, repository_id: int) -> dict[str, CatalogTemplate]:
        async with self.database.work(write=False) as uow:
            found = await uow.db.execute(select(CatalogTemplate).where(CatalogTemplate.repository_id == repository_id))
            return {row.name: row for row in found.scalars()}


@pytest.fixture
def keeper(settings: Settings, database: Database, admin: Actor) -> Keeper:
    return Keeper(settings, database, admin)


@pytest.fixture
def origin(host: Host) -> Origin:
    return host.origin("t")


@pytest.fixture
def url(host: Host, origin: Origin) -> str:
    return f"{host.url}/git/{origin.folder.name}"


class TestSyncing:
    async def test_adding_a_repository_fills_the_catalog(self, keeper: Keeper, origin: Origin, url: str) -> None:
        commit = origin.push(
            {
                "templates/a.yaml": template("a", "Alpha", category="Office", description="Writes letters"),
                "templates/bad.yaml": template("b").replace("displayName", "display"),
                "templates/own.yaml": template("c") + "  privileged: true\n",
                "catalog.yaml": "name: ours\n",
                "icons/a.svg": "<svg/>",
            }
        )
        made = await keeper.add(url)
        assert (made.status, made.template_count) == ("pending", 0)
        await keeper.run(made.id)
        found = await keeper.get(made.id)
        assert (found.status, found.template_count, found.last_commit) == ("synced", 1, commit)
        assert found.error_message is None
        assert found.next_sync is not None
        shown = await keeper.templates(made.id)
        assert {"a"} == set(shown)
        assert (shown["a"].display_name, shown["a"].category, shown["a"].version) == ("Alpha", "Office", "1.0")
        sync = await keeper.sync(made.id, 1)
        report = {file["path"]: file for file in sync.files}
        assert report["templates/a.yaml"]["outcome"] == "added"
        assert report["templates/bad.yaml"]["outcome"] == "rejected"
        assert report["templates/own.yaml"]["findings"][0]["code"] == "privileged"
        assert report["templates/bad.yaml"]["findings"][0]["line"] is not None
        assert set(report) == {"templates/a.yaml", "templates/bad.yaml", "templates/own.yaml"}
        assert sync.log[-1]["message"].startswith("Done: 1 added")
        async with keeper.database.work(write=False) as uow:
            noted = [entry.entry["action"] for entry in (await uow.db.execute(select(PendingEntry))).scalars()]
        assert noted[-2:] == ["repository.created", "repository.synced"]

    async def test_ids_survive_and_vanished_ones_retire(self, keeper: Keeper, origin: Origin, url: str) -> None:
        origin.push({"a.yaml": template("a"), "b.yaml": template("b"), "c.yaml": template("c")})
        repository = (await keeper.add(url)).id
        await keeper.run(repository)
        before = await keeper.templates(repository)
        origin.push({"a.yaml": template("a", "Renamed"), "b.yaml": None, "d.yaml": template("d")})
        sync = await keeper.ask(repository)
        assert sync.counts == {"added": 1, "changed": 1, "unchanged": 1, "retired": 1, "kept": 0, "rejected": 0}
        after = await keeper.templates(repository)
        assert {name: after[name].id for name in before} == {name: row.id for name, row in before.items()}
        assert after["a"].display_name == "Renamed"
        assert after["b"].retired
        assert after["c"].updated_at == before["c"].updated_at
        changes = next(file["changes"] for file in sync.files if file["outcome"] == "changed")
        assert changes == [{"field": "spec.displayName", "before": "A", "after": "Renamed"}]
        origin.push({"b.yaml": template("b")})
        await keeper.ask(repository)
        back = (await keeper.templates(repository))["b"]
        assert (back.id, back.retired) == (before["b"].id, False)

    async def test_a_template_that_is_broken_now_stays_as_it_was(
        self, keeper: Keeper, origin: Origin, url: str
    ) -> None:
        origin.push({"a.yaml": template("a")})
        repository = (await keeper.add(url)).id
        await keeper.run(repository)
        origin.push({"a.yaml": "kind: Template\n: : :"})
        sync = await keeper.ask(repository)
        assert (sync.counts["kept"], sync.counts["rejected"]) == (1, 1)
        assert not (await keeper.templates(repository))["a"].retired

    async def test_a_sync_without_changes_writes_nothing(
        self,
        keeper: Keeper,
        origin: Origin,
        url: str,
        statements: Callable[[Database], Any],
    ) -> None:
        origin.push({f"{n}.yaml": template(f"t{n}") for n in range(5)})
        repository = (await keeper.add(url)).id
        await keeper.run(repository)
        for force in (False, True):
            with statements(keeper.database) as seen:
                sync = await keeper.ask(repository, force=force)
            assert sync.counts["unchanged"] == 5
            writes = [text for text in seen if text.startswith(("INSERT", "UPDATE", "DELETE"))]
            assert not [text for text in writes if "catalog_templates" in text]

    async def test_a_look_that_finds_nothing_new_leaves_no_line(
        self, keeper: Keeper, origin: Origin, url: str, clock: FakeClock
    ) -> None:
        origin.push({"a.yaml": template("a")})
        repository = (await keeper.add(url, interval_seconds=600)).id
        await keeper.run(repository)
        clock.advance(timedelta(minutes=11))
        await keeper.syncs._look()
        await keeper.syncs._tasks.close()
        async with keeper.database.work(write=False) as uow:
            due = await queries.due(uow.db, uow.now())
        assert due == []
        await keeper.run(repository)
        async with keeper.database.work(write=False) as uow:
            assert [sync.cause for sync in await queries.syncs(uow.db, repository)] == ["created"]

    async def test_a_failure_is_told_and_tried_again_ever_later(
        self, keeper: Keeper, host: Host, clock: FakeClock
    ) -> None:
        repository = (await keeper.add(f"{host.url}/git/nothing.git")).id
        await keeper.run(repository)
        found = await keeper.get(repository)
        assert found.status == "failed"
        assert "no repository at" in (found.error_message or "")
        first = found.next_sync
        assert first is not None
        assert first - clock.now() == timedelta(minutes=2)
        await keeper.ask(repository)
        second = (await keeper.get(repository)).next_sync
        assert second is not None
        assert second - clock.now() == timedelta(minutes=4)

    async def test_progress_is_heard(self, keeper: Keeper, origin: Origin, url: str) -> None:
        origin.push({"a.yaml": template("a")})
        repository = (await keeper.add(url)).id
        await keeper.run(repository)
        told = [event.payload for event in keeper.heard if event.name == "repository.sync"]
        assert {payload["data"]["phase"] for payload in told} == {"fetching", "unpacking"}
        async with keeper.database.work(write=False) as uow:
            rows = (await uow.db.execute(select(OutboxEntry).order_by(OutboxEntry.id))).scalars().all()
        assert [row.payload["status"] for row in rows if row.name == "repository.sync"] == ["running", "succeeded"]

    async def test_one_process_reads_a_repository_at_a_time(self, keeper: Keeper, origin: Origin, url: str) -> None:
        origin.push({"a.yaml": template("a")})
        repository = (await keeper.add(url)).id
        async with keeper.database.work() as uow:
            now = uow.now()
            assert await queries.claim(uow.db, repository, "another", now, now + timedelta(minutes=5))
        assert not await keeper.syncs.sync_one(repository)

    async def test_a_crash_heals(self, keeper: Keeper, origin: Origin, url: str, clock: FakeClock) -> None:
        origin.push({"a.yaml": template("a")})
        repository = (await keeper.add(url)).id
        async with keeper.database.work() as uow:
            now = uow.now()
            await queries.claim(uow.db, repository, "crashed", now, now + timedelta(minutes=5))
            begun = await queries.next_pending(uow.db, repository)
            assert begun is not None
            begun.status = "running"
        clock.advance(timedelta(minutes=6))
        async with keeper.database.work() as uow:
            await keeper.syncs._queue(uow, [], await queries.abandoned(uow.db, uow.now()))
        await keeper.run(repository)
        assert (await keeper.sync(repository, 1)).status == "failed"
        assert (await keeper.sync(repository, 2)).status == "succeeded"

    async def test_a_repository_that_is_removed_meanwhile_stays_removed(
        self, keeper: Keeper, origin: Origin, url: str
    ) -> None:
        origin.push({"a.yaml": template("a")})
        repository = (await keeper.add(url)).id

        async def remove_then_answer(order: Any, progress: Any) -> dict[str, Any]:
            async with keeper.database.work() as uow:
                await service.delete(uow, keeper.actor, repository)
            return {"revision": "x", "etag": "", "hostKey": "", "unchanged": False, "files": []}

        other = jobs.Syncs(keeper.settings, keeper.database, keeper.bus, read=remove_then_answer)
        assert await other.sync_one(repository)
        with pytest.raises(NoSuchRepository):
            await keeper.get(repository)

    async def test_two_thousand_templates(self, keeper: Keeper) -> None:
        files = [accepted(f"t{number}") for number in range(2000)]

        async def answer(order: Any, progress: Any) -> dict[str, Any]:
            return {"revision": order.known + "x", "etag": "", "hostKey": "", "unchanged": False, "files": files}

        keeper.syncs = jobs.Syncs(keeper.settings, keeper.database, keeper.bus, read=answer)
        repository = (await keeper.add("https://git.example.org/t.git")).id
        await keeper.run(repository)
        assert (await keeper.get(repository)).template_count == 2000
        assert (await keeper.ask(repository)).counts["unchanged"] == 2000


def accepted(name: str) -> dict[str, Any]:
    """What the worker says of a good file."""
    return {
        "path": f"{name}.yaml",
        "outcome": "accepted",
        "findings": [],
        "template": {
            "name": name,
            "displayName": name,
            "description": "",
            "category": "Other",
            "appType": "desktop",
            "tags": [],
            "featured": False,
            "icon": "",
            "iconData": None,
            "iconType": None,
            "version": "1",
            "manifest": {"metadata": {"name": name}},
            "digest": name,
        },
    }


class TestReview:
    async def test_what_changed_waits_for_approval(self, keeper: Keeper, origin: Origin, url: str) -> None:
        origin.push({"a.yaml": template("a"), "b.yaml": template("b")})
        repository = (await keeper.add(url, review=True)).id
        await keeper.run(repository)
        assert await keeper.templates(repository) == {}
        assert (await keeper.get(repository)).awaiting_review == 1
        await self.decide(keeper, applying.approve, repository, 1)
        assert set(await keeper.templates(repository)) == {"a", "b"}
        origin.push({"a.yaml": template("a", "Evil"), "b.yaml": None})
        sync = await keeper.ask(repository)
        assert (sync.status, sync.counts["changed"], sync.counts["retired"]) == ("review", 1, 1)
        assert (await keeper.templates(repository))["a"].display_name == "A"
        await self.decide(keeper, applying.turn_down, repository, sync.number)
        assert (await keeper.templates(repository))["a"].display_name == "A"
        assert (await keeper.ask(repository)).counts == {"unchanged": 2}  # nobody is asked twice about the same
        origin.push({"c.yaml": template("c")})
        sync = await keeper.ask(repository)
        await self.decide(keeper, applying.approve, repository, sync.number)
        shown = await keeper.templates(repository)
        assert (shown["a"].display_name, shown["b"].retired, shown["c"].retired) == ("Evil", True, False)
        with pytest.raises(NothingToDecide):
            await self.decide(keeper, applying.approve, repository, sync.number)

    async def decide(self, keeper: Keeper, what: Any, repository: int, number: int) -> None:
        async with keeper.database.work() as uow:
            await what(uow, keeper.actor, repository, number)

    async def test_what_is_approved_is_what_was_seen(self, keeper: Keeper, origin: Origin, url: str) -> None:
        origin.push({"a.yaml": template("a", "Seen")})
        repository = (await keeper.add(url, review=True)).id
        await keeper.run(repository)
        origin.push({"a.yaml": template("a", "Pushed later")})
        await self.decide(keeper, applying.approve, repository, 1)
        assert (await keeper.templates(repository))["a"].display_name == "Seen"

    async def test_newer_findings_take_the_place_of_older_ones(self, keeper: Keeper, origin: Origin, url: str) -> None:
        origin.push({"a.yaml": template("a")})
        repository = (await keeper.add(url, review=True)).id
        await keeper.run(repository)
        origin.push({"b.yaml": template("b")})
        await keeper.ask(repository)
        assert (await keeper.sync(repository, 1)).status == "superseded"
        with pytest.raises(NothingToDecide):
            await self.decide(keeper, applying.approve, repository, 1)

    async def test_a_preview_changes_nothing(self, keeper: Keeper, origin: Origin, url: str) -> None:
        origin.push({"a.yaml": template("a")})
        repository = (await keeper.add(url)).id
        await keeper.run(repository)
        origin.push({"a.yaml": template("a", "New")})
        before = await keeper.get(repository)
        sync = await keeper.ask(repository, dry_run=True)
        assert (sync.status, sync.counts["changed"]) == ("previewed", 1)
        assert (await keeper.get(repository)).last_commit == before.last_commit
        assert (await keeper.templates(repository))["a"].display_name == "A"


class TestCredentials:
    async def test_are_sealed_and_never_shown(self, keeper: Keeper, origin: Origin, url: str, host: Host) -> None:
        host.password = "s3cret-token"
        origin.push({"a.yaml": template("a")})
        made = await keeper.add(url, auth_type="token", auth_secret="s3cret-token")
        await keeper.run(made.id)
        assert (await keeper.get(made.id)).status == "synced"
        assert "s3cret" not in made.model_dump_json()
        async with keeper.database.work(write=False) as uow:
            row = (await uow.db.execute(select(Repository))).scalar_one()
            notes = [
                json.dumps(entry.entry, default=str) for entry in (await uow.db.execute(select(PendingEntry))).scalars()
            ]
            log = (await uow.db.execute(select(RepositorySync))).scalar_one()
        assert row.credentials is not None
        assert "s3cret" not in row.credentials
        assert "s3cret-token" in (auth.unseal(keeper.settings.secret_key.get_secret_value(), row.credentials) or "")
        assert "s3cret" not in f"{notes} {log.log} {log.files}"

    async def test_do_not_go_along_to_another_host(self, keeper: Keeper) -> None:
        made = await keeper.add("https://git.example.org/t.git", auth_type="token", auth_secret="x")
        with pytest.raises(BadCredentials, match="again"):
            await keeper.change(made.id, url="https://evil.example/t.git")
        await keeper.change(made.id, url="https://git.example.org/other.git")
        await keeper.change(made.id, url="https://evil.example/t.git", auth_type="none")

    @pytest.mark.filterwarnings("ignore:coroutine 'Queue.join' was never awaited:RuntimeWarning")
    async def test_an_ssh_host_is_trusted_once(self, keeper: Keeper, tmp_path: Any) -> None:
        async with hosts.ssh(tmp_path / "one") as one:
            one.origin("t").push({"a.yaml": template("a")})
            made = await keeper.add(one.url("t"), auth_type="ssh", auth_secret=one.client_key)
            await keeper.run(made.id)
            found = await keeper.get(made.id)
            assert (found.status, found.host_key) == ("synced", one.host_key)
            assert (found.host_key_fingerprint or "").startswith("SHA256:")
            port, client = one.port, one.client_key
        async with hosts.ssh(tmp_path / "two", port=port) as two:
            await keeper.ask(made.id)
            failed = await keeper.get(made.id)
            assert "another host key" in (failed.error_message or "")
            two.origin("t").push({"b.yaml": template("b")})
            changed = await keeper.change(made.id, host_key="", auth_secret=two.client_key)
            assert changed.host_key is None
            assert client != two.client_key
            await keeper.ask(made.id)
            assert (await keeper.get(made.id)).host_key == two.host_key

    @pytest.mark.parametrize(
        "more",
        [
            {"auth_type": "ssh", "auth_secret": "x"},
            {"auth_type": "token"},
            {"auth_type": "basic", "auth_secret": "no-name"},
            {"auth_type": "token", "auth_secret": "two\nlines"},
            {"auth_secret": "without a kind"},
            {"host_key": "ssh-ed25519 AAAA"},
            {"url": "ssh://git@git.example.org/t.git", "auth_type": "token", "auth_secret": "x"},
            {"url": "ssh://git@git.example.org/t.git", "auth_type": "ssh", "auth_secret": "no key"},
            {"url": "ssh://git@git.example.org/t.git", "host_key": "no key"},
        ],
    )
    async def test_that_cannot_be_are_refused(self, keeper: Keeper, more: dict[str, Any]) -> None:
        with pytest.raises(BadCredentials):
            await keeper.add(**{"url": "https://git.example.org/t.git", **more})


class TestManaging:
    @pytest.mark.parametrize(
        "wanted",
        [
            *({"url": url} for url in ("http://x.example/t.git", "git://x.example/t", "file:///etc", "ext::sh -c id")),
            *({"url": url} for url in ("https://u:p@x.example/t", "/etc", "-oProxyCommand=x", "ssh://-o@x.example/t")),
            *({"url": url} for url in ("ssh://git@x.example/a;id", "git@x.example:../t", "ssh://git@x.example/-x")),
            *({"url": url} for url in ("https://x.example/t?x=1", "ssh://git:pw@x.example/t", "https://x.example/t#x")),
            *({"branch": name} for name in ("", "-x", "a..b", "a b", "refs/../x", "a.lock", "@{-1}", "x\ny")),
            *({"path": path} for path in ("../x", "a/../../b", "a/./b", ".git/x", "a\\b", "a//b", "a\0b")),
        ],
    )
    async def test_places_that_cannot_be_are_refused(self, keeper: Keeper, wanted: dict[str, str]) -> None:
        with pytest.raises(BadRepository):
            await keeper.add(**{"url": "https://git.example.org/t.git", **wanted})

    async def test_names_are_given_once_in_an_organisation(self, keeper: Keeper, database: Database) -> None:
        await keeper.add("https://git.example.org/t.git", enabled=False)
        with pytest.raises(RepositoryExists):
            await keeper.add("https://git.example.org/t.git", enabled=False)
        async with database.work() as uow:
            boss = await people.add(uow, "bea", role=Role.USER, org_role=OrgRole.MAINTAINER)
        theirs = Keeper(keeper.settings, database, boss)
        assert (await theirs.add("https://git.example.org/t.git", enabled=False)).org_id == boss.org_id

    async def test_an_organisation_has_so_many(self, keeper: Keeper, database: Database, admin: Actor) -> None:
        for number in range(MOST_REPOSITORIES):
            await keeper.add("https://git.example.org/t.git", name=f"r{number}", enabled=False)
        with pytest.raises(TooManyRepositories):
            await keeper.add("https://git.example.org/t.git", name="one more", enabled=False)

    async def test_an_organisations_own_are_nobody_elses(self, keeper: Keeper, database: Database) -> None:
        async with database.work() as uow:
            boss = await people.add(uow, "bea", org_role=OrgRole.ORG_ADMIN)
            rival = await people.add(uow, "rob", org_role=OrgRole.ORG_ADMIN, org_id="rivals")
            user = await people.add(uow, "uli", org_role=OrgRole.USER)
        everybodys = await keeper.add("https://git.example.org/t.git?token=x".partition("?")[0], enabled=False)
        ours = await Keeper(keeper.settings, database, boss).add("https://git.example.org/t.git", enabled=False)
        assert ours.org_id == boss.org_id
        for who, seen in ((rival, {everybodys.id}), (user, {everybodys.id, ours.id}), (boss, {everybodys.id, ours.id})):
            async with database.work(write=False) as uow:
                assert {found.id for found in await service.list_repositories(uow, who)} == seen
        for who, repository, error in (
            (rival, ours.id, NoSuchRepository),
            (boss, everybodys.id, Forbidden),
            (user, ours.id, Forbidden),
        ):
            with pytest.raises(error):
                await Keeper(keeper.settings, database, who).change(repository, description="mine")

    async def test_removing_says_what_goes_with_it(self, keeper: Keeper, origin: Origin, url: str) -> None:
        origin.push({"a.yaml": template("a"), "b.yaml": template("b")})
        repository = (await keeper.add(url)).id
        await keeper.run(repository)
        async with keeper.database.work() as uow:
            gone = await service.delete(uow, keeper.actor, repository)
        assert (gone.template_count, gone.templates) == (2, ["a", "b"])
        assert await keeper.templates(repository) == {}

    async def test_one_that_is_switched_off_is_not_read(
        self, keeper: Keeper, origin: Origin, url: str, clock: FakeClock
    ) -> None:
        origin.push({"a.yaml": template("a")})
        repository = (await keeper.add(url, enabled=False)).id
        with pytest.raises(RepositoryDisabled):
            await keeper.ask(repository)
        clock.advance(timedelta(days=2))
        async with keeper.database.work(write=False) as uow:
            assert await queries.due(uow.db, uow.now()) == []
        await keeper.change(repository, enabled=True)
        await keeper.run(repository)
        assert (await keeper.get(repository)).template_count == 1

    async def test_another_branch_is_read_at_once(self, keeper: Keeper, origin: Origin, url: str) -> None:
        origin.push({"a.yaml": template("a")})
        origin.push({"b.yaml": template("b")}, "next")
        repository = (await keeper.add(url)).id
        await keeper.run(repository)
        await keeper.change(repository, branch="next")
        await keeper.run(repository)
        shown = await keeper.templates(repository)
        assert {name: row.retired for name, row in shown.items()} == {"a": True, "b": False}

    async def test_a_changed_secret_key_is_said(self, keeper: Keeper, origin: Origin, url: str) -> None:
        made = await keeper.add(url, auth_type="token", auth_secret="x")
        other = keeper.settings.model_copy(update={"secret_key": type(keeper.settings.secret_key)("o" * 40)})
        keeper.syncs = jobs.Syncs(other, keeper.database, keeper.bus)
        await keeper.run(made.id)
        assert "Set them anew" in ((await keeper.get(made.id)).error_message or "")

    async def test_our_own_faults_are_not_told(self, keeper: Keeper) -> None:
        async def crash(order: Any, progress: Any) -> dict[str, Any]:
            raise RuntimeError("inner secret")

        async def refuse(order: Any, progress: Any) -> dict[str, Any]:
            raise Unusable("It is gone.")

        made = await keeper.add("https://git.example.org/t.git")
        for read, message in ((crash, "on our side"), (refuse, "It is gone.")):
            keeper.syncs = jobs.Syncs(keeper.settings, keeper.database, keeper.bus, read=read)
            if read is refuse:
                await keeper.ask(made.id)
            await keeper.run(made.id)
            assert message in ((await keeper.get(made.id)).error_message or "")
