// SPDX-License-Identifier: GPL-2.0
/*
 * Write a recording
 *
 * Each record is appended by one write(), so an interrupted one damages none before it.
 * A key sample is large, so one is written only when the delta samples since the last
 * are sixteen times as long: key samples add a sixteenth at most.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/errors.h"
#include "base/textfile.h"
#include "recording/write.h"

#define KEY_SHARE	16

static const uint8_t no_head[RECORDING_HEAD];	/* is filled in by write_record() */

static int fail_write(const struct recording_writer *writer, int error)
{
	/* Records behind an incomplete one could not be read. */
	if (ftruncate(writer->fd, (off_t)writer->size))
		notice("%s: its last record is incomplete", writer->path);
	return fail(EXIT_OUTPUT, "%s: could not be written: %s", writer->path,
		    strerror(error));
}

static int write_all(struct recording_writer *writer, const uint8_t *data, size_t len)
{
	for (size_t done = 0; done < len;) {
		ssize_t n = write(writer->fd, data + done, len - done);

		if (n < 0 && errno != EINTR)
			return fail_write(writer, errno);
		done += n > 0 ? (size_t)n : 0;
	}
	writer->size += len;
	return EXIT_DONE;
}

/* What no reader would take is not written. */
static int fail_large(const struct recording_writer *writer)
{
	return fail(EXIT_OUTPUT, "%s: a sample of so many processes is more than a recording can have; what was recorded before is whole",
		    writer->path);
}

/* @record has room for the head, and then the body. */
static int write_record(struct recording_writer *writer, uint8_t type, struct bytes *record)
{
	uint32_t crc;

	if (record->broken)
		return fail_memory();
	if (record->len - RECORDING_HEAD > writer->most)
		return fail_large(writer);
	record->data[0] = type;
	bytes_put_le32(record->data + 1, (uint32_t)(record->len - RECORDING_HEAD));
	crc = (uint32_t)crc32(0, record->data, 5);
	crc = (uint32_t)crc32(crc, record->data + RECORDING_HEAD,
			      (uInt)(record->len - RECORDING_HEAD));
	bytes_put_le32(record->data + 5, crc);
	return write_all(writer, record->data, record->len);
}

static void put_line(struct bytes *to, const char *key, const char *value)
{
	bytes_put(to, key, strlen(key));
	bytes_put(to, "\t", 1);
	bytes_put(to, value, strlen(value));
	bytes_put(to, "\n", 1);
}

static void put_line_number(struct bytes *to, const char *key, uint64_t value)
{
	char digits[24];

	snprintf(digits, sizeof(digits), "%" PRIu64, value);
	put_line(to, key, digits);
}

static void put_names(struct bytes *to, const char *key, const struct column *columns,
		      int from, int nr, uint64_t which)
{
	bytes_put(to, key, strlen(key));
	for (int i = from; i < nr; i++) {
		if (i < 64 && !(which >> i & 1))
			continue;
		bytes_put(to, "\t", 1);
		bytes_put(to, columns[i].name, strlen(columns[i].name));
	}
	bytes_put(to, "\n", 1);
}

/**
 * recording_writer_open() - begin a recording
 * @writer: to be closed with recording_writer_close() if this succeeds
 * @path: of the file, which must not exist yet unless it is a device or a pipe; "-" for
 *        standard output
 */
int recording_writer_open(struct recording_writer *writer, const char *path)
{
	bool special;
	int error;

	*writer = (struct recording_writer){
		.path = textfile_is_stdout(path) ? STANDARD_OUTPUT : path,
		.most = RECORDING_MAX,
		.most_plain = RECORDING_PLAIN_MAX,
	};
	if (textfile_is_stdout(path) && isatty(STDOUT_FILENO))
		return fail(EXIT_OUTPUT, "standard output is a terminal, which can show no recording; give a file, or a pipe");
	/* -15: raw deflate, without zlib's header and checksum. */
	if (deflateInit2(&writer->stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -15, 8,
			 Z_DEFAULT_STRATEGY) != Z_OK)
		return fail_memory();
	writer->fd = textfile_open_special(path, &special);
	if (!special)
		writer->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0600);
	if (writer->fd >= 0)
		return EXIT_DONE;
	error = errno;
	deflateEnd(&writer->stream);
	if (error == EEXIST && access(path, F_OK))
		return fail(EXIT_OUTPUT, "%s: a symbolic link to nothing", path);
	if (error == EEXIST)
		return fail(EXIT_OUTPUT, "%s: exists already, and is not overwritten: remove it, or record into another file",
			    path);
	return fail(EXIT_OUTPUT, "%s: %s", path, strerror(error));
}

/**
 * recording_writer_begin() - write what comes before all samples
 * @what: is sampled
 * @abi: the module's version of the interface
 * @interval_ns: between two samples
 */
