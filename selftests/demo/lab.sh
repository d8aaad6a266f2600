#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# lab.sh - in the VM: pagestat lab, with a disk for the files of its experiments
#
# usage: lab.sh [ARG...]	as pagestat lab takes them

. "${BASH_SOURCE[0]%/*}/../lib/lib.sh"

disk /var/tmp || exit
exec pagestat lab "$@"
