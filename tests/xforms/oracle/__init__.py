"""A live comparison of whole forms with an independent engine, on random forms and random answers."""
