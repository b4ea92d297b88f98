"""The pages of property, cut by noun."""
