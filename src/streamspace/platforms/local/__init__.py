"""What platforms share whose sessions live on the agent's own machine: records, life, people, waiting."""
