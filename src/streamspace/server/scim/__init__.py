"""Provisioning of people and groups by an organisation's directory (SCIM 2.0, RFC 7643 and 7644)."""
