/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A recording that comes through a pipe
 */
#ifndef PAGESTAT_RECORDING_STREAM_H
#define PAGESTAT_RECORDING_STREAM_H

#include <stdio.h>

FILE *stream_open(const char *path);

#endif /* PAGESTAT_RECORDING_STREAM_H */
