# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
#
# Which kernels the module takes for tested ones.

# tested ANSWER RELEASE VERSION
tested()
{
	local answer

	answer=$(run_program tested "$2" "$3")
	[ "$answer" = "$1" ] || { echo "$2, $3: $answer"; return 1; }
}

test_kernels_that_are_tested()
{
	tested yes 5.10.0-46-amd64 '#1 SMP Debian 5.10.251-1 (2026-08-02)'
	tested yes 6.1.0-56-amd64 '#1 SMP PREEMPT_DYNAMIC Debian 6.1.192-1 (2026-11-02)'
	tested yes 6.1.0-56-rt-amd64 '#1 SMP PREEMPT_RT Debian 6.1.192-1 (2026-11-02)'
	tested yes 6.12.117+deb12-amd64 '#1 SMP PREEMPT_DYNAMIC Debian 6.12.117-1~bpo12+1 (2026-11-02)'
	tested yes 6.12.117+deb12-arm64-16k '#1 SMP Debian 6.12.117-1~bpo12+1 (2026-11-02)'
}

test_kernels_of_others_are_not_tested()
{
	tested no 6.8.0-31-generic '#31-Ubuntu SMP PREEMPT_DYNAMIC Sat Apr 20 00:40:06 UTC 2024'
	tested no 5.14.0-427.13.1.el9_4.x86_64 '#1 SMP PREEMPT_DYNAMIC Wed Apr 10 10:29:16 EDT 2024'
	tested no 6.12.20+rpt-rpi-v8 '#1 SMP PREEMPT Debian 1:6.12.20-1+rpt1~bpo12+1 (2025-03-19)'
	tested no 6.1.0-56-amd64 '#1 SMP PREEMPT_DYNAMIC Mon Nov  2 10:00:00 UTC 2026'
	tested no 6.1.192 '#1 SMP PREEMPT_DYNAMIC Mon Nov  2 10:00:00 UTC 2026'
}

test_other_kernels_of_debian_are_not_tested()
{
	local by='#1 SMP PREEMPT_DYNAMIC Debian 6.12.117-1 (2026-11-02)'

	tested no 6.11.2-amd64 "$by"
	tested no 7.9.1+deb14-amd64 "$by"
	tested no 6.120.1-amd64 "$by"
	tested no 6.12.117+deb12-cloud-amd64 "$by"
	tested no 6.12.117+deb12-rt-amd64 "$by"
	tested no 5.10.0-46-arm64 "$by"
	tested no 6.12-amd64 "$by"
	tested no 6.12. "$by"
	tested no amd64 "$by"
	tested no '' "$by"
}
