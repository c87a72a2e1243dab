"""Reads a Form as Checklist, Dimensions and Items, and derives Verdicts, gaps and the Result of a visit."""
