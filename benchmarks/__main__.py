"""`python -m benchmarks NAME --scale small|full`: one benchmark; without a name, all of them."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from pathlib import Path

from benchmarks.common import Result, machine


def main() -> int:
    """Runs what was asked for; 0 when every goal was reached and every gate passed."""
    names = sorted(
        path.stem.replace("_", "-")
        for path in Path(__file__).parent.glob("*.py")
        if not path.stem.startswith("_") and path.stem != "common" and "\ndef run(" in path.read_text()
    )
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("name", nargs="?", choices=names, help="which one; all when left out")
    parser.add_argument("--scale", choices=("small", "full"), default="full")
    asked = parser.parse_args()
    good = True
    for name in [asked.name] if asked.name else names:
        result: Result = importlib.import_module(f"benchmarks.{name.replace('-', '_')}").run(asked.scale)
        line = result.line() | {"scale": asked.scale, "machine": machine()}
        print(json.dumps(line), flush=True)
        good = good and bool(line["ok"])
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
