"""Tables of words: data, apart from code."""
