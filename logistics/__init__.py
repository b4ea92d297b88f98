"""The project: settings, the ground floor every app stands on, and the roof that looks over all of them."""
