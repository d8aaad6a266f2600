// SPDX-License-Identifier: GPL-2.0
/*
 * Recordings: their records, which have the right checksum, and what is compressed in them
 */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	show_recording(data, size, false);
	return 0;
}
