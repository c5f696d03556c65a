"""Run every benchmark and print its table: `make bench` (one with `make bench ONLY=sheets/read`).

A benchmark is a file `bench/<topic>/<name>.py` with `main() -> str | None`; it measures ratios against a named rival in
the same run. Each runs in a process of its own, one after the other, so that none warms another's caches.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> int:
    """Run those asked for (all by default); the exit code says how many failed."""
    wanted = sys.argv[1:]
    failed = 0
    for path in sorted(HERE.glob("*/*.py")):
        name = f"{path.parent.name}/{path.stem}"
        if path.stem.startswith("_") or (wanted and not any(name.startswith(word) for word in wanted)):
            continue
        print(f"\n=== {name}", flush=True)
        done = subprocess.run([sys.executable, str(path)], cwd=HERE.parent, check=False,
                              env={**os.environ, "PYTHONPATH": str(HERE.parent)})
        failed += done.returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main())
