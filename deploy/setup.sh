#!/bin/sh
# Makes .venv with the pinned dependencies of one part (main or dev) and the `arida` command.
# Does nothing, quickly, when the stamp of that part says that nothing changed.
set -eu
cd "$(dirname "$0")/.."
part=${1:-dev}
python=${PYTHON:-python3}

say() { echo "setup: $*" >&2; }

if ! command -v "$python" >/dev/null; then
    say "Python 3.11 or newer is needed (Debian: apt-get install python3 python3-venv)."; exit 1
fi
stamp_of() {
    { pwd; cat deploy/setup.sh pyproject.toml requirements/build.txt "requirements/$1.txt"; } | cksum
}
is_current() {
    [ -x .venv/bin/python ] && [ -f ".venv/stamp-$1" ] && [ "$(cat ".venv/stamp-$1")" = "$(stamp_of "$1")" ]
}
if is_current "$part"; then exit 0; fi

if [ ! -x .venv/bin/python ]; then
    if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
        say "Python 3.11 or newer is needed, $("$python" --version) was found; name another with PYTHON=."; exit 1
    fi
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        say "The venv module of $python is missing; install it first (Debian: apt-get install python3-venv)."; exit 1
    fi
    say "making .venv"
    "$python" -m venv .venv
fi
say "installing the pinned dependencies of '$part'"
pip() { .venv/bin/python -m pip --disable-pip-version-check --quiet "$@"; }
# --no-deps and wheels only: nothing that is not in the file with its hash can be fetched.
pip install --require-hashes --no-deps --only-binary :all: \
    -r "requirements/$part.txt" -r requirements/build.txt
pip install --no-build-isolation --no-deps --no-index --editable .
stamp_of "$part" > ".venv/stamp-$part"
# What tests need contains what running needs.
if [ "$part" = dev ]; then stamp_of main > .venv/stamp-main; fi
