"""The laptop's encrypted database, its log and its sealed photos; the only room that writes a laptop's data."""
