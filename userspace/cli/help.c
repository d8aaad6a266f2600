// SPDX-License-Identifier: GPL-2.0
/*
 * What --help prints, of pagestat and of each of its commands: a screen of 80x24
 *
 * The completions of the shells are made from it when they are used.  So it has
 * every option, first in its line or after two blanks; then what it takes, of
 * which PID, USER, COLUMN, FILE, NAME and PATH are known to them; a|b|c is to be
 * chosen from.  The usages have what the first operand is chosen from.
 */
#include "base/gettext.h"
#include "cli/commands.h"

const char help[] =
"Usage: pagestat [OPTION]... [INTERVAL [COUNT]]  what page faults cost processes\n"
"       pagestat check|lab|latency|plot|record|replay|run|top ...  (--help)\n"
"\n"
"         run: what a command costs    check: are the numbers right?  top: live\n"
"         latency: how long faults take   record, replay, plot: look later\n"
"         lab: experiments that show paging at work, for classes\n"
"Rows:    -p PID,...  these processes     -C NAME  of that name (* ? [] match)\n"
"         -u USER  of that user           --cgroup PATH  in it, or below\n"
"         --since TIME  born since (90, 5m, 2h, 1d ago; 14:30; 2026-01-31)\n"
"         --exited  those that ended      -a, --all  also if all is zero\n"
"         --by process|thread|cgroup|user|command  what a row is about\n"
"         --sort COLUMN  their order (+: ascending, -: descending)\n"
"         -n N  the first N  --rest  and the sum of the others\n"
"Columns: -o COLUMN,...  these (+COLUMN,...: these too; all)\n"
"         --columns  what there is, in which units, and what it means\n"
"Others:  --system  totals of all processes, and what was lost\n"
"         --probes  the hooks in the kernel     --latency  as pagestat latency\n"
"Form:    --json  --jsonl  --csv          for programs; --jsonl: by the line\n"
"         --openmetrics  --textfile FILE  for Prometheus, and its node_exporter\n"
"         -r, --raw  --no-headings        for scripts\n"
"         -h, --help  -V, --version\n"
"Without INTERVAL (seconds): since the module was loaded or the process was born.\n"
"Root only.  pagestat(8) has the columns, the exit status and examples.\n";

const char help_run[] =
"Usage: pagestat run [OPTION]... [--] CMD [ARG]...\n"
"\n"
"Runs CMD and prints what page faults cost it and its children.\n"
"\n"
"  -o COLUMN,...     these counters (+COLUMN,...: these too; all)\n"
"  -r, --repeat N    N times: the mean and the spread\n"
"  --children        each child by itself, too\n"
"  --json            for programs\n"
"  --output FILE     the bill goes there, not to standard error\n"
"  -h, --help  -V, --version\n"
"\n"
"Ends with the status of CMD.  Root only.  More: pagestat-run(8).\n";

const char help_check[] =
"Usage: pagestat check [OPTION]...\n"
"\n"
"Finds out whether the numbers are right on this machine, by work whose faults\n"
"are known.\n"
"\n"
"  --json            for programs\n"
"  -r, --raw         columns separated by one blank\n"
"  --no-headings     no headings and no sum\n"
"  -h, --help  -V, --version\n"
"\n"
"Ends with 8 if something is wrong.  Root only.  More: pagestat-check(8).\n";

const char help_latency[] =
"Usage: pagestat latency [OPTION]... [INTERVAL [COUNT]]\n"
"       pagestat latency on|off|status\n"
"\n"
"Shows how long faults take, by kind: until Ctrl-C, or in each INTERVAL.\n"
"Measuring costs every fault something: it is on meanwhile, or from on to off.\n"
"\n"
"  -p PID,...        of these processes\n"
"  -C NAME           of those of that name (* ? [] match); may be repeated\n"
"  --json, --jsonl   for programs; --jsonl: an object an interval\n"
"  --no-headings     no headings and no time stamps\n"
"  -h, --help  -V, --version\n"
"\n"
"Root only.  More: pagestat-latency(8).\n";

