// SPDX-License-Identifier: GPL-2.0
/*
 * Read a recording
 *
 * Records with a wrong checksum are skipped.  The changes after them cannot be used
 * either, so reading continues at the next key sample.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/errors.h"
#include "base/stop.h"
#include "base/text.h"
#include "recording/read.h"
#include "recording/stream.h"

enum result { READ_DONE, READ_END, READ_CUT, READ_DAMAGE, READ_ERROR };

/* Reads the record at @recording->at into @body, and adds a NUL. */
static enum result read_record(struct recording *recording, uint8_t *type, struct bytes *body)
{
	uint8_t head[RECORDING_HEAD];
	uint32_t len, crc;
	size_t n;

	body->len = 0;
	if (fseeko(recording->in, (off_t)recording->at, SEEK_SET))
		return READ_ERROR;
	n = fread(head, 1, sizeof(head), recording->in);
	if (ferror(recording->in))
		return READ_ERROR;
	if (n < sizeof(head))
		return n ? READ_CUT : READ_END;
	len = bytes_get_le32(head + 1);
	if (len > RECORDING_MAX)
		return READ_DAMAGE;

	if (!bytes_room(body, (size_t)len + 1))
		return READ_ERROR;
	body->len = fread(body->data, 1, len, recording->in);
	if (ferror(recording->in))
		return READ_ERROR;
	if (body->len < len)
		return READ_CUT;
	crc = (uint32_t)crc32(crc32(0, head, 5), body->data, (uInt)len);
	if (crc != bytes_get_le32(head + 5))
		return READ_DAMAGE;
	body->data[len] = '\0';
	*type = head[0];
	recording->at += sizeof(head) + len;
	return READ_DONE;
}

/* Goes to the next complete key sample.  Return: false if none, or asked to stop. */
static bool find_key(struct recording *recording, struct bytes *body)
{
	uint64_t from = recording->at;
	char mark[RECORDING_HEAD + sizeof(RECORDING_MARK) - 1];
	uint8_t type;
	int c;

	do {
		from++;
		if (stop_asked() || fseeko(recording->in, (off_t)from, SEEK_SET))
			return false;
		while ((c = getc(recording->in)) != EOF && c != RECORDING_KEY)
			from++;
		recording->at = from;
		if (c == EOF || fseeko(recording->in, (off_t)from, SEEK_SET) ||
		    fread(mark, sizeof(mark), 1, recording->in) != 1)
			return false;
	} while (memcmp(mark + RECORDING_HEAD, RECORDING_MARK, strlen(RECORDING_MARK)) != 0 ||
		 read_record(recording, &type, body) != READ_DONE);
	recording->at = from;
	return true;
}

static int fail_read(const struct recording *recording)
{
	return fail(EXIT_SYSTEM, "%s: could not be read: %s", recording->path,
		    strerror(errno ? errno : EIO));
}

/**
 * recording_open() - begin to read a recording; to be closed with recording_close() in any case
 * @path: "-" for standard input
 */
int recording_open(struct recording *recording, const char *path)
{
	struct bytes body = { 0 };
	char line[64] = "";
	uint64_t version;
	uint8_t type = 0;
	int rc;

	*recording = (struct recording){
		.path = strcmp(path, "-") == 0 ? "standard input" : path,
	};
	if (inflateInit2(&recording->stream, -15) != Z_OK)
		return fail_memory();
	recording->in = stream_open(path);
	if (!recording->in)
		return fail(EXIT_BAD_DATA, "%s: %s", recording->path, strerror(errno));
	if (!fgets(line, sizeof(line), recording->in) && ferror(recording->in))
		return fail_read(recording);
	if (strncmp(line, RECORDING_MAGIC, strlen(RECORDING_MAGIC)) != 0 || !strchr(line, '\n'))
		return fail(EXIT_BAD_DATA, "%s: %s. Recordings are made by pagestat record", recording->path,
			    *line ? "not a recording of pagestat" : "the file is empty");
	recording->at = strlen(line);
	line[recording->at - 1] = '\0';
	if (text_to_u64(line + strlen(RECORDING_MAGIC), &version) || !version)
		return fail(EXIT_BAD_DATA, "%s: \"%.40s\" is no version of a recording", recording->path,
			    line + strlen(RECORDING_MAGIC));
	if (version > RECORDING_VERSION)
		return fail(EXIT_BAD_DATA, "%s: a recording of version %" PRIu64 ", and this tool knows up to %d. Update the tool",
			    recording->path, version, RECORDING_VERSION);

	if (read_record(recording, &type, &body) == READ_DONE && type == RECORDING_HEADER)
		rc = recording_header(recording, (char *)body.data);
	else
		rc = fail(EXIT_BAD_DATA, "%s: its header is damaged or incomplete: nothing in it can be used",
			  recording->path);
	bytes_free(&body);
	return rc;
}

