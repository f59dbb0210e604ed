"""Keeps the three .po files equal to the strings in the code, and says what is untranslated.

python -m shared.web.catalogue --check            fails, naming each string to repair
python -m shared.web.catalogue --update           takes new strings in, sets unused ones aside
python -m shared.web.catalogue --update --prune   also drops the ones set aside
python -m shared.web.catalogue --missing          prints untranslated strings as JSON
python -m shared.web.catalogue --fill FILE        puts translations of such a JSON file in
"""

import argparse
import json
import sys
from pathlib import Path

from babel.messages.catalog import Catalog

from shared.web import catalogue_checks, catalogue_files, catalogue_update

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; returns the exit code (0 in order, 1 something is to be repaired)."""
    options = _parser().parse_args(arguments)
    if options.fill:
        catalogue_update.fill(json.loads(options.fill.read_text(encoding="utf-8")))
    if options.update:
        catalogue_update.update(_template(), prune=options.prune)
    if options.missing:
        missing = catalogue_checks.untranslated(_template())
        sys.stdout.write(json.dumps(missing, ensure_ascii=False, indent=1) + "\n")
    return _check() if options.check else 0


def _template() -> Catalog:
    return catalogue_files.extract(ROOT)


def _check() -> int:
    findings = catalogue_checks.findings(_template())
    sys.stderr.writelines(f"{finding}\n" for finding in findings)
    return 1 if findings else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m shared.web.catalogue", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--check", action="store_true", help="fail on any string to repair")
    parser.add_argument("--update", action="store_true", help="take new strings in")
    parser.add_argument("--prune", action="store_true", help="with --update: drop unused strings")
    parser.add_argument("--missing", action="store_true", help="print what is untranslated")
    parser.add_argument("--fill", type=Path, metavar="FILE", help="put translations in")
    return parser


if __name__ == "__main__":
    sys.exit(main())
