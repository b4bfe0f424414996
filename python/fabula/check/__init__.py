"""Continuity rules: one file per rule, with its page, its examples and its message."""
