# One task runner; `just` lists the tasks.
default:
    @just --list

# build the extension into the current virtual environment, quickly
build:
    maturin develop

# formatting, lints and types; no tests
check:
    python tests/all.py --only lint

# everything the README's test command runs after installing
test:
    python tests/all.py

# formatting, applied
format:
    cargo fmt --all
    ruff format
    ruff check --fix

# speed and memory (refuses a debug build)
bench *ARGS:
    python benches/run.py {{ARGS}}
