/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The format of a recording
 *
 * A line, RECORDING_MAGIC with the version, then records: a byte for the type, four
 * for the length of what follows them, four for the CRC-32 (zlib's) of type,
 * length and that; low byte first.  A file that ends amid a record ends before it.
 *
 *   H	header: lines of a key and its values, separated by tabs; it comes first
 *		host, kernel, abi, interval_ns: of the recording
 *		rows: the file of rows that was read, "processes" or "threads"
 *		columns, texts: of rows, by name, in the order of their values here
 *		absent: those of them that the module has not
 *		system: columns of "system"
 *   K	RECORDING_MARK, by which it is found behind damage, and a sample that needs no
 *	other to be understood
 *   D	a sample, as what changed since the last one
 *
 * A sample is compressed by raw deflate, begun anew with each K and flushed after
 * every record.  It is made of numbers, seven bits a byte, the low ones first, the
 * top bit set in all but the last: CLOCK_REALTIME, then CLOCK_BOOTTIME before and
 * after the sample, all in ns and as changes; then three tables: "system", the
 * rows, and "exited".  Changes are modulo 2^64, and 0 -1 1 -2 2 are 0 1 2 3 4.
 *
 * A table is what leads from the one before to this one, from its first row on: a
 * number of rows times four plus what becomes of them, enum recording_step, until 0.
 * Each changed or new row then has: the exclusive or of its bits for what is known
 * and those before, bits for the values that changed, those changes, bits for the
 * texts that changed, and for each of them its length plus one, or 0 if it is not
 * known, and its bytes.  A new row is a change of one with nothing in it.
 *
 * What may come with the same version: other types of records, other keys, other
 * columns and texts, more at the end of a sample.  Readers pass over them.
 */
#ifndef PAGESTAT_RECORDING_FORMAT_H
#define PAGESTAT_RECORDING_FORMAT_H

#define RECORDING_MAGIC	"pagestat recording "
#define RECORDING_VERSION	1

#define RECORDING_HEADER	'H'
#define RECORDING_KEY	'K'
#define RECORDING_DELTA	'D'
#define RECORDING_MARK	"pagestat"

#define RECORDING_HEAD	9	/* bytes of type, length and CRC */
#define RECORDING_MAX	(64u << 20)	/* no record is longer */
#define RECORDING_ROWS_MAX	(1u << 22)	/* rows of a table: Linux has no more threads */

#define RECORDING_COLUMNS	64	/* a bit for every column */
#define RECORDING_TEXTS	8

enum recording_step { STEP_SAME, STEP_GONE, STEP_CHANGED, STEP_NEW };
enum recording_table_id { TABLE_SYSTEM, TABLE_ROWS, TABLE_EXITED, NR_TABLES };

#endif /* PAGESTAT_RECORDING_FORMAT_H */
