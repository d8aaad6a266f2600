// SPDX-License-Identifier: GPL-2.0
/*
 * A recording being written
 *
 * A record is written by one write(), behind all others: whatever happens to us,
 * what came before it is whole.  A sample that stands by itself costs as much as
 * many that do not, so there is one only when those have become sixteen times as
 * long: with it, all are longer by a sixteenth at most.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/errors.h"
#include "recording/write.h"

#define KEY_SHARE	16

static const uint8_t no_head[RECORDING_HEAD];	/* to be filled in at last */

static int fail_write(const struct recording_writer *recorder, int error)
{
	/* What follows half a record would be lost with it. */
	if (ftruncate(recorder->fd, (off_t)recorder->size))
		notice("%s: the end of it is not whole", recorder->path);
	return fail(EXIT_OUTPUT, "%s: could not be written: %s", recorder->path,
		    strerror(error));
}

static int write_all(struct recording_writer *recorder, const uint8_t *data, size_t len)
{
	for (size_t done = 0; done < len;) {
		ssize_t n = write(recorder->fd, data + done, len - done);

		if (n < 0 && errno != EINTR)
			return fail_write(recorder, errno);
		done += n > 0 ? (size_t)n : 0;
	}
	recorder->size += len;
	return EXIT_DONE;
}

/* @record has room for the head, and then what is to be written. */
static int write_record(struct recording_writer *recorder, uint8_t type, struct bytes *record)
{
	uint32_t crc;

	if (record->broken)
		return fail_memory();
	record->data[0] = type;
	bytes_put_le32(record->data + 1, (uint32_t)(record->len - RECORDING_HEAD));
	crc = (uint32_t)crc32(0, record->data, 5);
	crc = (uint32_t)crc32(crc, record->data + RECORDING_HEAD,
			      (uInt)(record->len - RECORDING_HEAD));
	bytes_put_le32(record->data + 5, crc);
	return write_all(recorder, record->data, record->len);
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
 * @recorder: to be set up; to be closed with recording_writer_close() if this succeeds
 * @path: of the file, which must not be there yet
 *
 * Return: EXIT_DONE, or EXIT_OUTPUT or EXIT_SYSTEM after a message.
 */
int recording_writer_open(struct recording_writer *recorder, const char *path)
{
	*recorder = (struct recording_writer){ .path = path };
	/* From -15 on: no header and no checksum of zlib's own. */
	if (deflateInit2(&recorder->stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -15, 8,
			 Z_DEFAULT_STRATEGY) != Z_OK)
		return fail_memory();
	recorder->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0600);
	if (recorder->fd >= 0)
		return EXIT_DONE;
	deflateEnd(&recorder->stream);
	if (errno == EEXIST)
		return fail(EXIT_OUTPUT, "%s: is there already, and is kept: remove it, or record into another file",
			    path);
	return fail(EXIT_OUTPUT, "%s: %s", path, strerror(errno));
}

/**
 * recording_writer_begin() - write what comes before all samples
 * @recorder: from recording_writer_open()
 * @what: is sampled
 * @first: the first sample
 * @abi: the module's version of the interface
 * @interval_ns: between two samples
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int recording_writer_begin(struct recording_writer *recorder, const struct sampling *what,
			   const struct sample *first, uint64_t abi, uint64_t interval_ns)
{
	struct bytes record = { 0 };
	struct utsname name;
	char magic[64];
	int rc;

	snprintf(magic, sizeof(magic), RECORDING_MAGIC "%d\n", RECORDING_VERSION);
	rc = write_all(recorder, (const uint8_t *)magic, strlen(magic));
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
	rc = write_record(recorder, RECORDING_HEADER, &record);
	bytes_free(&record);
	return rc;
}

/* Compresses @plain behind what is in @record. */
static void compress_into(struct recording_writer *recorder, struct bytes *record,
			  const struct bytes *plain)
{
	z_stream *stream = &recorder->stream;
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

static void put_sample(struct recording_writer *recorder, struct bytes *plain,
		       const struct sample *sample, bool key)
{
	static const struct recording_table empty;
	const uint64_t clock[3] = { sample->wall_ns, sample->begin_ns, sample->end_ns };

	for (int i = 0; i < 3; i++)
		bytes_put_change(plain, key ? 0 : recorder->clock[i], clock[i]);
	memcpy(recorder->clock, clock, sizeof(clock));
	for (int t = 0; t < NR_TABLES; t++)
		recording_table_put(plain, key ? &empty : &recorder->table[0][t],
				    &recorder->table[1][t], t != TABLE_SYSTEM);
}

/**
 * recording_writer_add() - write a sample
 * @recorder: after recording_writer_begin()
 * @sample: the sample
 *
 * Return: EXIT_DONE, or another exit status after a message.
 */
int recording_writer_add(struct recording_writer *recorder, const struct sample *sample)
{
	bool key = !recorder->samples || recorder->since_key > KEY_SHARE * recorder->key_size;
	struct bytes plain = { 0 }, record = { 0 };
	struct recording_table *now = recorder->table[1];
	int rc;

	rc = recording_table_fill_system(&now[TABLE_SYSTEM], &sample->system);
	if (!rc)
		rc = recording_table_fill(&now[TABLE_ROWS], &sample->processes);
	if (!rc)
		rc = recording_table_fill(&now[TABLE_EXITED], &sample->exited);
	if (rc)
		return rc;

	if (key)
		deflateReset(&recorder->stream);
	put_sample(recorder, &plain, sample, key);
	bytes_put(&record, no_head, sizeof(no_head));
	if (key)
		bytes_put(&record, RECORDING_MARK, strlen(RECORDING_MARK));
	if (plain.broken)
		rc = fail_memory();
	else
		compress_into(recorder, &record, &plain);
	if (!rc)
		rc = write_record(recorder, key ? RECORDING_KEY : RECORDING_DELTA, &record);

	recorder->samples += !rc;
	if (key)
		recorder->key_size = record.len;
	recorder->since_key = key ? 0 : recorder->since_key + record.len;
	for (int t = 0; t < NR_TABLES; t++) {
		struct recording_table before = recorder->table[0][t];

		recorder->table[0][t] = now[t];
		now[t] = before;
	}
	bytes_free(&plain);
	bytes_free(&record);
	return rc;
}

/**
 * recording_writer_close() - end a recording
 * @recorder: from recording_writer_open()
 *
 * Return: EXIT_DONE, or EXIT_OUTPUT after a message.
 */
int recording_writer_close(struct recording_writer *recorder)
{
	int rc = EXIT_DONE;

	deflateEnd(&recorder->stream);
	for (int t = 0; t < NR_TABLES; t++) {
		recording_table_free(&recorder->table[0][t]);
		recording_table_free(&recorder->table[1][t]);
	}
	/* Where there is nothing to wait for, as in /dev/full or a pipe: EINVAL. */
	if (fsync(recorder->fd) && errno != EINVAL)
		rc = fail(EXIT_OUTPUT, "%s: %s", recorder->path, strerror(errno));
	if (close(recorder->fd) && !rc)
		rc = fail(EXIT_OUTPUT, "%s: %s", recorder->path, strerror(errno));
	return rc;
}
