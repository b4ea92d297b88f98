"""The shape of what people enter about property, and the wording of its errors."""
