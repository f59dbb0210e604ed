#!/bin/sh
# Makes sure that tests find a Chromium (CHROME_PATH, or one on the path) and what its driver needs, fonts
# with Arabic, what printing documents as PDF needs, and what reads them back. `make run` needs none of it.
set -eu
cd "$(dirname "$0")/.."
missing=$(.venv/bin/python -m shared.press.needs)
if [ -n "${CHROME_PATH:-}" ]; then
    [ -x "$CHROME_PATH" ] || { echo "browser: CHROME_PATH=$CHROME_PATH is not a program" >&2; exit 1; }
elif ! command -v chromium >/dev/null && ! command -v google-chrome >/dev/null; then
    missing="$missing chromium"
fi
command -v pdftotext >/dev/null || missing="$missing poppler-utils"
# Documents are judged with the fonts that their templates name.
if ! command -v fc-list >/dev/null || ! fc-list "Noto Naskh Arabic" family | grep -q .; then
    missing="$missing fontconfig fonts-noto-core"
fi
# The driver brings its own node, which needs a library that a bare Debian lacks.
.venv/bin/playwright --version >/dev/null 2>&1 || missing="$missing libatomic1"
# shellcheck disable=SC2086 # A list of package names.
[ -z "$missing" ] || exec deploy/install-packages.sh $missing
