"""The catalogue: courses as they were published, each with its supplier's name."""
