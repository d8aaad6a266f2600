// SPDX-License-Identifier: GPL-2.0
/*
 * test_callers.c - kernels that other compilers and options have made
 *
 * In such a kernel a leaf is called by functions that are not those of this one.  A build
 * of the module that is made for this test takes functions for others.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kernel.h"
#include "watch.h"
#include "workloads.h"

/* In kernels with that of 5.10 to 7.2 some are functions, others are inlined. */
#define COPIES		"wp_page_copy:%1$s,do_wp_page:%1$s"
#define FAULTS_OF_ALL	"do_pte_missing:%1$s,handle_pte_fault:%1$s,__handle_mm_fault:%1$s," \
			"handle_mm_fault:%1$s"
#define FILLS		"do_anonymous_page:%1$s,map_anon_folio_pte_nopf:%1$s," FAULTS_OF_ALL

FIXTURE(callers)
{
	struct subject s;
	struct counters before, after;
};

FIXTURE_SETUP(callers)
{
}

/* The next test has the usual module loaded. */
FIXTURE_TEARDOWN(callers)
{
	subject_end(&self->s);
	if (system("rmmod pagestat"))
		printf("# rmmod failed\n");
}

/* Load the module of this test, with parameters; of them, %1$s is @as. */
static bool pretend(const char *parameters, const char *as)
{
	const char *module = getenv("PAGESTAT_KO");
	char command[1024], given[512];
	size_t dir;

	if (!module)
		return false;
	dir = strlen(module) - strlen("/pagestat.ko");
	snprintf(given, sizeof(given), parameters, as);
	snprintf(command, sizeof(command),
		 "[ ! -d /sys/module/pagestat ] || rmmod pagestat; insmod %.*s-pretend/pagestat.ko %s",
		 (int)dir, module, given);
	return !system(command);
}

/* Whether the kernel has a function of that name. */
static bool has_function(const char *name)
{
	char line[512], found[256], type;
	bool has = false;
	FILE *f = fopen("/proc/kallsyms", "r");

	while (f && !has && fgets(line, sizeof(line), f))
		has = sscanf(line, "%*s %c %255s", &type, found) == 2 &&
		      tolower(type) == 't' && !strcmp(found, name);
	if (f)
		fclose(f);
	return has;
}

/* The cell in a column of "probes", of a hook. */
static const char *probe(const char *hook, unsigned int column)
{
	static char line[1024];
	FILE *f = fopen(DEBUGFS "probes", "r");
	size_t len = strlen(hook);
	char *at = line, *cell;

	while (f && fgets(line, sizeof(line), f))
		if (!strncmp(line, hook, len) && line[len] == '\t')
			break;
	if (f)
		fclose(f);
	for (cell = strsep(&at, "\t\n"); cell && column; column--)
		cell = strsep(&at, "\t\n");
	return cell ? cell : "";
}

#define PROBE_SYMBOL	1
#define PROBE_STATE	3
#define PROBE_FROM	8

static char *mem;

static void fill(void)
{
	warm_up();
	mem = memory(PAGES);
	step();
	write_pages(mem, PAGES);
	step();
}

static void fill_share_and_reuse(void)
{
	run_on(0);
	mem = memory(PAGES);
	warm_up();
	step();
	write_pages(mem, PAGES);
	step();
	dismiss(bystander());
	warm_up();
	step();
	write_pages(mem, PAGES);
	step();
}

/* Functions that call a leaf and do more after it, and so are called themselves. */
#define BETWEEN	"pretend_callers=map_anon_folio_pte_nopf:%1$s,alloc_set_pte:%1$s,do_set_pte:%1$s," \
		"set_pte_range:%1$s"

static void write_file(void)
{
	warm_up();
	mem = mmap(NULL, PAGES * page_size(), PROT_READ | PROT_WRITE, MAP_PRIVATE,
		   cached_file(PAGES), 0);
	must(mem == MAP_FAILED);
	step();
	write_pages(mem, PAGES);
	step();
}

#define EXPECT_EXACT() do {						\
	START(fill);							\
	GO();								\
	EXPECT_COUNTED({ PAGESTAT_minor, PAGES }, { PAGESTAT_zerofill, PAGES }, END); \
	subject_end(&self->s);						\
	START(write_file);						\
	GO();								\
	EXPECT_COUNTED({ PAGESTAT_minor, PAGES }, { PAGESTAT_cow, PAGES }, \
		       { PAGESTAT_cow_file, PAGES }, END);		\
	EXPECT_EQ(0UL, system_value("stray"));				\
} while (0)

/* With frame pointers, a function that would jump to the leaf calls it. */
TEST_F(callers, the_caller_of_one_that_several_use)
{
	ASSERT_TRUE(pretend(BETWEEN, "between"));
	EXPECT_EXACT();
}

TEST_F(callers, the_same_by_kprobes)
{
	ASSERT_TRUE(pretend("kprobes=1 " BETWEEN, "between"));
	EXPECT_EXACT();
}

/* Other copies are made on the machine meanwhile, of a page or two in a program. */
TEST_F(callers, copies_by_unknown_functions_are_lost_and_said)
{
	const char *from;

	ASSERT_TRUE(pretend("pretend_callers=" COPIES, "unknown"));
	START(child_writes);
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, PAGES }, { PAGESTAT_other, PAGES }, END);
	EXPECT_LE(PAGES, system_value("stray_new_anon"));
	EXPECT_EQ(system_value("stray"), system_value("stray_new_anon") +
		  system_value("stray_reuse"));
	from = probe("new-anon", PROBE_FROM);
	EXPECT_TRUE(!strcmp(from, "wp_page_copy") || !strcmp(from, "do_wp_page"));
	ASSERT_EQ(0, system("echo 1 >" DEBUGFS "reset"));
	EXPECT_GT(PAGES, system_value("stray_new_anon"));
}

