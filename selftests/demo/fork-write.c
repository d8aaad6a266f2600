// SPDX-License-Identifier: GPL-2.0
/*
 * fork-write.c - the demo's workload: touch memory, fork, and write to all of it in the
 * child; then both wait
 *
 * usage: fork-write MEBIBYTES SWAPPED
 *
 * The parent touches MEBIBYTES, and forks.  The child writes to all of them, sends the
 * first SWAPPED to swap, and reads these back.  Then the parent writes to all of its
 * own once more, and prints "PARENT CHILD" (their process ids).  They stay until the
 * parent is killed, and the child with it.
 */
#include <err.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#define MIB (1UL << 20)

/*
 * Only stores: an emulated processor would do mem[at]++ as a read and a write, which
 * may be two faults.
 */
static void write_all(volatile char *mem, size_t size, size_t page)
{
	for (size_t at = 0; at < size; at += page)
		mem[at] = at / page;
}

static void read_all(const volatile char *mem, size_t size, size_t page)
{
	for (size_t at = 0; at < size; at += page)
		(void)mem[at];
}

/* The child: do all its work, notify the parent, then wait. */
static void child(char *mem, size_t size, size_t swapped, size_t page, int done)
{
	prctl(PR_SET_NAME, "child");
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	write_all(mem, size, page);
	if (swapped && madvise(mem, swapped, MADV_PAGEOUT))
		err(1, "cannot send memory to swap");
	read_all(mem, swapped, page);
	if (write(done, "", 1) != 1)
		err(1, "cannot notify the parent");
	for (;;)
		pause();
}

int main(int argc, char **argv)
{
	size_t page = sysconf(_SC_PAGESIZE);
	size_t size, swapped;
	int done[2];
	pid_t pid;
	char *mem;
	char c;

	if (argc != 3)
		errx(2, "usage: fork-write MEBIBYTES SWAPPED");
	size = strtoul(argv[1], NULL, 10) * MIB;
	swapped = strtoul(argv[2], NULL, 10) * MIB;
	if (!size || swapped > size)
		errx(2, "SWAPPED is at most MEBIBYTES, which is at least 1");

	prctl(PR_SET_NAME, "parent");
	mem = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (mem == MAP_FAILED)
		err(1, "cannot have %s MiB", argv[1]);
	/* So that each page is one fault. */
	if (madvise(mem, size, MADV_NOHUGEPAGE))
		err(1, "cannot do without huge pages");
	write_all(mem, size, page);

	if (pipe(done))
		err(1, "pipe");
	pid = fork();
	if (pid < 0)
		err(1, "fork");
	if (pid == 0)
		child(mem, size, swapped, page, done[1]);
	close(done[1]);
	if (read(done[0], &c, 1) != 1)
		errx(1, "the child failed");
	write_all(mem, size, page);

	printf("%d %d\n", getpid(), pid);
	fflush(stdout);
	for (;;)
		pause();
}
