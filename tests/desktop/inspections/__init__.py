"""Tests of the visit page and the list of visits."""
