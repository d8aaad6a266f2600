/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A program that faults whenever it uses another page
 */
#ifndef PAGESTAT_LAB_SORTING_H
#define PAGESTAT_LAB_SORTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * struct sorting - records in pages, and what was used
 * @memory: the pages
 * @pages: how many
 * @size: of a page
 * @used: the page of each reference, as the program knows it
 * @room: for so many
 * @nr: how many there were
 * @at: the page that is mapped
 * @keep: those that it leaves stay mapped, and only first uses fault
 */
struct sorting {
	char *memory;
	size_t pages;
	size_t size;
	uint32_t *used;
	size_t room;
	size_t nr;
	size_t at;
	bool keep;
};

struct sorting *sorting_make(size_t pages, uint64_t seed);
void sorting_do(struct sorting *sorting);
bool sorting_done(const struct sorting *sorting);
void sorting_free(struct sorting *sorting);

#endif /* PAGESTAT_LAB_SORTING_H */
