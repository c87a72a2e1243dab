"""A made-up district to try the product on: its places, people, visits; nothing here is real."""
