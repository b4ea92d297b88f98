"""The shape of input about the school's structure."""
