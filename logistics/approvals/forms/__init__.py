"""Input of rules, signatures and decisions."""
