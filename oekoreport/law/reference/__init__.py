"""Dated reference data with source and status, one TOML file a subject: emission factors and base rates of interest.

In comes nothing but the files; out go tables that answer by day or year, and name the source of what they answer.
"""
