"""The `chungsuc` command starts here: the machine's own commands, then those of the doors."""

from __future__ import annotations

import sys

from chungsuc.config import doctor, serving
from chungsuc.doors.cli import root, run

for _own in (doctor.doctor, serving.serve, serving.database):
    root.add_command(_own)


def main() -> None:
    """Entry point of the installed command."""
    sys.exit(run(sys.argv[1:], prepare=serving.prepare))
