#!/bin/sh
# Installs Debian packages when that is allowed (root, or sudo without a password), and keeps the
# services among them from starting now or at the next boot: the project starts its own, privately.
# Packages are arguments. Fails with one line when it may not.
set -eu

if ! command -v apt-get >/dev/null; then
    echo "install: apt is not here; install by hand: $*" >&2; exit 1
fi
if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then exec sudo -n "$0" "$@"; fi
    echo "install: not allowed to; run: apt-get install $*" >&2; exit 1
fi
echo "install: $*" >&2
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' > "$policy"
    chmod +x "$policy"
    trap 'rm -f "$policy"' EXIT
    trap 'exit 130' INT TERM
fi
new=""
for package in "$@"; do dpkg -s "$package" >/dev/null 2>&1 || new="$new $package"; done
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086 # A list of package names.
apt-get install -y -qq --no-install-recommends $new >/dev/null
if [ -d /run/systemd/system ]; then
    for package in $new; do
        case $package in postgresql | rabbitmq-server) systemctl --quiet disable "$package" || true ;; esac
    done
fi
