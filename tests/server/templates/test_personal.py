"""Favourites, ratings and statistics over the API."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete

from streamspace.server.core.db import Database
from streamspace.server.core.http import Context
from streamspace.server.core.permissions import Actor
from streamspace.server.ratings.models import Rating
from streamspace.server.templates import reader, service, statistics
from streamspace.server.templates.models import TemplateLaunch
from tests.server import people
from tests.server.conftest import Login

API = "/api/v1/templates"


class TestFavorites:
    async def test_as_the_spec_says(self, login: Login) -> None:
        client = await login("user")
        assert (await client.get(f"{API}/editor/favorite")).json() == {"favorited": False, "template": "editor"}
        assert (await client.delete(f"{API}/editor/favorite")).status_code == 404
        for _ in range(2):
            added = await client.post(f"{API}/editor/favorite")
            assert (added.status_code, added.json()["template"]) == (200, "editor")
        await client.post("/api/v1/preferences/favorites/browser")
        found = (await client.get(f"{API}/favorites")).json()
        assert found["total"] == 2
        assert {one["name"] for one in found["templates"]} == {"editor", "browser"}
        first = next(one for one in found["templates"] if one["name"] == "editor")
        assert first["favorited"] is True
        assert {"displayName", "description", "category", "icon", "tags", "favoritedAt"} <= set(first)
        listed = (await client.get(API, params={"favorites": "true", "search": "edit"})).json()["templates"]
        assert [(one["name"], one["favorited"]) for one in listed] == [("editor", True)]
        assert (await client.delete("/api/preferences/favorites/browser")).status_code == 200
        assert (await client.post(f"{API}/nothing/favorite")).status_code == 404
        other = await login("user", name="otto")
        assert (await other.get(f"{API}/favorites")).json() == {"templates": [], "total": 0}

    async def test_there_is_a_limit(self, login: Login, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("streamspace.server.templates.rules.MOST_FAVORITES", 1)
        client = await login("user")
        assert (await client.post(f"{API}/editor/favorite")).status_code == 200
        assert (await client.post(f"{API}/editor/favorite")).status_code == 200
        assert (await client.post(f"{API}/browser/favorite")).json()["error"] == "too_many_favorites"


class TestRatings:
    async def test_one_each_and_an_average_of_all(self, login: Login, context: Context) -> None:
        first, second = await login("user"), await login("user", name="otto")
        made = await first.post(f"{API}/editor/ratings", json={"rating": 2, "review": "Slow."})
        assert (made.status_code, made.json()["username"]) == (201, "some-user")
        assert (await first.post(f"{API}/editor/ratings", json={"rating": 3})).status_code == 200
        await second.post(f"{API}/editor/ratings", json={"rating": 4, "review": "Fine."})
        said = (await first.get(f"{API}/editor/ratings")).json()
        assert (said["average"], said["count"], said["total"], said["mine"]["rating"]) == (3.5, 2, 2, 3)
        shown = (await first.get(f"{API}/editor")).json()
        assert (shown["rating"], shown["ratingCount"]) == (3.5, 2)
        ranked = (await first.get(API, params={"sort": "rating"})).json()["templates"]
        assert ranked[0]["name"] == "editor"
        page = (await first.get(f"{API}/editor/ratings", params={"limit": 1})).json()
        rest = (await first.get(f"{API}/editor/ratings", params={"limit": 1, "cursor": page["nextCursor"]})).json()
        assert {page["ratings"][0]["username"], rest["ratings"][0]["username"]} == {"some-user", "otto"}
        assert "nextCursor" not in rest
        async with context.database.work() as uow:
            await uow.db.execute(delete(Rating).where(Rating.rating == 4))
        async with context.database.work() as uow:
            await service.forget_old(uow)
        assert (await first.get(f"{API}/editor")).json()["rating"] == 3.0

    async def test_other_organisations_count_and_do_not_speak(self, login: Login) -> None:
        stranger = await login("user", name="rita", org="rival")
        await stranger.post(f"{API}/editor/ratings", json={"rating": 5, "review": "Ours alone."})
        said = (await (await login("user")).get(f"{API}/editor/ratings")).json()
        assert (said["count"], said["total"], said["ratings"]) == (1, 0, [])
        assert "rita" not in str(said)

    async def test_own_words_are_changed_by_oneself_and_removed_by_who_looks_after(self, login: Login) -> None:
        writer, colleague = await login("user"), await login("user", name="otto")
        head = await login("user", name="hedda", org_role="org_admin")
        made = (await writer.post(f"{API}/editor/ratings", json={"rating": 1, "review": "Bad word."})).json()
        place = f"{API}/editor/ratings/{made['id']}"
        assert (await colleague.put(place, json={"rating": 5})).status_code == 403
        assert (await head.put(place, json={"rating": 5})).status_code == 403
        assert (await colleague.delete(place)).status_code == 403
        assert (await writer.put(place, json={"rating": 2})).json()["review"] == ""
        assert (await head.delete(place)).status_code == 204
        assert (await writer.delete(place)).status_code == 404
        assert (await writer.get(f"{API}/editor")).json()["ratingCount"] == 0

    @pytest.mark.parametrize(
        "body",
        [{}, {"rating": 0}, {"rating": 6}, {"rating": 2.5}, {"rating": "3"}, {"rating": 3, "review": "x" * 2001}],
    )
    async def test_what_is_no_rating(self, login: Login, body: dict[str, object]) -> None:
        assert (await (await login("user")).post(f"{API}/editor/ratings", json=body)).status_code == 400

    async def test_too_fast_is_too_fast(self, login: Login) -> None:
        client = await login("user")
        answers = [await client.put(f"{API}/editor/ratings/x", json={"rating": 3}) for _ in range(31)]
        assert [answer.status_code for answer in answers[-2:]] == [404, 429]


class TestStatistics:
    async def test_days_and_people_are_counted_where_one_belongs(
        self, database: Database, settings: object, member: Actor, admin: Actor, catalog_dir: object
    ) -> None:
        entries, _ = reader.read(catalog_dir)  # type: ignore[arg-type]
        async with database.work() as uow:
            await service.take_in(uow, entries)
            stranger = await people.add(uow, "rita", org_id="rival")
        for after, who, times in ((0, member, 2), (0, stranger, 1), (1, member, 1), (0, admin, 1)):
            database.clock.advance(timedelta(days=after))  # type: ignore[attr-defined]
            async with database.work() as uow:
                template = await service.get(uow, who, "editor")
                for _ in range(times):
                    await service.count_launch(uow, template.id, who.org_id, who.id)
        async with database.work(write=False) as uow:
            mine = await statistics.of_template(uow, member, "editor", 30)
            assert (mine.launches, mine.users, mine.total_launches) == (4, 2, 5)
            assert [(day.launches, day.users) for day in mine.per_day] == [(2, 1), (2, 2)]
            every = await statistics.of_template(uow, admin, "editor", 30)
            assert (every.launches, every.users) == (5, 3)
            assert (await statistics.of_template(uow, member, "editor", 1)).launches == 2

    async def test_what_is_old_is_forgotten(self, database: Database, member: Actor, catalog_dir: object) -> None:
        entries, _ = reader.read(catalog_dir)  # type: ignore[arg-type]
        async with database.work() as uow:
            await service.take_in(uow, entries)
            template = await service.get(uow, member, "editor")
            await service.count_launch(uow, template.id, member.org_id, member.id)
        database.clock.advance(timedelta(days=401))  # type: ignore[attr-defined]
        async with database.work() as uow:
            await service.forget_old(uow)
            key = (template.id, (uow.now() - timedelta(days=401)).date(), member.org_id, member.id)
            assert await uow.db.get(TemplateLaunch, key) is None
