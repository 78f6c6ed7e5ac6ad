"""The door: what plugins import besides the vocabulary of ``oekoreport``, a page a subject, and nothing else.

No page defines anything. What is not named on one may change without notice; ``docs/kit.md`` lists what is.
"""
