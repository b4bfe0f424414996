"""Pictures of a story that was run: people's ways, their minds, causes, and times."""
