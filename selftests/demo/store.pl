#!/usr/bin/perl
# SPDX-License-Identifier: GPL-2.0
#
# store.pl - the pictures' workload: what a database does to its memory that forks to
# save itself, and is short of memory afterwards
#
# usage: store.pl PAGES GROUP
#
# It fills PAGES, forks, overwrites most of them while its child still has them, and
# again when that has ended.  Then all that is in the control group GROUP is sent to
# swap, as far as it goes, and the pages are read.

use strict;
use warnings;

my ($pages, $group) = @ARGV;
my @store;

# So many that single steps can be seen, not only the whole.
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
