# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Recordings made by hand: damage in the middle, and what a later version may have

# make_recording: Python on stdin, with what is in recording.py
make_recording()
{
	wants python3
	{ echo 'from recording import *'; cat; } |
		COUNTERS="${COUNTERS[*]}" PYTHONPATH=$TESTS PYTHONDONTWRITEBYTECODE=1 python3 -
}

# Ten samples; the first, the fourth and the eighth stand by themselves.  Where each
# record begins is in "offsets".
ten_samples()
{
	make_recording <<-'END'
		r = Recording("rec")
		with open("offsets", "w") as offsets:
		    for i in range(10):
		        print(r.sample([dict(pid=1, comm="init", minor=i * (i + 1) // 2)],
		                       key=i in (0, 3, 7)), file=offsets)
	END
}

# replays STATUS FILE COUNT...: an interval each, with what process 1 did in it
replays()
{
	tool "$1" replay "$2" -a -p 1 --csv --no-headings -o minor
	diff <(printf '%s\n' "${@:3}") <(cut -d , -f 3 out)
}

# Sample by sample: what needs the damaged one is lost with it, what stands by itself
# is read, and the interval between is one, with all that was counted in it.
test_recording_goes_on_behind_damage()
{
	local -a offsets
	local at

	ten_samples
	mapfile -t offsets <offsets
	replays 0 rec {1..9}
	silent
	# In the type, the length, the checksum, the mark and the contents.
	for at in 0 1 2 5 12 25; do
		cp rec bad
		poke bad $((offsets[4] + at))
		replays 5 bad 1 2 3 $((4 + 5 + 6 + 7)) 8 9
		says "damaged at byte ${offsets[4]}: $((offsets[7] - offsets[4])) bytes are not used"
		[ "$(wc -l <err)" -eq 1 ]

		cp rec bad
		poke bad $((offsets[3] + at))
		replays 5 bad 1 2 $((3 + 4 + 5 + 6 + 7)) 8 9
		says "damaged at byte ${offsets[3]}: $((offsets[7] - offsets[3])) bytes are not used"
	done
	# Twice, and at the end.
	cp rec bad
	poke bad $((offsets[1] + 20))
	poke bad $((offsets[8] + 20))
	replays 5 bad $((1 + 2 + 3)) 4 5 6 7
	says "damaged at byte ${offsets[1]}: $((offsets[3] - offsets[1])) bytes" \
		"damaged at byte ${offsets[8]}: nothing after it is used"
}

# Bytes that are gone, or too many, are damage as flipped ones are.
test_recording_with_bytes_too_few_or_too_many()
{
	local -a offsets

	ten_samples
	mapfile -t offsets <offsets
	{ head -c $((offsets[2] + 7)) rec; tail -c +$((offsets[2] + 9)) rec; } >bad
	replays 5 bad 1 $((2 + 3)) {4..9}
	says "damaged at byte ${offsets[2]}"
	{ head -c "${offsets[5]}" rec; echo K pagestat K; tail -c +$((offsets[5] + 1)) rec; } >bad
	replays 5 bad 1 2 3 4 $((5 + 6 + 7)) 8 9
	says "damaged at byte ${offsets[5]}"
}

# As record_format.h has it: types of records, keys, columns and texts that are not
# known, and more at the end of a sample.
test_recording_of_a_later_version()
{
	make_recording <<-'END'
		COUNTERS.remove("refault")
		r = Recording("rec", columns=["flux"] + ROWS + ["quarks"] + COUNTERS,
		              texts=["mood", "comm"], system=["aura"] + SYSTEM + COUNTERS,
		              more="phase\tof the moon\n")
		r.record(b"Z", b"what is this?")
		r.record(b"M", b"")
		for i in range(3):
		    r.sample([dict(flux=77 * i, pid=1, minor=5 * i, quarks=None, mood="good", comm="init"),
		              dict(flux=1, pid=9, minor=i, quarks=i, cow=None, comm="nine")],
		             system=dict(aura=i), more=b"\x05later")
		    r.record(b"Z", b"pagestat")
	END
	tool 0 replay rec -a --csv --no-headings -o pid,minor,cow,comm
	diff - <(cut -d , -f 3- out) <<-'END'
		1,5,0,init
		9,1,,nine
		1,5,0,init
		9,1,,nine
	END
	# What the file has no column for was not recorded, and nobody is made the user.
	says 'has no counter refault'
	[ "$(wc -l <err)" -eq 1 ]
	tool 0 replay rec -a --csv --no-headings -o pid,refault,user
	diff <(cut -d , -f 3- out) <(printf '%s\n' 1,, 9,, 1,, 9,,)
}

# Right checksums do not make sense of it.
test_recording_of_nonsense()
{
	make_recording <<-'END'
		Recording("none")
		r = Recording("steps")
		r.sample([dict(pid=1, minor=1)])
		r.record(b"K", b"pagestat" + zlib.compress(b"x" * 99)[2:-4])
		r.record(b"D", b"")
		Recording("few", columns=["pid", "minor"])
		r = Recording("bomb")
		for i in range(2):
		    r.sample([dict(pid=1)])
		bomb = zlib.compressobj(9, zlib.DEFLATED, -15)
		r.record(b"K", b"pagestat" + bomb.compress(bytes(300 << 20)) + bomb.flush(zlib.Z_SYNC_FLUSH))
		r = Recording("rows")
		for i in range(2):
		    r.sample([dict(pid=1)])
		rows = zlib.compressobj(9, zlib.DEFLATED, -15)
		r.record(b"K", b"pagestat" + rows.compress(bytes(3) + number((5 << 22) * 4 + 3) + bytes(60 << 20)) +
		         rows.flush(zlib.Z_SYNC_FLUSH))
	END
	tool 5 replay none
	says 'no complete sample'
	tool 5 replay steps
	says 'damaged at byte'
	tool 5 replay few
	says 'its header lacks columns'
	tool 5 replay bomb
	says 'damaged at byte'
	# Twelve gigabytes of rows, which two hundred kilobytes are enough for.
	[ "$(wc -c <rows)" -lt 200000 ]
	[ "${TOOL%/san/*}" != "$TOOL" ] || ulimit -v 4000000
	ASAN_OPTIONS=$ASAN_OPTIONS:max_allocation_size_mb=2000 tool 5 replay rows
	says 'damaged at byte'
}

# To search behind damage may take long, where much looks like the beginning of a
# sample; who has had enough is heard.
test_recording_search_can_be_stopped()
{
	make_recording <<-'END'
		r = Recording("rec")
		for i in range(2):
		    r.sample([dict(pid=1)])
		for i in range(100000):
		    r.out.write(b"K" + struct.pack("<I", 17 * (99999 - i)) + b"crc." + b"pagestat")
	END
	status=0
	timeout -k 20 1 "$TOOL" replay rec >out 2>err || status=$?
	[ "$status" -eq 124 ]
}
