"""How many agents a control plane carries: a crowd of simulated ones, and what it costs."""
