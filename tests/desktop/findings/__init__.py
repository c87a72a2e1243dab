"""Tests of the findings page."""
