"""What the files and folders of a project are called."""

from oekoreport.folder import EVIDENCE_FOLDER, INTAKE_FOLDER, PROJECT_STEMS

__all__ = ["EVIDENCE_FOLDER", "INTAKE_FOLDER", "PROJECT_STEMS"]
