"""Documents: what turns a report into Word and PDF.

In come a report and templates; out come bytes, and notes on what could not be printed as it was. ``papers`` is the way
that exporters take. It uses, from the ground up: ``content`` (prose, pictures, charts), ``views`` (what a template
sees), ``word`` (a template's parts), ``proof`` (its faults, beforehand), ``filling`` (a template, compiled once, makes
documents) and ``pdf`` (Typst or LibreOffice).
"""
