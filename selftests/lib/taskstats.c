// SPDX-License-Identifier: GPL-2.0
/* taskstats.c - the copies on write of a thread by the kernel's delay accounting */
#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <linux/taskstats.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "taskstats.h"

/* Older ones do not count copies: the struct has no such member. */
#if TASKSTATS_VERSION >= 13

struct message {
	struct nlmsghdr nl;
	struct genlmsghdr genl;
	char attributes[4096];
};

/* The data of the attribute @type among the @size bytes at @from. */
static const void *attribute(const void *from, size_t size, int type,
			     size_t *length)
{
	const char *at = from;
	size_t step;

	while (size >= NLA_HDRLEN) {
		const struct nlattr *a = (const struct nlattr *)at;

		if (a->nla_len < NLA_HDRLEN || a->nla_len > size)
			break;
		if ((a->nla_type & NLA_TYPE_MASK) == type) {
			*length = a->nla_len - NLA_HDRLEN;
			return at + NLA_HDRLEN;
		}
		step = NLA_ALIGN(a->nla_len);
		at += step;
		size = size > step ? size - step : 0;
	}
	return NULL;
}

/* Send a request with one attribute; the answer is put into @m, too. */
static size_t ask(int fd, struct message *m, int family, int command, int type,
		  const void *data, size_t length)
{
	struct nlattr *a = (struct nlattr *)m->attributes;
	ssize_t got;

	memset(m, 0, sizeof(*m));
	a->nla_type = type;
	a->nla_len = NLA_HDRLEN + length;
	memcpy(m->attributes + NLA_HDRLEN, data, length);
	m->nl.nlmsg_len = offsetof(struct message, attributes) +
			  NLA_ALIGN(a->nla_len);
	m->nl.nlmsg_type = family;
	m->nl.nlmsg_flags = NLM_F_REQUEST;
	m->genl.cmd = command;
	m->genl.version = 1;
	if (send(fd, m, m->nl.nlmsg_len, 0) != (ssize_t)m->nl.nlmsg_len)
		return 0;
	got = recv(fd, m, sizeof(*m), 0);
	if (got < (ssize_t)offsetof(struct message, attributes) ||
	    m->nl.nlmsg_type == NLMSG_ERROR)
		return 0;
	return got - offsetof(struct message, attributes);
}

bool taskstats_copies(pid_t tid, uint64_t *copies)
{
	const uint32_t id = tid;
	const void *family, *nested, *stats = NULL;
	struct message m;
	size_t size;
	int fd;

	fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_GENERIC);
	if (fd < 0)
		return false;
	size = ask(fd, &m, GENL_ID_CTRL, CTRL_CMD_GETFAMILY, CTRL_ATTR_FAMILY_NAME,
		   TASKSTATS_GENL_NAME, sizeof(TASKSTATS_GENL_NAME));
	family = attribute(m.attributes, size, CTRL_ATTR_FAMILY_ID, &size);
	if (family) {
		size = ask(fd, &m, *(const uint16_t *)family, TASKSTATS_CMD_GET,
			   TASKSTATS_CMD_ATTR_PID, &id, sizeof(id));
		nested = attribute(m.attributes, size, TASKSTATS_TYPE_AGGR_PID, &size);
		if (nested)
			stats = attribute(nested, size, TASKSTATS_TYPE_STATS, &size);
	}
	close(fd);
	if (!stats || size < offsetof(struct taskstats, wpcopy_count) + sizeof(*copies))
		return false;
	memcpy(copies, (const char *)stats + offsetof(struct taskstats, wpcopy_count),
	       sizeof(*copies));
	return true;
}

#else

bool taskstats_copies(pid_t tid, uint64_t *copies)
{
	(void)tid;
	(void)copies;
	return false;
}

#endif
