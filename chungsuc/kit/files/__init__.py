"""Files that people hand in: kept by content hash outside the database, their kind checked, never run as pages."""

from chungsuc.kit.files.kinds import IMAGES, LIMIT, FileKind, kind_of, safe_name, too_large
from chungsuc.kit.files.photographs import Shot, shot_of
from chungsuc.kit.files.store import Kept, keep, path_of, read, safe_headers

__all__ = [
    "IMAGES",
    "LIMIT",
    "FileKind",
    "Kept",
    "Shot",
    "keep",
    "kind_of",
    "path_of",
    "read",
    "safe_headers",
    "safe_name",
    "shot_of",
    "too_large",
]
