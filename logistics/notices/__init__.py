"""Notices: in the app, by e-mail and to a group's robot."""
