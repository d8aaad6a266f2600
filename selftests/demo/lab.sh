#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# lab.sh - in the VM: run pagestat lab, with a disk for the files of its experiments
#
# usage: lab.sh [ARG...]	the arguments of pagestat lab

. "${BASH_SOURCE[0]%/*}/../lib/lib.sh"

disk /var/tmp || exit
exec pagestat lab "$@"
