"""Written work plans read into proposals: a document's lines, what times they name, items, duties, whose they are."""
