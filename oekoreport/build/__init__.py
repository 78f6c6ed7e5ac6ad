"""Building: one project from its folder to its published documents, or all projects below a folder.

In come a folder and an order (which exporters, options, reference date); out go the documents in ``out`` and the
manifest that says what they were made of. Nothing above this room writes a file.
"""
