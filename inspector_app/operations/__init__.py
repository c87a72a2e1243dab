"""What a user can do: one verb, one function, one transaction, one returned Touched."""
