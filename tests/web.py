"""Checks, tests and builds the page, and says whether what ships in the package is what its source gives.

Needs Node and npm, as whoever changes the page does; who only installs Fabula needs neither.
"""

from __future__ import annotations

import filecmp
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
SHIPPED = ROOT / "python" / "fabula" / "serve" / "page"


def main() -> int:
    """Run all steps; 1 where one fails or the shipped page is stale."""
    npm = shutil.which("npm")
    if npm is None:
        print("npm is needed to check the page (node 20 or later)", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        built = Path(folder) / "page"
        for command in (
            ("ci", "--no-audit", "--no-fund"),
            ("run", "check"),
            ("run", "test"),
            ("run", "build", "--", "--outDir", str(built), "--logLevel", "warn"),
        ):
            code = subprocess.run((npm, "--silent", *command), cwd=WEB, check=False).returncode
            if code != 0:
                print(f"failed: npm {' '.join(command[:2])}", file=sys.stderr)
                return 1
        stale = _different(built, SHIPPED)
    if stale:
        print(f"stale: {', '.join(stale)}", file=sys.stderr)
        print(
            "the shipped page is not what web/ gives: npm run build --prefix web", file=sys.stderr
        )
    return 1 if stale else 0


def _different(built: Path, shipped: Path) -> list[str]:
    """The files that are not the same in both folders."""
    names = {
        str(file.relative_to(folder))
        for folder in (built, shipped)
        for file in folder.rglob("*")
        if file.is_file()
    }
    return sorted(
        name
        for name in names
        if not (built / name).is_file()
        or not (shipped / name).is_file()
        or not filecmp.cmp(built / name, shipped / name, shallow=False)
    )


if __name__ == "__main__":
    sys.exit(main())
