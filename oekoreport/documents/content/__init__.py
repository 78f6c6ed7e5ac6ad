"""Content that Word and PDF print alike, each in its own way: prose with its pictures, and charts."""