/* A compiler that knows which paths are taken may inline do_wp_page() into one of them. */
TEST_F(callers, copies_without_an_entry_are_lost_and_said)
{
	const char *from;

	ASSERT_TRUE(pretend("pretend_inlined=%1$s", "1"));
	START(child_writes);
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, PAGES }, { PAGESTAT_other, PAGES }, END);
	EXPECT_LE(PAGES, system_value("stray_wp"));
	EXPECT_EQ(system_value("stray"), system_value("stray_wp"));
	from = probe("wp", PROBE_FROM);
	EXPECT_TRUE(!strcmp(from, "wp_page_copy") || !strcmp(from, "do_wp_page"));
}

/* What is made writable is a reuse, also where do_wp_page() is inlined. */
TEST_F(callers, reuse_by_what_all_faults_go_through)
{
	ASSERT_TRUE(pretend("pretend_inlined=1 pretend_callers=wp_page_reuse:%1$s,do_wp_page:%1$s", "fault"));
	START(fill_share_and_reuse);
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, PAGES }, { PAGESTAT_zerofill, PAGES }, END);
	ASSERT_TRUE(subject_go(&self->s));
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, PAGES }, { PAGESTAT_reuse, PAGES }, END);
	EXPECT_EQ(0UL, system_value("stray_reuse"));
}

/*
 * A function that all faults go through fills pages only if do_anonymous_page() is
 * inlined into it.
 */
TEST_F(callers, first_touch_by_what_all_faults_go_through)
{
	bool apart = has_function("do_anonymous_page");

	ASSERT_TRUE(pretend("pretend_callers=" FILLS, "fault"));
	START(fill);
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, PAGES },
		       { apart ? PAGESTAT_other : PAGESTAT_zerofill, PAGES }, END);
	EXPECT_EQ(apart, system_value("stray_new_anon") >= PAGES);
	EXPECT_EQ(apart, system_value("stray") > 0);
}

/* do_wp_page.isra.0 and the like: hooked, if its argument is what it should be. */
TEST_F(callers, a_clone_of_a_function_is_hooked)
{
	ASSERT_TRUE(pretend("pretend_clone=%1$s", "1"));
	EXPECT_EQ(0, strcmp(probe("wp", PROBE_STATE), "attached"));
	EXPECT_EQ(0, strcmp(probe("wp", PROBE_SYMBOL), "do_wp_page"));
	START(child_writes);
	GO();
	EXPECT_COUNTED({ PAGESTAT_minor, PAGES }, { PAGESTAT_cow, PAGES },
		       { PAGESTAT_cow_anon, PAGES }, END);
	EXPECT_EQ(0UL, system_value("stray"));
}

#define MANY	512
#define FAR	(256L << 10)
#define FIND	"/sys/module/pagestat/parameters/find_clone"

static struct clone {
	char name[256];
	int nr;		/* clones of it */
	bool far;	/* one of them may be too far away */
} clones[MANY];

static int nr_clones;

/* The clones of functions that lie around handle_mm_fault(), by the kernel's own list. */
static void read_clones(void)
{
	static const char * const endings[] = { ".isra.", ".constprop.", ".part.", ".llvm." };
	unsigned long address, here = 0;
	char line[512], name[256], *end;
	FILE *f = fopen("/proc/kallsyms", "r");
	long away;
	int i, pass;
	char type;

	for (pass = 0; f && pass < 2; pass++) {
		rewind(f);
		while (fgets(line, sizeof(line), f)) {
			if (sscanf(line, "%lx %c %255s", &address, &type, name) != 3 ||
			    tolower(type) != 't' || strchr(line, '['))
				continue;
			if (!pass && !strcmp(name, "handle_mm_fault"))
				here = address;
			for (i = 0, end = NULL; i < 4 && !end; i++)
				end = strstr(name, endings[i]);
			away = labs((long)(address - here));
			if (!pass || !end || strstr(name, ".cold") || away > 2 * FAR)
				continue;
			*strchr(name, '.') = '\0';
			for (i = 0; i < nr_clones && strcmp(clones[i].name, name); i++)
				;
			if (i == MANY)
				continue;
			if (i == nr_clones)
				snprintf(clones[nr_clones++].name, sizeof(clones->name), "%s", name);
			clones[i].nr++;
			clones[i].far |= away > FAR - (FAR >> 4);
		}
	}
	if (f)
		fclose(f);
}

TEST_F(callers, clones_are_found_by_the_name_of_the_function)
{
	char found[256], expected[256];
	int i, nr = 0, several = 0;
	FILE *f;

	ASSERT_TRUE(pretend("%1$s", ""));
	read_clones();
	for (i = 0; i < nr_clones; i++) {
		if (clones[i].far)
			continue;
		f = fopen(FIND, "w");
		ASSERT_NE(NULL, f);
		fputs(clones[i].name, f);
		fclose(f);
		f = fopen(FIND, "r");
		ASSERT_NE(NULL, f);
		EXPECT_NE(NULL, fgets(found, sizeof(found), f));
		fclose(f);
		snprintf(expected, sizeof(expected), "%d %.200s.", clones[i].nr, clones[i].name);
		EXPECT_EQ(0, strncmp(expected, found, strlen(expected)))
			TH_LOG("%s: found %s", expected, found);
		nr++;
		several += clones[i].nr > 1;
	}
	EXPECT_LT(10, nr);
	TH_LOG("%d names, %d of several clones", nr, several);
	ASSERT_EQ(0, system("echo handle_mm_fault >" FIND));
	EXPECT_TRUE(kernel_holds(FIND, "0 "));
}

TEST_HARNESS_MAIN