int recording_writer_begin(struct recording_writer *writer, const struct sampling *what,
			   const struct sample *first, uint64_t abi, uint64_t interval_ns)
{
	struct bytes record = { 0 };
	struct utsname name;
	char magic[64];
	int rc;

	snprintf(magic, sizeof(magic), RECORDING_MAGIC "%d\n", RECORDING_VERSION);
	rc = write_all(writer, (const uint8_t *)magic, strlen(magic));
	if (rc)
		return rc;

	bytes_put(&record, no_head, sizeof(no_head));
	if (uname(&name) == 0) {
		put_line(&record, "host", name.nodename);
		put_line(&record, "kernel", name.release);
	}
	put_line_number(&record, "abi", abi);
	put_line_number(&record, "interval_ns", interval_ns);
	put_line(&record, "rows", what->file);
	put_names(&record, "columns", process_columns, 0, NR_NUMBERS, UINT64_MAX);
	put_names(&record, "texts", process_columns + NR_NUMBERS, 0, NR_COLUMNS - NR_NUMBERS,
		  UINT64_MAX);
	put_names(&record, "absent", process_columns, 0, NR_NUMBERS, first->processes.absent);
	put_names(&record, "system", system_columns, 0, NR_SYSTEM, UINT64_MAX);
	rc = write_record(writer, RECORDING_HEADER, &record);
	bytes_free(&record);
	return rc;
}

/* Appends @plain to @record, compressed. */
static void compress_into(struct recording_writer *writer, struct bytes *record,
			  const struct bytes *plain)
{
	z_stream *stream = &writer->stream;
	size_t room = deflateBound(stream, plain->len) + 64;

	stream->next_in = plain->data;
	stream->avail_in = (uInt)plain->len;
	do {
		stream->next_out = bytes_room(record, room);
		if (!stream->next_out)
			return;
		stream->avail_out = (uInt)room;
		deflate(stream, Z_SYNC_FLUSH);
		record->len += room - stream->avail_out;
	} while (!stream->avail_out);
}

static void put_sample(struct recording_writer *writer, struct bytes *plain,
		       const struct sample *sample, bool key)
{
	static const struct recording_table empty;
	const uint64_t clock[3] = { sample->wall_ns, sample->begin_ns, sample->end_ns };

	for (int i = 0; i < 3; i++)
		bytes_put_change(plain, key ? 0 : writer->clock[i], clock[i]);
	memcpy(writer->clock, clock, sizeof(clock));
	for (int t = 0; t < NR_TABLES; t++)
		recording_table_put(plain, key ? &empty : &writer->table[0][t],
				    &writer->table[1][t], t != TABLE_SYSTEM);
}

/**
 * recording_writer_add() - write a sample
 */
int recording_writer_add(struct recording_writer *writer, const struct sample *sample)
{
	bool key = !writer->samples || writer->since_key > KEY_SHARE * writer->key_size;
	struct bytes plain = { 0 }, record = { 0 };
	struct recording_table *now = writer->table[1];
	int rc;

	rc = recording_table_fill_system(&now[TABLE_SYSTEM], &sample->system);
	if (!rc)
		rc = recording_table_fill(&now[TABLE_ROWS], &sample->processes);
	if (!rc)
		rc = recording_table_fill(&now[TABLE_EXITED], &sample->exited);
	if (rc)
		return rc;

	if (key)
		deflateReset(&writer->stream);
	put_sample(writer, &plain, sample, key);
	bytes_put(&record, no_head, sizeof(no_head));
	if (key)
		bytes_put(&record, RECORDING_MARK, strlen(RECORDING_MARK));
	if (plain.broken)
		rc = fail_memory();
	else if (plain.len > writer->most_plain)
		rc = fail_large(writer);
	else
		compress_into(writer, &record, &plain);
	if (!rc)
		rc = write_record(writer, key ? RECORDING_KEY : RECORDING_DELTA, &record);

	writer->samples += !rc;
	if (key)
		writer->key_size = record.len;
	writer->since_key = key ? 0 : writer->since_key + record.len;
	for (int t = 0; t < NR_TABLES; t++) {
		struct recording_table before = writer->table[0][t];

		writer->table[0][t] = now[t];
		now[t] = before;
	}
	bytes_free(&plain);
	bytes_free(&record);
	return rc;
}

/**
 * recording_writer_close() - end a recording
 */
int recording_writer_close(struct recording_writer *writer)
{
	int rc = EXIT_DONE;

	deflateEnd(&writer->stream);
	for (int t = 0; t < NR_TABLES; t++) {
		recording_table_free(&writer->table[0][t]);
		recording_table_free(&writer->table[1][t]);
	}
	/* EINVAL: cannot be synced, as /dev/full or a pipe. */
	if (fsync(writer->fd) && errno != EINVAL)
		rc = fail(EXIT_OUTPUT, "%s: %s", writer->path, strerror(errno));
	if (close(writer->fd) && !rc)
		rc = fail(EXIT_OUTPUT, "%s: %s", writer->path, strerror(errno));
	return rc;
}
