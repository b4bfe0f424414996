"""The standard library: what words mean, written in the story language, one Markdown file per group."""
