"""Where things lie on this machine: the data folder, the law, the project's own data."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LAW = Path(os.environ.get("CHUNGSUC_LAW", ROOT / "law"))
DATA = Path(os.environ.get("CHUNGSUC_DATA", ROOT / "data"))


def home() -> Path:
    """The data folder (`CHUNGSUC_HOME`, default `.chungsuc` in the checkout)."""
    return Path(os.environ.get("CHUNGSUC_HOME", ROOT / ".chungsuc")).resolve()


def evidence() -> Path:
    """Where evidence files are kept, by content hash."""
    return home() / "evidence"
