// SPDX-License-Identifier: GPL-2.0
/*
 * What --help prints
 */
#include <stdio.h>

#include "options.h"

static const char help[] =
"Usage: pagestat [OPTION]... [INTERVAL [COUNT]]\n"
"       pagestat run [-o COLUMN,...] [--children] [-r N] [--json] [--output FILE]\n"
"                    [--] CMD [ARG]...\n"
"       pagestat check [--json]\n"
"       pagestat latency [-p PID,...] [-C NAME] [--json] [INTERVAL [COUNT]]\n"
"       pagestat latency on|off|status\n"
"\n"
"Shows what page faults cost: faults, pages copied on write, brought back from\n"
"swap.  Without INTERVAL (seconds): since the module was loaded or the process\n"
"was born.  With it: what happened in each interval, COUNT times or for ever.\n"
"run: what CMD and its children cost; each with --children; -r N, --repeat N:\n"
"mean and spread of N runs.  check: are the numbers right here?\n"
"latency, or --latency: how long faults take, until Ctrl-C or in each INTERVAL.\n"
"\n"
"Which rows:\n"
"  -p PID,...          these processes\n"
"  -C NAME             processes of that name (* ? [] match); may be repeated\n"
"  -u USER             of that user, by name or number\n"
"      --cgroup PATH   in that control group or below\n"
"      --since TIME    born since (90, 5m, 2h, 1d ago; 14:30; 2026-01-31)\n"
"      --exited        not those that live, but those that have ended\n"
"      --by WHAT       a row per process, thread, cgroup, user or command\n"
"  -a, --all           those with nothing but zeroes too\n"
"  -n N                the first N\n"
"      --sort [+-]COLUMN  + smallest first, - largest first\n"
"Which columns:\n"
"  -o COLUMN,...       these; +COLUMN,... adds to the usual ones; all\n"
"      --columns       list the columns, their units and meanings\n"
"Other reports:\n"
"      --system        the totals of all processes, and what was lost\n"
"      --probes        the hooks in the kernel and their state\n"
"Form:\n"
"      --json, --jsonl, --csv      for programs; --jsonl: an object an interval\n"
"      --openmetrics               for Prometheus\n"
"      --textfile FILE             for its node_exporter\n"
"  -r, --raw           columns separated by one blank\n"
"      --no-headings   no headings and no time stamps\n"
"  -h, --help          -V, --version\n"
"\n"
"Root only.  pagestat(8) has the columns, the exit status and examples.\n";

/**
 * print_help() - print the usage, one screen
 */
void print_help(void)
{
	fputs(help, stdout);
}
