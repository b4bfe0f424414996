"""Answers to questions about a story: what happened, who is where, who knows what, and why."""
