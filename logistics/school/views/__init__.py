"""Pages of the school's structure."""
