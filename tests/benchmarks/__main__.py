"""`make bench`: every figure in one run, as one table per subject."""

import importlib
import pkgutil
import sys

import tests.benchmarks


def main() -> None:
    """Run every bench_* module, or those named on the command line."""
    wanted = set(sys.argv[1:])
    for module in pkgutil.iter_modules(tests.benchmarks.__path__):
        if not module.name.startswith("bench_") or (wanted and module.name.removeprefix("bench_") not in wanted):
            continue
        found = importlib.import_module(f"tests.benchmarks.{module.name}")
        print(f"\n{module.name.removeprefix('bench_')}: {(found.__doc__ or '').strip().splitlines()[0]}", flush=True)
        rows = found.rows()
        widths = [max(len(str(row[i])) for row in rows) for i in range(len(rows[0]))]
        for row in rows:
            print("  " + "  ".join(str(cell).ljust(width) for cell, width in zip(row, widths, strict=True)), flush=True)


if __name__ == "__main__":
    main()
