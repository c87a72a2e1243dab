"""A table: this laptop lets colleagues beside it exchange sealed bundles with it, without the hub (docs/decisions/0101)."""
