"""Photos from a phone on the same hotspot, without internet: a small server of one visit (security.md §10.3)."""
