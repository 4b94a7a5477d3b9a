"""How much the homes hold, as their agents measure it."""
