# SPDX-License-Identifier: GPL-2.0
#
# headers.awk - print headers.h: which parts of headers.c fit the kernel's headers
#
# usage: awk -v results=FOLDER -f headers.awk headers.c
#
#   FOLDER	of each part it has a file that begins with "fits", or does not, and what
#		the compiler said in a file with .log at the end
#
# If a part is not as its comment in headers.c says, there is a line on stderr, and the
# status is 1.

# The build ends; the next one asks all again.
function stop(why, file)
{
	printf "pagestat: %s; see %s, and please report it\n", why, file >"/dev/stderr"
	system("rm -f \"" results "\"/" first)
	stopped = 1
	exit 1
}

function first_error(file,	line, error)
{
	while (!error && (getline line <file) > 0)
		if (line ~ /error|not found/)
			error = line
	close(file)
	return error
}

# What does not fit is where the part is, or in a macro that it uses.  All else is none of
# its business: a compiler that crashes, a header that does not compile.
function expected(name,		file, line, found)
{
	file = results "/" name ".log"
	while ((getline line <file) > 0)
		if (line ~ /headers\.c:[0-9]+:[0-9]+: (error|note)/)
			found = 1
	close(file)
	return found
}

match($0, /defined\(PROBE_[A-Z_]+\)/) {
	name = substr($0, RSTART + 14, RLENGTH - 15)
	kind = $0
	sub(/.*\/\* /, "", kind)
	sub(/ \*\/.*/, "", kind)
	file = results "/" name
	if (!first)
		first = name

	result = ""
	getline result <file
	close(file)
	fits = result == "fits"
	if (kind == "must fit" && !fits)
		stop("the compiler cannot use this kernel's headers: " first_error(file ".log"),
		     file ".log")
	if (kind == "must not" && fits)
		stop("the compiler accepts what is wrong (" name ")", file ".log")
	if (!fits && !expected(name))
		stop("what the compiler says of " name " is not what was expected",
		     file ".log")
	if (sub(/^one of: /, "", kind)) {
		nr = split(kind, kinds, ", ")
		for (i = 1; i <= nr; i++) {
			tried[kinds[i]] = tried[kinds[i]] " " name
			fit[kinds[i]] += fits
		}
	} else if (kind !~ /^(must fit|must not|optional)$/) {
		stop("headers.c does not say what to expect of " name, FILENAME)
	}
	if (kind !~ /^must/)
		lines = lines "#define KERNEL_HAS_" name " " fits "\n"
}

END {
	if (stopped)
		exit 1
	for (kind in tried)
		if (!fit[kind])
			stop("of " kind ", no form that is known fits this kernel's headers" \
			     " (tried:" tried[kind] ")", results "/*.log")
	if (lines == "")
		stop("headers.c has no parts", FILENAME)
	print "/* Made by Kbuild from headers.c. */"
	printf "%s", lines
}
