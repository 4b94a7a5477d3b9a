"""Ways to run sessions; `base.Platform` is the interface, each folder one implementation."""
