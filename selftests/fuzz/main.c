// SPDX-License-Identifier: GPL-2.0
/*
 * Where there is no libFuzzer: the inputs are files
 *
 * usage: fuzz-TARGET FILE...
 */
#include <stdio.h>
#include <stdlib.h>

#include "fuzz.h"

int main(int argc, char **argv)
{
	static uint8_t data[1 << 20];

	for (int i = 1; i < argc; i++) {
		FILE *file = fopen(argv[i], "re");
		uint8_t *exact;
		size_t size;

		if (!file) {
			perror(argv[i]);
			return 1;
		}
		fprintf(stderr, "%s\n", argv[i]);
		size = fread(data, 1, sizeof(data), file);
		fclose(file);
		/* A byte read behind the last one is found. */
		exact = malloc(size ? size : 1);
		if (!exact)
			return 1;
		for (size_t at = 0; at < size; at++)
			exact[at] = data[at];
		LLVMFuzzerTestOneInput(exact, size);
		free(exact);
	}
	return argc < 2;
}
