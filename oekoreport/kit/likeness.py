"""Which names and numbers mean the same, however they are typed."""

from oekoreport.model.likeness import canonical, is_made_out_to, look_alike, party, same_party

__all__ = ["canonical", "is_made_out_to", "look_alike", "party", "same_party"]
