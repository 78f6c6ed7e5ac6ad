"""Publishing: safe names for documents, one step into place, and the proof that they are still what was made."""
