"""Dated reference data with source and status, one TOML file a subject."""
