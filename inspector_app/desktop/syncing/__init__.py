"""Joining a hub, one Round, what waits, and the journal."""
