"""The paper: facts in, PDF bytes out; its own text engine and its own PDF writer."""
