"""The story model: immutable values that know neither English nor Rust."""
