"""What people could do next, and why they would: search over a story that runs.

`wants` says what somebody wants, `repertoire` which acts bring something about, `means` finds acts that
reach an end, `explaining` why somebody would do an act. The definitions are those of plans (docs/plans.md),
taken to stories told by people, in which much is left open.
"""
