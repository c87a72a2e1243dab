"""Tests of the checklist room and of the workbook it ships with."""
