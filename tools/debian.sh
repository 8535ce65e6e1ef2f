# SPDX-License-Identifier: MIT
# debian.sh - what the scripts beside it share: packages and clean builds.
# They set top, the tree's own folder, before they read it in.
export DEBIAN_FRONTEND=noninteractive
build_packages='autoconf autoconf-archive automake gcc libc6-dev
    libsqlite3-dev libtool make pkg-config tzdata'
test_packages='check g++ liblua5.4-dev lua5.4 mandoc python3 python3-dev'

# quietly LOG COMMAND...: what it says goes to LOG, and is shown if it fails.
quietly() {
	log=$1
	shift
	if "$@" >"$log" 2>&1 </dev/null; then
		return 0
	fi
	tail -n 60 "$log" >&2
	echo "failed: $* (all of it in $log)" >&2
	return 1
}

as_root() {
	if test "$(id -u)" -eq 0; then
		"$@"
	else
		sudo "$@"
	fi
}

# packages NAME...: installs those that are not there. Elsewhere than on
# Debian they have to be there.
packages() {
	command -v apt-get >/dev/null 2>&1 || return 0
	missing=
	for package in "$@"; do
		dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null |
		    grep -qx installed || missing="$missing $package"
	done
	test -n "$missing" || return 0
	echo "installing$missing" >&2
	quietly "$top/build/apt.log" as_root apt-get \
	    -o DPkg::Lock::Timeout=300 update -q &&
	    quietly "$top/build/apt.log" as_root env \
		DEBIAN_FRONTEND="$DEBIAN_FRONTEND" apt-get \
		-o DPkg::Lock::Timeout=300 install -y -q \
		--no-install-recommends $missing
}

# configured NAME OPTION...: an empty folder build/NAME, configured.
configured() {
	folder=$top/build/$1
	shift
	if test -f "$top/config.status"; then
		echo "$top is configured in place: run make distclean" >&2
		return 1
	fi
	rm -rf "$folder" && mkdir -p "$folder" && (
		cd "$folder" &&
		    quietly configure.log "$top/configure" "$@"
	)
}

jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)
mkdir -p "$top/build"
