# SPDX-License-Identifier: GPL-3.0-or-later
# What installer/start and installer/test share; sourced by both (bash).
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
logs=$root/build

say() { printf '%s\n' "$*"; }
step() { printf '\n== %s\n' "$*"; }
# die WORDS…: what happened and what to do about it.
die() {
    printf '\n%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

mkdir -p "$logs" 2>/dev/null && [ -w "$logs" ] ||
    die "You may not write to $logs. Use a checkout of your own: git clone $root"

# packages SECTION…: the names in installer/packages.txt.
packages() {
    local section
    for section in "$@"; do
        awk -v wanted="[$section]" '/^\[/ { here = $0 == wanted } here && /^[a-z0-9]/' "$root/installer/packages.txt"
    done
}

# missing NAME…: those that dpkg does not have installed.
missing() {
    local name
    for name in "$@"; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || printf '%s\n' "$name"
    done
}

# as_root COMMAND…: as it is for root, else with sudo; fails without asking where nobody could type a password.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif [ -t 0 ]; then
        sudo "$@"
    else
        sudo -n "$@"
    fi
}

# need_packages SECTION…: installs what is missing of them.
need_packages() {
    local wanted list log=$logs/packages.log
    mapfile -t wanted < <(packages "$@")
    if ! command -v dpkg-query >/dev/null; then
        say "This is not Debian; the packages are expected to be there: ${wanted[*]}"
        return 0
    fi
    mapfile -t list < <(missing "${wanted[@]}")
    if [ ${#list[@]} = 0 ]; then
        say "All ${#wanted[@]} packages are there."
        return 0
    fi
    if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
        die "These packages are missing, and only root may install them. Ask for:
  apt-get install --no-install-recommends ${list[*]}"
    fi
    say "Installing ${#list[@]} packages (log: $log)"
    say "  ${list[*]}" | fold -s -w 110
    local options=(-o DPkg::Lock::Timeout=600)
    if ! { as_root apt-get "${options[@]}" update &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get "${options[@]}" install -y --no-install-recommends "${list[@]}"; } \
        >"$log" 2>&1; then
        tail -n 15 "$log" >&2
        die "The packages could not be installed. Check the network and root's rights, then try again; or install them yourself:
  apt-get install --no-install-recommends ${list[*]}"
    fi
}

# Jobs for the build: one a core, but no more than the memory holds (a compiler takes up to 1.2 GB).
build_jobs() {
    awk -v cores="$(nproc)" '/^MemAvailable/ { most = int($2 / 1200000) }
        END { if (most < 1) most = 1; print most < cores ? most : cores }' /proc/meminfo
}

# progress: shows every tenth per cent of ninja's lines.
progress() {
    awk '{ if (match($0, /^\[[0-9]+\/[0-9]+\]/)) {
            split(substr($0, 2, RLENGTH - 2), count, "/"); tenth = int(10 * count[1] / count[2])
            if (tenth > shown) { shown = tenth; printf "  %3d %% (%d of %d)\n", 10 * tenth, count[1], count[2]; fflush() } } }'
}

# build PRESET: configures and builds it, quietly; build/PRESET.log has all of it.
build() {
    local preset=$1 log=$logs/$1.log
    cd "$root"
    say "Configuring and building preset $preset (log: $log)"
    # A folder that was configured elsewhere, or by another CMake, starts afresh.
    if ! { cmake --preset "$preset" >"$log" 2>&1 || cmake --fresh --preset "$preset" >"$log" 2>&1; }; then
        tail -n 20 "$log" >&2
        die "The build could not be configured. If a package is named above, install it; the list is in installer/packages.txt."
    fi
    if ! cmake --build --preset "$preset" --parallel "$(build_jobs)" 2>&1 | tee -a "$log" | progress; then
        { grep -E -A5 'error:|FAILED:|ninja: error' "$log" || tail -n 20 "$log"; } | head -n 40 >&2 || true
        die "The build failed; all of it is in $log. Free memory and disk space if that is what is missing, then try again."
    fi
}
