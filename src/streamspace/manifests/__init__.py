"""Templates as others write them: read within bounds, checked for dangers, and made from other products' formats."""

from streamspace.manifests.dangers import Rules, danger
from streamspace.manifests.findings import Finding, Severity, errors
from streamspace.manifests.reading import Reading, read, validate
from streamspace.manifests.text import MAX_BYTES, Document

__all__ = ["MAX_BYTES", "Document", "Finding", "Reading", "Rules", "Severity", "danger", "errors", "read", "validate"]
