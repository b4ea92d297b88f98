"""Pages of notices, by noun."""
