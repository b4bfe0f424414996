"""Other notations than English: to the same model, and from it."""
