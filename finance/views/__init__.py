"""Pages of purchases and money, by noun."""