const char help_plot[] =
"Usage: pagestat plot -o PICTURE [OPTION]... FILE\n"
"\n"
"Draws what pagestat record wrote into FILE: what the faults came to, over time.\n"
"\n"
"  -o, --output FILE  the picture: FILE.svg or FILE.png\n"
"  --lines COLUMN,...  these as lines, in place of the outcomes stacked\n"
"  --by process|thread|cgroup|user|command  a line for each that did most\n"
"  -n N              of so many of them (8); the others are summed in a stack\n"
"  -p PID,...        of these processes\n"
"  -C NAME           of those of that name (* ? [] match); may be repeated\n"
"  -u USER           of those of that user\n"
"  --cgroup PATH     of those in that control group or below\n"
"  -h, --help  -V, --version\n"
"\n"
"Needs gnuplot.  More: pagestat-plot(8).\n";

const char help_record[] =
"Usage: pagestat record -o FILE [--by process|thread] [INTERVAL [COUNT]]\n"
"\n"
"Writes what is counted for all processes into FILE, every INTERVAL seconds (1):\n"
"until Ctrl-C, or COUNT intervals.  pagestat replay, plot and top show it.\n"
"\n"
"  -o, --output FILE  a new file\n"
"  --by process|thread  what is recorded\n"
"  -h, --help  -V, --version\n"
"\n"
"Root only.  More: pagestat-record(8).\n";

const char help_replay[] =
"Usage: pagestat replay [OPTION]... FILE [INTERVAL [COUNT]]\n"
"\n"
"Prints what pagestat INTERVAL would have printed when FILE was recorded: by\n"
"default about every interval in it.\n"
"\n"
"Rows:    -p PID,...  these processes     -C NAME  of that name (* ? [] match)\n"
"         -u USER  of that user           --cgroup PATH  in it, or below\n"
"         --since TIME  born since (5m: before FILE begins; 14:30; 2026-01-31)\n"
"         --exited  those that ended      -a, --all  also if all is zero\n"
"         --by process|thread|cgroup|user|command  what a row is about\n"
"         --sort COLUMN  by it (+: ascending, -: descending)  -n N  the first N\n"
"         --rest  of -n: the sum of those it leaves out\n"
"Columns: -o COLUMN,...  these (+COLUMN,...: these too; all)\n"
"Form:    --json  --jsonl  --csv          for programs; --jsonl: by the line\n"
"         --openmetrics  --textfile FILE  the totals at the end, for Prometheus\n"
"         -r, --raw  --no-headings        for scripts\n"
"         -h, --help  -V, --version\n"
"\n"
"More: pagestat-replay(8).\n";

const char help_top[] =
"Usage: pagestat top [OPTION]... [INTERVAL [COUNT]]\n"
"       pagestat top --replay FILE [OPTION]...\n"
"\n"
"The live table, every INTERVAL seconds (1).  Keys: see ? in it; q ends it.\n"
"\n"
"  --replay FILE     step through a recording, in place of what happens now\n"
"  --by process|thread|cgroup|user|command  what a row is about\n"
"  --sort COLUMN     by it (+: ascending, -: descending); COLUMN,COLUMN: by two\n"
"  -o COLUMN,...     these columns (+COLUMN,...: these too; all)\n"
"  -a, --all         rows with nothing but zeroes, too\n"
"  -p PID,...        these processes\n"
"  -C NAME           those of that name (* ? [] match); may be repeated\n"
"  -u USER           those of that user\n"
"  --cgroup PATH     those in that control group or below\n"
"  -h, --help  -V, --version\n"
"\n"
"Without colour: NO_COLOR=1.  Root only.  More: pagestat-top(8).\n";

const char help_lab[] = N_(
"Usage: pagestat lab\n"
"       pagestat lab [OPTION]... NAME\n"
"\n"
"Lists experiments that show paging at work; does that of this NAME, and checks\n"
"what was to be seen.\n"
"\n"
"  --size SIZE       with so much memory, as 16M\n"
"  --thp on|off      with transparent huge pages, or without (the default)\n"
"  -i, --interactive  wait for Enter after each step\n"
"  --json            for programs\n"
"  --plot FILE       and draw it: .svg or .png\n"
"  --break           do it wrongly on purpose: what it looks like when it fails\n"
"  -h, --help  -V, --version\n"
"\n"
"The pages that replacement replaces (without these, those of Belady's anomaly):\n"
"  --string LIST     as '1 2 3 1', or those in a file: @FILE\n"
"  --seed N          generated, with locality; the same N, the same pages\n"
"  --record          recorded from a program\n"
"  -p PID            the faults of that process, until Ctrl-C\n"
"  --frames N        on up to so many frames\n"
"\n"
"Ends with 8 if something was not as expected, 9 if it cannot be done here.  As\n"
"root it sees more.  More: pagestat-lab(8).\n");
