# What both commands share: system packages, the virtual environment, built messages. Sourced, not run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

RUN_PACKAGES=(python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk)

say() { printf '• %s\n' "$*"; }

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# Install the Debian packages that are missing; without apt, say which ones the machine needs.
need_packages() {
    local missing=() package
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    if ! command -v apt-get >/dev/null; then
        say "This machine has no apt-get. Install what these Debian packages hold, then start again: ${missing[*]}"
        return 0
    fi
    say "Installing system packages: ${missing[*]}"
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

find_python() {
    local candidate
    for candidate in python3.11 python3 python3.12 python3.13; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    say "Python 3.11 or later is needed." >&2
    return 1
}

# Make .venv from a lock file; done again only when the lock file changed.
need_environment() {
    local lock=$1 stamp=.venv/installed-$1
    if [ ! -x .venv/bin/python ]; then
        say "Making the virtual environment"
        "$(find_python)" -m venv .venv
    fi
    if ! cmp -s "$lock" "$stamp"; then
        say "Installing Python packages from $lock"
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
        cp "$lock" "$stamp"
    fi
}
