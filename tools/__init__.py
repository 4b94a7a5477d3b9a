"""What the recipes of the justfile call. Not part of the product."""
