"""Language, look and size of the window, and what it is made of."""
