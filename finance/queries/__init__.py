"""Reads across the tables of purchases and money."""
