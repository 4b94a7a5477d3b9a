"""Signing in through somebody else: OpenID Connect, GitHub's OAuth 2 and SAML 2.0."""
