"""Tests of the room that shows and answers any question."""
