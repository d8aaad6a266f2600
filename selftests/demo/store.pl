#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0
#
# store.pl - the workload of the pictures, as of a database that forks to save its data,
# and is swapped out afterwards
#
# usage: store.pl PAGES GROUP
#
# It fills PAGES and forks; it overwrites most of them while its child shares them, and
# all of them after that has ended.  Then it has the control group GROUP swapped out, as
# far as possible, and reads the pages.

use strict;
use warnings;

my ($pages, $group) = @ARGV;
my @store;

# Call $do for each page, with pauses, so that the plot shows how it goes on.
sub each_page
{
	my ($from, $to, $do) = @_;

	for my $i ($from .. $to - 1) {
		$do->($i);
		select(undef, undef, undef, 0.05) if $i % 100 == 99;
	}
}

each_page(0, $pages, sub { $store[$_[0]] = "x" x 4000 });
my $child = fork() // die "fork: $!";
if (!$child) {
	sleep 1000;
	exit;
}
each_page(0, 0.8 * $pages, sub { substr($store[$_[0]], 2000, 1) = "y" });
kill 'TERM', $child;
waitpid $child, 0;
each_page(0, $pages, sub { substr($store[$_[0]], 2000, 1) = "z" });
if (open(my $reclaim, '>', "$group/memory.reclaim")) {
	syswrite $reclaim, 4096 * $pages;	# fails if it is less than that
}
each_page(0, $pages, sub { my $read = substr($store[$_[0]], 2000, 1) });
