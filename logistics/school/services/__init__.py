"""Every change of state in the school's structure."""
