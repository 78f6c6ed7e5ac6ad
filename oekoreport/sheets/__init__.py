"""Spreadsheets: ``tables`` reads those of any format, ``forms`` writes the ones that people fill in.

In come the bytes of XLSX, XLS, ODS or CSV files, out go sheets of cells with their true addresses; in come records of
the model, out go workbooks whose heads the importer knows again.
"""
