"""Safety ledgers: checks, hazards, fire equipment, guards, visitors. Its tables are not laid yet."""
