from __future__ import annotations

from streamspace.server.core.errors import BadRequest, Conflict, NotFound, Problem


class NoSuchTemplate(NotFound):
    """There is no template of this name that you may use."""

    code = "template_not_found"


class NoIcon(NotFound):
    """This template has no icon."""

    code = "icon_not_found"


class BadIcon(BadRequest):
    """An icon is an SVG, PNG or WebP image of at most 256 kB."""

    code = "bad_icon"


class BadManifest(BadRequest):
    """This is not a template; the details say where and why."""

    code = "bad_manifest"


class NameIsFixed(BadRequest):
    """A template keeps its name; make another one under the new name."""

    code = "name_is_fixed"


class TemplateExists(Conflict):
    """There is a template of this name already."""

    code = "template_exists"


class TemplateRetired(Conflict):
    """This template was deleted; restore it first."""

    code = "template_retired"


class ChangedMeanwhile(Problem):
    """Somebody changed this template after you had read it. Read it again, then repeat your change."""

    status = 412
    code = "changed_meanwhile"


class NoSuchVersion(NotFound):
    """This template has no such version."""

    code = "version_not_found"


class BadVersion(BadRequest):
    """A version is written as semver.org says, such as 1.2.0 or 2.0.0-beta.1."""

    code = "bad_version"


class VersionExists(Conflict):
    """This template has a version of this number already."""

    code = "version_exists"


class NotADraft(Conflict):
    """Only a draft can be changed; clone this version to go on from it."""

    code = "not_a_draft"


class NotPublished(Conflict):
    """Only a published version can be what everybody gets, or be deprecated."""

    code = "not_published"


class DefaultVersion(Conflict):
    """This is the version that everybody gets; make another one the default first."""

    code = "default_version"


class TooManyVersions(Conflict):
    """This template has as many versions as it may have; delete some first."""

    code = "too_many_versions"


class NotAFavorite(NotFound):
    """This template is not among your favourites."""

    code = "favorite_not_found"


class TooManyFavorites(Conflict):
    """You have as many favourites as one may have; remove some first."""

    code = "too_many_favorites"
