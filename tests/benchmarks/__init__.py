"""Side-by-side measurements; each module has `rows()` giving (what, ours, peer or limit, verdict)."""
