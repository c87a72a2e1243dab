"""Forms: what is installed, taking one in, its problems, what it looks like, what a version changed."""
