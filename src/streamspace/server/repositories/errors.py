from __future__ import annotations

from streamspace.server.core.errors import BadRequest, Conflict, NotFound, Unauthenticated


class NoSuchRepository(NotFound):
    """There is no such repository, or you may not see it."""

    code = "repository_not_found"


class NoSuchSync(NotFound):
    """This repository has no such sync."""

    code = "sync_not_found"


class BadRepository(BadRequest):
    """This is not where a repository could be."""

    code = "bad_repository"


class BadCredentials(BadRequest):
    """These credentials do not fit the way of signing in."""

    code = "bad_credentials"


class RepositoryExists(Conflict):
    """There is a repository of this name already."""

    code = "repository_exists"


class TooManyRepositories(Conflict):
    """An organisation has at most 50 repositories."""

    code = "too_many_repositories"


class RepositoryDisabled(Conflict):
    """This repository is switched off; switch it on first."""

    code = "repository_disabled"


class NothingToDecide(Conflict):
    """This sync does not wait for a decision, or a newer one took its place."""

    code = "nothing_to_decide"


class BadSignature(NotFound):
    """There is no such webhook, or its signature is missing or wrong."""

    code = "bad_signature"


class StaleDelivery(Unauthenticated):
    """This delivery is older than five minutes, or its clock is wrong."""

    code = "stale_delivery"
