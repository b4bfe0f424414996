"""Specifications as Markdown: a small story a section, and what holds after it."""
