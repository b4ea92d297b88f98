"""Purchase approvals and money. Its tables are not laid yet."""
