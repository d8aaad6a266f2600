# SPDX-License-Identifier: GPL-2.0
"""Recordings made by hand, from what record_format.h says and not by the tool's code

A Recording writes one; Recording(...).sample(...) adds a sample, record(...) anything.
"""
import os
import struct
import zlib

ROWS = ["pid", "ppid", "uid", "start_ns"]
COUNTERS = os.environ["COUNTERS"].split()
SYSTEM = ["since_ns", "page_size"]
TEXTS = ["user", "cgroup", "comm"]
SECOND = 1000000000
MASK = (1 << 64) - 1


def number(n):
    out = b""
    while n >= 0x80:
        out += bytes([n & 0x7f | 0x80])
        n >>= 7
    return out + bytes([n])


def change(before, now):
    n = (now - before) & MASK
    return number((n << 1 ^ (MASK if n >> 63 else 0)) & MASK)


class Recording:
    def __init__(self, path, columns=None, system=None, texts=None, version=1, rows="processes",
                 host="testhost", kernel="6.1.0-test", more=""):
        self.columns = columns or ROWS + COUNTERS
        self.system = system or SYSTEM + COUNTERS
        self.texts = texts or TEXTS
        self.rows = {"system": 0, "rows": 0, "exited": 0}
        self.clock = [0, 0, 0]
        self.ns = 1000 * SECOND
        self.out = open(path, "wb")
        self.out.write(b"pagestat recording %d\n" % version)
        self.record(b"H", ("host\t%s\nkernel\t%s\nabi\t1\ninterval_ns\t1000000000\nrows\t%s\n"
                           "columns\t%s\ntexts\t%s\nsystem\t%s\n%s" %
                           (host, kernel, rows, "\t".join(self.columns),
                            "\t".join(self.texts), "\t".join(self.system), more)).encode())

    def record(self, kind, body):
        """Any record; tells where it begins."""
        at = self.out.tell()
        head = kind + struct.pack("<I", len(body))
        self.out.write(head + struct.pack("<I", zlib.crc32(head + body)) + body)
        self.out.flush()
        return at

    def row(self, values, columns, texts):
        """A new row; what is not given is 0, and None is not known."""
        known = sum(1 << i for i, c in enumerate(columns) if values.get(c, 0) is not None)
        numbers = [(i, values[c]) for i, c in enumerate(columns) if values.get(c)]
        strings = [(i, values[t].encode()) for i, t in enumerate(texts) if values.get(t)]
        return (number(known) + number(sum(1 << i for i, _ in numbers)) +
                b"".join(change(0, n) for _, n in numbers) +
                number(sum(1 << i for i, _ in strings)) +
                b"".join(number(len(s) + 1) + s for _, s in strings))

    def table(self, name, rows, columns, texts):
        """All that was there is gone, and all that is there is new."""
        out = b""
        if self.rows[name]:
            out += number(self.rows[name] << 2 | 1)
        if rows:
            out += number(len(rows) << 2 | 3)
            out += b"".join(self.row(r, columns, texts) for r in rows)
        self.rows[name] = len(rows)
        return out + number(0)

    def sample(self, rows, system=None, exited=(), key=False, seconds=1, wall=1767225600,
               more=b""):
        """A sample, so long after the last one; tells where its record begins."""
        self.ns += int(seconds * SECOND)
        clock = [wall * SECOND + self.ns - 1000 * SECOND + 1000, self.ns,
                 self.ns + 1000]
        if key or self.out_stream is None:
            key = True
            self.out_stream = zlib.compressobj(6, zlib.DEFLATED, -15)
            self.clock = [0, 0, 0]
            self.rows = dict.fromkeys(self.rows, 0)
        plain = b"".join(change(a, b) for a, b in zip(self.clock, clock))
        self.clock = clock
        everything = dict({"since_ns": self.ns - SECOND // 2, "page_size": 4096}, **(system or {}))
        plain += self.table("system", [everything], self.system, [])
        plain += self.table("rows", rows, self.columns, self.texts)
        plain += self.table("exited", list(exited), self.columns, self.texts) + more
        body = self.out_stream.compress(plain) + self.out_stream.flush(zlib.Z_SYNC_FLUSH)
        return self.record(b"K" if key else b"D", (b"pagestat" if key else b"") + body)

    out_stream = None