/* Return: 0, -ENOMEM, or -ENODATA if it is damaged. */
static int decompress(struct recording *recording, bool key, const struct bytes *body,
		      struct bytes *plain)
{
	size_t skip = key ? strlen(RECORDING_MARK) : 0;
	z_stream *stream = &recording->stream;

	if (body->len < skip)
		return -ENODATA;
	stream->next_in = body->data + skip;
	stream->avail_in = (uInt)(body->len - skip);
	do {
		size_t room = 4 * body->len + 4096;
		int rc;

		stream->next_out = bytes_room(plain, room);
		if (!stream->next_out)
			return -ENOMEM;
		stream->avail_out = (uInt)room;
		rc = inflate(stream, Z_SYNC_FLUSH);
		plain->len += room - stream->avail_out;
		if (rc == Z_MEM_ERROR)
			return -ENOMEM;
		if ((rc != Z_OK && rc != Z_BUF_ERROR) || plain->len > RECORDING_PLAIN_MAX)
			return -ENODATA;
	} while (!stream->avail_out);
	return stream->avail_in ? -ENODATA : 0;
}

/* Return: as decompress(). */
static int read_sample(struct recording *recording, bool key, const struct bytes *body)
{
	struct bytes plain = { 0 };
	struct cursor in = { 0 };
	int rc;

	if (key) {
		inflateReset(&recording->stream);
		memset(recording->clock, 0, sizeof(recording->clock));
		for (int t = 0; t < NR_TABLES; t++)
			recording->table[t].nr = 0;
	}
	rc = decompress(recording, key, body, &plain);
	if (!rc)
		in = (struct cursor){ .at = plain.data, .end = plain.data + plain.len };
	for (int i = 0; i < 3 && !rc; i++)
		recording->clock[i] = cursor_change(&in, recording->clock[i]);
	for (int t = 0; t < NR_TABLES && !rc; t++)
		if (!recording_table_get(&in, &recording->table[t]))
			rc = -ENOMEM;
	if (!rc && (in.bad || recording->table[TABLE_SYSTEM].nr != 1))
		rc = -ENODATA;
	bytes_free(&plain);
	return rc;
}

static int make_rows(const struct recording *recording, const struct recording_table *table,
		     struct snapshot *snapshot)
{
	snapshot->process = calloc(table->nr + 1, sizeof(*snapshot->process));
	if (!snapshot->process)
		return fail_memory();
	snapshot->nr = table->nr;
	snapshot->absent = recording->absent;
	for (size_t i = 0; i < table->nr; i++) {
		const struct recording_row *row = &table->row[i];
		struct process *p = &snapshot->process[i];

		for (int c = 0; c < RECORDING_COLUMNS; c++) {
			int to = recording->column[c];

			if (to < 0 || !(row->known >> c & 1))
				continue;
			p->value[to] = row->value[c];
			p->known |= UINT64_C(1) << to;
		}
		for (int t = 0; t < RECORDING_TEXTS; t++) {
			if (recording->text[t] == COL_comm)
				p->comm = row->text[t];
			else if (recording->text[t] == COL_user)
				p->user = row->text[t];
			else if (recording->text[t] == COL_cgroup)
				p->cgroup = row->text[t];
		}
		if (!p->comm)
			p->comm = "";
	}
	return EXIT_DONE;
}

