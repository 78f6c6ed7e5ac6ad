"""A Word template's parts: opened and put in order by docxtpl, compiled by Jinja, both once, and printed with values."""
