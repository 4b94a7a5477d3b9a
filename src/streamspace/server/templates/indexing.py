"""The search index: which words templates are found by, in tables of our own, alike on both databases (ADR 0028)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Subquery, case, delete, exists, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from streamspace.server.templates import search
from streamspace.server.templates.models import SearchGram, Template, TemplateTag, TemplateWord

_AT_ONCE = 500
"""Values in one statement; SQLite takes no more than some thousands."""
_CANDIDATES = 300
_WHOLE_NAME, _NAME_BEGINS = 1000, 100


def put_or_leave(db: AsyncSession, table: Any) -> Any:
    """Return an INSERT for rows of which some may be there already."""
    kind = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    return kind(table).on_conflict_do_nothing()


async def put(db: AsyncSession, templates: Sequence[Template], weights: Sequence[Mapping[str, int]]) -> None:
    """Make templates be found by these words, and by their tags, and by nothing else."""
    known = [template.id for template in templates]
    for some in _chunks(known):
        await db.execute(delete(TemplateWord).where(TemplateWord.template_id.in_(some)))
        await db.execute(delete(TemplateTag).where(TemplateTag.template_id.in_(some)))
    words = [
        {"word": word, "template_id": template.id, "weight": weight}
        for template, weighed in zip(templates, weights, strict=True)
        for word, weight in weighed.items()
    ]
    tags = [{"template_id": t.id, "tag": tag} for t in templates for tag in {folded_tag(tag) for tag in t.tags}]
    if words:
        await db.execute(insert(TemplateWord), words)
    if tags:
        await db.execute(insert(TemplateTag), tags)
    await _learn(db, {word for weighed in weights for word in weighed})
    for template in templates:
        template.indexed = search.RULES


def folded_tag(tag: str) -> str:
    """Return a tag as it is compared."""
    return search.folded(tag)[:200]


async def _learn(db: AsyncSession, words: Iterable[str]) -> None:
    # In one order everywhere, or two who learn the same words at once could wait for each other.
    wanted = sorted(words)
    known: set[str] = set()
    for some in _chunks(wanted):
        known |= set((await db.execute(select(SearchGram.word).where(SearchGram.word.in_(some)))).scalars())
    rows = [{"gram": gram, "word": word} for word in wanted if word not in known for gram in sorted(search.grams(word))]
    if rows:
        await db.execute(put_or_leave(db, SearchGram), rows)


async def forget_unused(db: AsyncSession) -> None:
    """Drop words that no template is found by any more."""
    used = exists().where(TemplateWord.word == SearchGram.word)
    await db.execute(delete(SearchGram).where(~used))


async def certain(db: AsyncSession, asked: str) -> dict[str, int]:
    """Return the known words that are, begin with or contain what was asked for, and how well they fit."""
    grams = search.certain_grams(asked)
    found = await db.execute(
        select(SearchGram.word)
        .where(SearchGram.gram.in_(grams))
        .group_by(SearchGram.word)
        .having(func.count() == len(grams))
        .order_by(func.length(SearchGram.word), SearchGram.word)
        .limit(_CANDIDATES)
    )
    return search.certain(asked, found.scalars())


async def likely(db: AsyncSession, asked: str) -> dict[str, int]:
    """Return the known words that may have been meant."""
    found = await db.execute(
        select(SearchGram.word)
        .where(SearchGram.gram.in_(search.grams(asked)), func.length(SearchGram.word) >= len(asked) - 2)
        .group_by(SearchGram.word)
        .order_by(func.count().desc(), func.abs(func.length(SearchGram.word) - len(asked)), SearchGram.word)
        .limit(_CANDIDATES)
    )
    return search.likely(asked, found.scalars())


def ranked(meanings: Sequence[Mapping[str, int]], text: str) -> tuple[list[Subquery], ColumnElement[int]]:
    """Return for each word that was asked for which templates have it, and how well a template of all fits."""
    parts = [_having(meaning, f"asked_{number}") for number, meaning in enumerate(meanings)]
    score: ColumnElement[int] = sum((part.c.fit for part in parts[1:]), start=parts[0].c.fit)
    whole = " ".join(search.words(text))
    named = case(
        (Template.sort_name == whole, _WHOLE_NAME),
        (Template.name == whole.replace(" ", "-"), _WHOLE_NAME),
        (Template.sort_name.startswith(whole, autoescape=True), _NAME_BEGINS),
        else_=0,
    )
    return parts, score + named


def _having(meaning: Mapping[str, int], name: str) -> Subquery:
    by_fit: dict[int, list[str]] = {}
    for word, quality in meaning.items():
        by_fit.setdefault(quality, []).append(word)
    # A few lists to look into; one WHEN for each word would be tried one after the other, row by row.
    quality_of = case(*((TemplateWord.word.in_(some), quality) for quality, some in by_fit.items()), else_=0)
    fit = func.max(TemplateWord.weight * quality_of)
    return (
        select(TemplateWord.template_id, fit.label("fit"))
        .where(TemplateWord.word.in_(list(meaning)))
        .group_by(TemplateWord.template_id)
        .subquery(name)
    )


def _chunks(values: Sequence[str]) -> Iterable[Sequence[str]]:
    return (values[at : at + _AT_ONCE] for at in range(0, len(values), _AT_ONCE))
