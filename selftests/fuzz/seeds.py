# SPDX-License-Identifier: GPL-2.0
"""Small recordings with which the fuzzer begins, as they are and without compression

They are put into the folders recording and samples.
"""
import struct
import zlib

from recording import Recording, change, number

COLUMNS = ["pid", "ppid", "uid", "start_ns", "minor", "major", "cow", "swapin", "reclaim_ns"]
ASKED = {
    "replay": b"replay -a --csv",
    "json": b"replay --jsonl -o all --by cgroup",
    "metrics": b"replay --openmetrics --by command -n 1 --rest",
    "since": b"replay --since 10:00 --exited --raw",
    "plot": b"plot -o plot.svg",
    "lines": b"plot -o plot.svg --by command --lines cow,reclaim_ns -n 2",
    "top": b"top -a\t]]}{m0b>,rR/x\x1b  s-cow\r+-",
    "threads": b"replay --by thread",
}


# A sample with each kind of step: clocks, unchanged totals, an unchanged row, a row with
# 3 more in its fifth column, a new row; no process has ended.
SAME, GONE, CHANGED, NEW = range(4)
STEPS = (change(0, 1) + 2 * change(0, 10**9) + number(1 << 2 | SAME) + number(0) +
         number(1 << 2 | SAME) + number(1 << 2 | CHANGED) + number(0) + number(1 << 4) +
         change(0, 3) + number(0) + number(1 << 2 | NEW) + number(1) + number(1) + change(0, 99) +
         number(0) + number(0) + number(1 << 2 | GONE) + number(0))


class Stepped(Recording):
    def steps(self, plain):
        self.record(b"D", self.out_stream.compress(plain) +
                    self.out_stream.flush(zlib.Z_SYNC_FLUSH))


def make(name):
    """Five samples; the first and the third are complete, the others are changes."""
    threads = name == "threads"
    r = Stepped("made", columns=(["tid"] if threads else []) + COLUMNS,
                system=["since_ns", "page_size", "minor", "cow", "lost_hits"],
                rows="threads" if threads else "processes", host="h", kernel="6")
    for i in range(4):
        rows = [dict(pid=1, tid=1, minor=i * i, cow=i, comm="init", user="root", cgroup="/a"),
                dict(pid=7, tid=8, minor=i, swapin=None, major=3 * i, comm="w\x1bx\n")]
        r.sample(rows[:1 + (i > 0)], system=dict(minor=i * i + i, cow=i), key=i == 2,
                 exited=[dict(pid=9, comm="gone", minor=5)] if i == 3 else [])
    r.steps(STEPS)
    with open("made", "rb") as made:
        return made.read()


def plain(whole):
    """The same, its samples not compressed."""
    at = whole.index(b"\n") + 1
    out = whole[:at]
    while at < len(whole):
        kind, length = whole[at:at + 1], struct.unpack("<I", whole[at + 1:at + 5])[0]
        body = whole[at + 9:at + 9 + length]
        at += 9 + length
        if kind == b"K":
            stream = zlib.decompressobj(-15)
            body = stream.decompress(body[8:])
        elif kind == b"D":
            body = stream.decompress(body)
        out += kind + struct.pack("<I", len(body)) + bytes(4) + body
    return out


for name, asked in ASKED.items():
    whole = make(name)
    with open("recording/" + name, "wb") as out:
        out.write(asked + b"\n" + whole)
    with open("samples/" + name, "wb") as out:
        out.write(asked + b"\n" + plain(whole))
