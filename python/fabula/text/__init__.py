"""Markdown to scenes and sentences with their places.

`span` and `quote` import nothing; `fabula.problems` is built on them, and the rest of this folder
on `fabula.problems`. This file therefore stays empty.
"""
