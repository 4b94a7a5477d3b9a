"""Applications of Debian as templates: AppStream metadata (DEP-11), an index to search, entries of packages."""

from streamspace.manifests.debian.applications import Application, Screenshot
from streamspace.manifests.debian.dep11 import BadIndex, read
from streamspace.manifests.debian.search import Index

__all__ = ["Application", "BadIndex", "Index", "Screenshot", "read"]
