from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from streamspace.server.core.db import Base


class Template(Base):
    """How to run one application, as its default version says."""

    __tablename__ = "templates"
    __table_args__ = (UniqueConstraint("org_id", "name"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    org_id: Mapped[str | None] = mapped_column(ForeignKey("organizations.id"))
    """None: everybody's, as those of the official catalog are."""
    name: Mapped[str] = mapped_column(String(63), index=True)
    display_name: Mapped[str] = mapped_column(String(100))
    sort_name: Mapped[str] = mapped_column(String(200), server_default="")
    """The display name as people look for it: folded, so that both databases order it alike."""
    description: Mapped[str] = mapped_column(Text)
    category: Mapped[str] = mapped_column(String(60))
    app_type: Mapped[str] = mapped_column(String(20))
    streaming_protocol: Mapped[str] = mapped_column(String(20))
    tags: Mapped[list[str]]
    featured: Mapped[bool]
    manifest: Mapped[dict[str, Any]]
    icon: Mapped[bytes | None] = mapped_column(LargeBinary)
    icon_type: Mapped[str | None] = mapped_column(String(40))
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the manifest and icon, so that reading an unchanged catalog writes nothing."""
    version: Mapped[str] = mapped_column(String(64), server_default="1.0.0")
    """The default version, whose manifest this is."""
    revision: Mapped[int] = mapped_column(default=1, server_default="1")
    """Counts changes, against those that are made to something older."""
    source: Mapped[str] = mapped_column(String(80), default="catalog", server_default="catalog")
    """Who keeps it up to date: `catalog` the official one, `own` people."""
    indexed: Mapped[int] = mapped_column(default=0, server_default="0")
    """By which rules its words stand in the search index; 0: not yet."""
    popularity: Mapped[int] = mapped_column(default=0)
    retired: Mapped[bool] = mapped_column(default=False)
    retired_at: Mapped[datetime | None]
    created_by: Mapped[str | None] = mapped_column(String(36))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class TemplateVersion(Base):
    """What a template was, is, or may become."""

    __tablename__ = "template_versions"
    __table_args__ = (UniqueConstraint("template_id", "version"),)

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    template_id: Mapped[str] = mapped_column(ForeignKey("templates.id", ondelete="CASCADE"))
    version: Mapped[str] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(20))
    """draft, published or deprecated."""
    changelog: Mapped[str] = mapped_column(Text)
    manifest: Mapped[dict[str, Any]]
    automatic: Mapped[bool]
    """Whether a change of the template made it, and not a person who named it; the oldest of them go first."""
    parent_id: Mapped[str | None] = mapped_column(String(36))
    """The version it was made from, perhaps another template's, if that is still there."""
    created_by: Mapped[str | None] = mapped_column(String(36))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    deprecated_at: Mapped[datetime | None]


class TemplateTag(Base):
    """A template's tags again, one a row and folded, so that both databases find them by index."""

    __tablename__ = "template_tags"

    template_id: Mapped[str] = mapped_column(ForeignKey("templates.id", ondelete="CASCADE"), primary_key=True)
    tag: Mapped[str] = mapped_column(String(200), primary_key=True)


class TemplateWord(Base):
    """A word that a template is found by, and how much that says."""

    __tablename__ = "template_words"

    word: Mapped[str] = mapped_column(String(40), primary_key=True)
    template_id: Mapped[str] = mapped_column(ForeignKey("templates.id", ondelete="CASCADE"), primary_key=True)
    weight: Mapped[int]


class SearchGram(Base):
    """Three letters in a row of a word that any template is found by."""

    __tablename__ = "search_grams"

    gram: Mapped[str] = mapped_column(String(3), primary_key=True)
    word: Mapped[str] = mapped_column(String(40), primary_key=True)


class TemplateFavorite(Base):
    """A template that somebody wants to find first."""

    __tablename__ = "template_favorites"

    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    template_id: Mapped[str] = mapped_column(ForeignKey("templates.id", ondelete="CASCADE"), primary_key=True)
    created_at: Mapped[datetime]


class TemplateLaunch(Base):
    """How often somebody started a template on one day (UTC)."""

    __tablename__ = "template_launches"

    template_id: Mapped[str] = mapped_column(ForeignKey("templates.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    org_id: Mapped[str] = mapped_column(ForeignKey("organizations.id", ondelete="CASCADE"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    launches: Mapped[int]


EVERYBODYS = Template.org_id.is_(None)
# The constraint above lets NULL stand beside NULL.
Index("uq_templates_everybodys", Template.name, unique=True, sqlite_where=EVERYBODYS, postgresql_where=EVERYBODYS)
# All that lists filter and order by, so that they read no manifests.
Index(
    "ix_templates_listed",
    Template.retired,
    Template.org_id,
    Template.sort_name,
    Template.id,
    Template.name,
    Template.category,
    Template.app_type,
    Template.featured,
    Template.popularity,
    Template.created_at,
)
Index("ix_template_tags_tag", TemplateTag.tag, TemplateTag.template_id)
Index("ix_template_words_template", TemplateWord.template_id)
Index("ix_search_grams_word", SearchGram.word)
Index("ix_template_favorites_template", TemplateFavorite.template_id)
Index("ix_template_launches_day", TemplateLaunch.day)
