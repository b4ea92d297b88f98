"""Property: classes, asset cards, the movements every ledger is read from, labels, room confirmations."""
