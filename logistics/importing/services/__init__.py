"""Every change of state of an import."""
