"""Attachments, number series and the reading side of the history: what a record carries besides its own fields."""
