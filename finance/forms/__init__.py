"""Input of purchases and money."""
