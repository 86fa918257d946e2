"""Faults that somebody could make in the engine, each with the test that finds it: see `faults.toml`."""
