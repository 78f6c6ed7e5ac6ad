"""Documents: what turns a report into Word and PDF.

In come a report and a template; out come bytes, and notes on what could not be printed as it was. ``views`` is what a
template sees, ``content`` prose, pictures and charts, ``word`` fills Word templates, ``proof`` finds their faults
beforehand, ``pdf`` prints with Typst or LibreOffice; ``papers`` is the way through all of them that exporters take.
"""
