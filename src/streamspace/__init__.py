__version__ = "0.1.0"
"""The release; `protocol.VERSION` is what peers compare."""
