"""Changesets between laptops and hub: envelopes, merge, identity, the Round; no storage of its own."""
