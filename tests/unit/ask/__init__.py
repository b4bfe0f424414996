"""Tests of the ask folder."""
