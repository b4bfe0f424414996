"""`fabula serve`: the page in the browser, where a story is written, checked and looked at from every side."""
