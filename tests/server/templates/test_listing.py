"""Lists of templates: filters, search, sorting, pages."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from streamspace.protocol.manifest import TemplateManifest
from streamspace.server.core.db import Database
from streamspace.server.core.permissions import Actor
from streamspace.server.templates import service
from streamspace.server.templates.reader import Entry
from streamspace.server.templates.schemas import Filter, Sort
from tests.server import catalog
from tests.server.conftest import Login

API = "/api/v1/templates"
SHELF: list[tuple[str, str, str, str, list[str]]] = [
    ("gimp", "GIMP", "Graphics", "Edits photos and pictures.", ["Image", "editor"]),
    ("inkscape", "Inkscape", "Graphics", "Draws vector graphics.", ["image", "vector"]),
    ("libreoffice", "LibreOffice", "Office", "Letters, tables, slides.", ["office"]),
    ("vs-code", "VS Code", "Development", "A code editor.", ["editor", "code"]),
    ("node-red", "Node-RED", "Development", "Wires things together.", ["flows"]),
    ("codeblocks", "Code::Blocks", "Development", "Compiles.", ["code"]),
    ("übersicht", "Übersicht", "Office", "Überblick über alles.", ["überblick"]),
]


@pytest.fixture
async def shelf(database: Database, member: Actor) -> Actor:
    entries = [
        Entry(
            TemplateManifest.model_validate(
                catalog.manifest(
                    name.replace("ü", "u"),
                    displayName=shown,
                    category=category,
                    description=text,
                    tags=tags,
                    baseImage="example/x:1",
                    featured=name == "gimp",
                )
            )
        )
        for name, shown, category, text, tags in SHELF
    ]
    async with database.work() as uow:
        await service.take_in(uow, entries)
    return member


async def names(database: Database, actor: Actor, sort: Sort | None = None, **wanted: Any) -> list[str]:
    async with database.work(write=False) as uow:
        page = await service.list_templates(uow, actor, Filter(**wanted), sort=sort, limit=50, cursor=None)
        assert page.total == len(page.rows)
        return [row.name for row in page.rows]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("gimp", ["gimp"]),
        ("GIMP", ["gimp"]),
        ("gmip", ["gimp"]),
        ("gim", ["gimp"]),
        ("inskcape", ["inkscape"]),
        ("libre ofice", ["libreoffice"]),
        ("office", ["libreoffice", "ubersicht"]),
        ("vscode", ["vs-code"]),
        ("code", ["codeblocks", "vs-code"]),
        ("photo", ["gimp"]),
        ("ubersicht", ["ubersicht"]),
        ("ÜBERBLICK", ["ubersicht"]),
        ("image vector", ["inkscape"]),
        ("gimp office", []),
        ("zzzzzz", []),
        ("%", []),
        ("_", []),
    ],
)
async def test_what_is_typed_finds(shelf: Actor, database: Database, typed: str, found: list[str]) -> None:
    got = await names(database, shelf, search=typed)
    assert set(got) == set(found)
    assert got[:1] == found[:1] or typed in {"code", "office"}


async def test_the_best_comes_first(shelf: Actor, database: Database) -> None:
    assert (await names(database, shelf, search="editor"))[0] in {"gimp", "vs-code"}
    assert (await names(database, shelf, search="vs code"))[0] == "vs-code"
    assert (await names(database, shelf, search="graphics"))[:2] == ["gimp", "inkscape"]


async def test_filters_narrow_and_tags_must_all_match(shelf: Actor, database: Database) -> None:
    assert await names(database, shelf, category="graphics") == ["gimp", "inkscape"]
    assert await names(database, shelf, tags=("IMAGE",)) == ["gimp", "inkscape"]
    assert await names(database, shelf, tags=("image", "editor")) == ["gimp"]
    assert await names(database, shelf, featured=True) == ["gimp"]
    assert len(await names(database, shelf, featured=False)) == 6
    assert await names(database, shelf, search="editor", category="Development") == ["vs-code"]


async def test_an_order_is_that_of_people(shelf: Actor, database: Database) -> None:
    in_order = ["codeblocks", "gimp", "inkscape", "libreoffice", "node-red", "ubersicht", "vs-code"]
    assert await names(database, shelf) == in_order
    async with database.work() as uow:
        popular = await service.get(uow, shelf, "node-red")
        for _ in range(2):
            await service.count_launch(uow, popular.id, shelf.org_id, shelf.id)
    assert (await names(database, shelf, "popularity"))[:2] == ["node-red", "codeblocks"]
    assert sorted(await names(database, shelf, "created")) == in_order


@pytest.mark.parametrize("sort", ["name", "popularity", "created", "rating", "relevance"])
@pytest.mark.parametrize("typed", [None, "o", "edtior"])
async def test_pages_hold_each_once(shelf: Actor, database: Database, sort: Sort, typed: str | None) -> None:
    whole = await names(database, shelf, sort, search=typed)
    paged, cursor = [], None
    while True:
        async with database.work(write=False) as uow:
            page = await service.list_templates(uow, shelf, Filter(search=typed), sort=sort, limit=1, cursor=cursor)
        paged += [row.name for row in page.rows]
        assert page.total == len(whole)
        if (cursor := page.cursor) is None:
            break
    assert paged == whole
    assert whole


async def test_a_changed_template_is_found_by_its_new_words_alone(shelf: Actor, database: Database) -> None:
    renamed = catalog.manifest("gimp", displayName="Picture thing", baseImage="example/x:1")
    async with database.work() as uow:
        await service.take_in(uow, [Entry(TemplateManifest.model_validate(renamed))])
    assert await names(database, shelf, search="picture") == ["gimp"]
    assert await names(database, shelf, search="photos") == []
    assert await names(database, shelf, search="inkscape") == []  # it vanished with all others
    async with database.work() as uow:
        await service.forget_old(uow)
    assert await names(database, shelf, search="picture") == ["gimp"]


class TestRoute:
    async def test_the_answer_says_what_was_asked_and_what_there_is(self, login: Login) -> None:
        client = await login("user")
        answer = await client.get(API, params={"tags": "text", "sort": "name", "facets": "true"})
        body = answer.json()
        assert [template["name"] for template in body["templates"]] == ["editor"]
        assert body["filters"] == {"tags": ["text"], "sort": "name"}
        assert body["categories"] == {"Test": 2, "Web": 1}
        assert body["tags"] == {"small": 1, "text": 1, "web": 1}
        first = body["templates"][0]
        assert (first["version"], first["favorited"], first["ratingCount"]) == ("1.0.0", False, 0)
        assert first["defaultResources"] == {"memory": "512Mi", "cpu": "500m"}
        guessed = (await client.get(API, params={"search": "edtior"})).json()
        assert guessed["corrected"] is True

    @pytest.mark.parametrize(
        "query", [{"cursor": "x"}, {"limit": "0"}, {"limit": "501"}, {"sort": "size"}, {"search": "x" * 101}]
    )
    async def test_nonsense_is_a_400(self, login: Login, query: dict[str, str]) -> None:
        assert (await (await login("user")).get(API, params=query)).status_code == 400

    async def test_a_cursor_is_of_its_order(self, login: Login) -> None:
        client = await login("user")
        page = (await client.get(API, params={"limit": "1"})).json()
        assert (await client.get(API, params={"limit": "1", "cursor": page["nextCursor"]})).status_code == 200
        assert await _status(client, {"sort": "created", "cursor": page["nextCursor"]}) == 400


async def _status(client: httpx2.AsyncClient, query: dict[str, str]) -> int:
    return (await client.get(API, params=query)).status_code
