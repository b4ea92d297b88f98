"""Every change of purchases, orders, acceptances, claims, payments and budgets."""
