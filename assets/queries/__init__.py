"""Reads across the tables of property."""
