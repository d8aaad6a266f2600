/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The format of a recording
 *
 * The first line is RECORDING_MAGIC and the version.  Then come records: one byte of
 * type, four of length, four of CRC-32 (zlib's) of type, length and body, then the body;
 * low byte first.  An incomplete record at the end of the file is ignored.
 *
 *   H	header, the first record: lines of a key and its values, separated by tabs
 *		host, kernel, abi, interval_ns: of the recording
 *		rows: the file of rows that was read, "processes" or "threads"
 *		columns, texts: of rows, by name, in the order of their values here
 *		absent: those of them that the module lacks
 *		system: columns of "system"
 *   K	key sample: RECORDING_MARK, to find it behind damage, and a complete sample
 *   D	delta sample: the changes since the sample before
 *
 * Samples are compressed by raw deflate, reset at each K and flushed after every
 * record.  They consist of numbers, seven bits a byte, the low ones first, the top bit
 * set in all bytes but the last: CLOCK_REALTIME, then CLOCK_BOOTTIME before and after
 * the sample, all in ns and as changes; then three tables: "system", the rows, and
 * "exited".  Changes are modulo 2^64; 0 -1 1 -2 2 are encoded as 0 1 2 3 4.
 *
 * A table is a list of steps from the table before to this one, from the first row on:
 * a number of rows times four plus enum recording_step, until 0.  After each step that
 * is changed or new, each of its rows has: its known bits XOR those before, bits for the
 * values that changed, those changes, bits for the texts that changed, and for each of
 * them the length plus one, or 0 if unknown, and the bytes.  A new row is a change from
 * an empty one.
 *
 * New types of records, keys, columns, texts, and more data at the end of a sample may
 * come without a new version.  Readers skip them.
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
#define RECORDING_PLAIN_MAX	(256u << 20)	/* nor longer before it was compressed */
#define RECORDING_ROWS_MAX	(1u << 22)	/* rows of a table: Linux has no more threads */

#define RECORDING_COLUMNS	64	/* a bit for every column */
#define RECORDING_TEXTS	8

enum recording_step { STEP_SAME, STEP_GONE, STEP_CHANGED, STEP_NEW };
enum recording_table_id { TABLE_SYSTEM, TABLE_ROWS, TABLE_EXITED, NR_TABLES };

#endif /* PAGESTAT_RECORDING_FORMAT_H */
