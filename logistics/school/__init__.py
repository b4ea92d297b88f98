"""The school: people and what they may do, departments, classes, buildings, rooms, years and terms, dated limits."""
