# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Files that are not as the interface has them: a message, a status, no numbers

# refused TEXT...: status 5, nothing printed, and a message of these texts
refused()
{
	tool 5
	[ ! -s out ]
	says "$@"
	[ "$(wc -l <err)" -eq 1 ]
}

test_bad_truncated_row()
{
	tree
	truncate -s -9 "$T/processes"
	refused "$T/processes" 'cut short'
}

test_bad_row_with_too_few_values()
{
	tree
	printf '12\t1\n' >>"$T/processes"
	refused "$T/processes: line 6 has 2 values"
}

test_bad_row_with_too_many_values()
{
	tree
	sed -i '3s/^/1\t/' "$T/processes"
	refused 'line 3 has'
}

test_bad_empty_file()
{
	tree
	: >"$T/processes"
	refused 'is empty'
	tree
	: >"$T/version"
	refused "$T/version" 'no version'
}

test_bad_nul_byte()
{
	tree
	printf 'a\0b\n' >>"$T/processes"
	refused 'NUL'
}

test_bad_garbage()
{
	local i

	for i in 1 2 3 4 5 6 7 8; do
		tree
		head -c $((i * 500)) /dev/urandom >"$T/processes"
		refused "$T/processes"
		tree
		{ header; head -c 3000 /dev/urandom | tr '\0' x; echo; } >"$T/processes"
		refused "$T/processes"
	done
}

test_bad_garbage_does_not_reach_the_terminal()
{
	tree
	row pid=9 minor=$'\033[2J\377' >>"$T/processes"
	refused 'line 6, column minor: "\033[2J\377" is no number'
}

test_bad_number_too_large()
{
	tree
	row pid=9 minor=18446744073709551616 >>"$T/processes"
	refused 'line 6, column minor: "18446744073709551616" is too large'
}

test_bad_numbers()
{
	local number

	for number in -1 +1 ' 1' 0x1 1.5 1e3 ''; do
		tree
		row pid=9 minor="$number" >>"$T/processes"
		refused "column minor: \"$number\" is no number"
	done
}

test_bad_identity_is_never_unknown()
{
	tree
	row pid=- >>"$T/processes"
	refused 'column pid: "-" is no number'
}

test_bad_column_twice()
{
	tree
	sed -i '1s/cow_anon/cow/' "$T/processes"
	refused 'two columns are called "cow"'
}

test_bad_column_without_name()
{
	tree
	sed -i '1s/cow_anon//' "$T/processes"
	refused 'has no name'
}

test_bad_no_identity()
{
	local column

	for column in pid ppid uid start_ns comm; do
		tree
		sed -i "1s/\b$column\b/x/" "$T/processes"
		refused "no column is called \"$column\""
	done
}

test_bad_process_twice()
{
	tree
	row pid=310 >>"$T/processes"
	sed -i 's/^310\t1\t1000\t[0-9]*/310\t1\t1000\t310000000/' "$T/processes"
	refused 'process 310 is there twice'
}

test_bad_missing_file()
{
	local file

	for file in version processes system; do
		tree
		rm "$T/$file"
		refused "$T/$file"
	done
	rm "$T/probes"
	tool 5 --probes
	says "$T/probes: missing"
}

test_bad_file_is_a_directory()
{
	tree
	rm "$T/processes"
	mkdir "$T/processes"
	refused "$T/processes: Is a directory"
}

test_bad_newer_interface()
{
	tree
	echo 2 >"$T/version"
	refused "$T/version" 'version 2' 'Update the tool'
}

test_bad_version()
{
	local version

	for version in 0 -1 x '1 ' 99999999999999999999 $'1\n1' '1.0'; do
		tree
		echo "$version" >"$T/version"
		refused "$T/version" 'no version'
	done
}

test_bad_system()
{
	tree
	head -n 1 "$T/system" >s
	mv s "$T/system"
	refused "$T/system: 0 rows"
	tree
	system_file | tail -n 1 >>"$T/system"
	refused "$T/system: 2 rows"
	tree
	sed -i '1s/page_size/x/' "$T/system"
	refused "$T/system: no column is called \"page_size\""
	system_file lost_hits=- >"$T/system"
	refused 'column lost_hits: "-" is no number'
}

test_bad_probes()
{
	tree
	sed -i '1s/hook/x/' "$T/probes"
	tool 5 --probes
	says "$T/probes: no column is called \"hook\""
}

test_no_module()
{
	tree
	rm -r "$T"
	tool 3
	says "$T: not there" 'modprobe pagestat'
}

test_no_debugfs()
{
	unset PAGESTAT_DEBUGFS
	wants unshare
	cat >without-debugfs <<-'END'
		while umount -t debugfs -a; do
			grep -q " debugfs " /proc/self/mounts || break
		done 2>/dev/null
		exec "$@"
	END
	unshare -m true || { echo 'mount namespaces are for root'; exit "$SKIP"; }
	unshare -m sh without-debugfs "$TOOL" >out 2>err || [ $? -eq 3 ]
	says 'debugfs is not mounted' 'mount -t debugfs'
}

test_no_permission()
{
	[ "$(id -u)" -eq 0 ] || { echo 'only root can be somebody else'; exit "$SKIP"; }
	wants setpriv
	tree
	chmod 700 "$PAGESTAT_DEBUGFS"
	cp "$TOOL" here
	chmod 755 . .. here
	setpriv --reuid 65534 --regid 65534 --clear-groups ./here >out 2>err || [ $? -eq 4 ]
	says 'permission denied' 'sudo pagestat'
	[ ! -s out ]
}
