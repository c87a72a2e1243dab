"""The visit and the list of visits."""
