#!/bin/sh
# Makes sure that tests find a Chromium (CHROME_PATH, or one on the path) and a font with Arabic.
set -eu
cd "$(dirname "$0")/.."
missing=""
if [ -n "${CHROME_PATH:-}" ]; then
    [ -x "$CHROME_PATH" ] || { echo "browser: CHROME_PATH=$CHROME_PATH is not a program" >&2; exit 1; }
elif ! command -v chromium >/dev/null && ! command -v google-chrome >/dev/null; then
    missing="chromium"
fi
if ! command -v fc-list >/dev/null || ! fc-list :lang=ar family | grep -q .; then
    missing="$missing fontconfig fonts-noto-core"
fi
[ -z "$missing" ] || exec deploy/install-packages.sh $missing
