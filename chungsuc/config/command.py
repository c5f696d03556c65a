"""The `chungsuc` command starts here: the machine's own commands, then those of the doors."""

from __future__ import annotations

import sys

from chungsuc.config import doctor, serving
from chungsuc.doors.cli import root, run


def main() -> None:
    """Entry point of the installed command."""
    root.add_command(doctor.doctor)
    root.add_command(serving.serve)
    root.add_command(serving.database)
    sys.exit(run(sys.argv[1:], prepare=serving.prepare))