static int make_sample(const struct recording *recording, struct sample *sample)
{
	const struct recording_row *system = recording->table[TABLE_SYSTEM].row;
	int rc;

	*sample = (struct sample){
		.wall_ns = recording->clock[0],
		.begin_ns = recording->clock[1],
		.end_ns = recording->clock[2],
	};
	for (int c = 0; c < RECORDING_COLUMNS; c++) {
		int to = recording->system[c];

		if (to < 0 || !(system->known >> c & 1))
			continue;
		sample->system.value[to] = system->value[c];
		sample->system.known |= UINT64_C(1) << to;
	}
	rc = make_rows(recording, &recording->table[TABLE_ROWS], &sample->processes);
	if (!rc)
		rc = make_rows(recording, &recording->table[TABLE_EXITED], &sample->exited);
	if (rc)
		sample_free(sample);
	return rc;
}

/* Prints that the record at @at is not used.  Return: is there a key sample after it? */
static bool skip(struct recording *recording, uint64_t at, bool cut, struct bytes *body)
{
	bool more;

	recording->at = at;
	more = find_key(recording, body);
	recording->damaged = recording->damaged || more || !cut;
	if (more)
		fail(EXIT_BAD_DATA, "%s: damaged at byte %" PRIu64 ": %" PRIu64 " bytes are not used",
		     recording->path, at, recording->at - at);
	else if (cut)
		notice("%s: cut short, or being written: the record at byte %" PRIu64 " is incomplete, and not used",
		       recording->path, at);
	else
		fail(EXIT_BAD_DATA, "%s: damaged at byte %" PRIu64 ": nothing after it is used",
		     recording->path, at);
	return more;
}

/**
 * recording_find() - find the next complete sample
 * @type: gets RECORDING_KEY or RECORDING_DELTA
 * @body: gets it, still compressed; to be freed in any case
 * @end: gets whether there is no more
 *
 * Damage is printed and noted in @recording->damaged, and is no failure.
 */
int recording_find(struct recording *recording, uint8_t *type, struct bytes *body, bool *end)
{
	*end = false;
	while (!*end) {
		uint64_t at = recording->at;
		enum result result;

		errno = 0;
		result = read_record(recording, type, body);
		if (result == READ_ERROR)
			return fail_read(recording);
		if (result == READ_DONE && (*type == RECORDING_KEY || *type == RECORDING_DELTA))
			break;
		if (result != READ_DONE)
			*end = result == READ_END ||
			       !skip(recording, at, result == READ_CUT, body);
	}
	return EXIT_DONE;
}

/**
 * recording_next() - read the next sample, as recording_find()
 * @sample: to be freed with sample_free() if there is one.  NULL: only decode it, for the
 *          changes after it
 * @end: gets whether there is no more
 */
int recording_next(struct recording *recording, struct sample *sample, bool *end)
{
	struct bytes body = { 0 };
	int rc, error = -ENODATA;
	uint64_t at;
	uint8_t type;

	do {
		rc = recording_find(recording, &type, &body, end);
		if (rc || *end)
			break;
		at = recording->at - RECORDING_HEAD - body.len;
		error = read_sample(recording, type == RECORDING_KEY, &body);
		if (error == -ENOMEM)
			rc = fail_memory();
		else if (error)
			*end = !skip(recording, at, false, &body);
	} while (!rc && error && !*end);
	if (!rc && !error) {
		recording->samples++;
		if (sample)
			rc = make_sample(recording, sample);
	}
	bytes_free(&body);
	return rc;
}

/**
 * recording_hidden() - the permissions that a recording does not have, nor may what is made of it
 */
mode_t recording_hidden(const struct recording *recording)
{
	struct stat st;

	/* Who may read what came through a pipe is not known; it has no descriptor either. */
	if (fileno(recording->in) < 0 || fstat(fileno(recording->in), &st))
		return 0;
	return 0666 & ~st.st_mode;
}

/**
 * recording_close() - end reading
 */
void recording_close(struct recording *recording)
{
	if (recording->in)
		fclose(recording->in);
	inflateEnd(&recording->stream);
	for (int t = 0; t < NR_TABLES; t++)
		recording_table_free(&recording->table[t]);
}
