"""Widgets that more than one page shows."""
