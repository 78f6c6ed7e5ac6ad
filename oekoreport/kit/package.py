"""Office files as packages of parts: opened within bounds, XML parsed safely, relations followed."""

from oekoreport.package import DamagedArchive, Element, Package, Relation, is_binary, is_package, local_name

__all__ = ["DamagedArchive", "Element", "Package", "Relation", "is_binary", "is_package", "local_name"]
