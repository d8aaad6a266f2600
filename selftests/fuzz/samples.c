// SPDX-License-Identifier: GPL-2.0
/*
 * Samples of a recording, before they are compressed: any change makes sense to zlib
 */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	show_recording(data, size, true);
	return 0;
}
