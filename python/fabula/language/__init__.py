"""Controlled English to the story model, and back."""
