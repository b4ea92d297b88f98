"""Every change of rules, routes and decisions."""
