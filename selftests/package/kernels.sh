#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# kernels.sh - check that module/kernels.h lists the kernels of selftests/vm/kernels
#
# usage: kernels.sh [--write]
#
# Prints how it differs; with --write, writes it.  The module's package has no other file
# of the project, so the list has to be one of its own.

set -eu
cd "${BASH_SOURCE[0]%/*}/../.."

header=module/kernels.h

# Of 6.12-16k the series is 6.12; of linux-image-6.12-arm64-16k the flavour is arm64-16k.
# "newest" is whatever has come by now: it is listed when it has a row of its own.  A kernel
# that is built here, from a package of its source, is nobody's.
kernels()
{
	awk '$1 ~ /^[0-9]/ && $4 ~ /^linux-image-/ {
		series = $1
		sub(/-.*/, "", series)
		flavour = substr($4, length("linux-image-") + 1)
		sub(/^[0-9][^-]*-/, "", flavour)
		print series, flavour
	}' selftests/vm/kernels | sort -Vu
}

made()
{
	cat <<-'END'
		/* SPDX-License-Identifier: GPL-2.0 */
		/*
		 * kernels.h - the kernels that pagestat is tested on: X(series, flavour), all of Debian
		 *
		 * Made by selftests/package/kernels.sh from selftests/vm/kernels.
		 */
		#ifndef PAGESTAT_KERNELS_H
		#define PAGESTAT_KERNELS_H

		#define PAGESTAT_KERNELS(X) \
	END
	kernels | sed 's/\(.*\) \(.*\)/\tX("\1", "\2") \\/; $s/ \\$//'
	printf '\n#endif /* PAGESTAT_KERNELS_H */\n'
}

case ${1:-} in
--write)
	made >"$header"
	;;
'')
	diff -u "$header" <(made) || {
		echo "$header: run selftests/package/kernels.sh --write" >&2
		exit 1
	}
	;;
*)
	sed -n 's/^# usage: //p' "$0" >&2
	exit 1
	;;
esac
