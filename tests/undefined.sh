#!/bin/sh
# SPDX-License-Identifier: MIT
# The library asks the system for nothing that prints, ends the process, or
# reads or changes what belongs to the whole process.
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT

if ! test -f .libs/libkpi.so; then
	echo "1..0 # SKIP no shared library was built"
	exit 0
fi
${NM:-nm} -D --undefined-only .libs/libkpi.so |
    sed -n 's/^ *[Uw] \([^@]*\).*/\1/p' >"$tmp/asked"
cat >"$tmp/forbidden" <<'LIST'
abort|exit|_exit|_Exit|quick_exit|atexit|__assert_fail|__assert
printf|vprintf|fprintf|vfprintf|dprintf|vdprintf
__printf_chk|__vprintf_chk|__fprintf_chk|__vfprintf_chk|__dprintf_chk
puts|fputs|putchar|fputc|putc|putchar_unlocked|perror|psignal|syslog
stdin|stdout|stderr
getenv|secure_getenv|setenv|putenv|unsetenv|environ
setlocale|uselocale|localeconv
signal|sigaction|raise|kill|alarm|setitimer
strtok|localtime|gmtime|ctime|asctime|mktime|tzset|strerror
rand|srand|random|srandom|system|popen|fork|execv|execvp|chdir|umask
malloc_usable_size|calloc|strdup|strndup|asprintf|vasprintf|getline|qsort
sprintf|vsprintf|__sprintf_chk|__vsprintf_chk|gets|strcpy|strcat
LIST
tr '|' '\n' <"$tmp/forbidden" | sort >"$tmp/words"

echo 1..2
if grep -q '^sqlite3_' "$tmp/asked"; then
	echo "ok 1 - the symbols that the library asks for can be read"
else
	echo "not ok 1 - the symbols that the library asks for can be read"
fi
if grep -xF -f "$tmp/words" "$tmp/asked" >"$tmp/bad"; then
	sed 's/^/# /' "$tmp/bad"
	echo "not ok 2 - it prints, ends and changes nothing of the process"
else
	echo "ok 2 - it prints, ends and changes nothing of the process"
fi
