"""Photos: foreign pictures checked, decoded once, turned upright, re-encoded; the one room that knows Pillow."""
