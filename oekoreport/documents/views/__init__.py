"""Views: what a template sees of a report. Declared fields and figures only, everything formatted or marked."""
