"""The command line of cli.md: the same operations without a window."""
