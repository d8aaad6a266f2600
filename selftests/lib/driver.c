// SPDX-License-Identifier: GPL-2.0
/* driver.c - the modules of programs/, loaded, and their devices opened */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/utsname.h>

#include "driver.h"
#include "subject.h"

bool driver_load(const char *name)
{
	char command[256];
	struct utsname kernel;

	uname(&kernel);
	snprintf(command, sizeof(command), "insmod ../build/programs/%s/%s/%s.ko",
		 kernel.release, name, name);
	return !system(command);
}

bool driver_unload(const char *name)
{
	char command[64];

	snprintf(command, sizeof(command), "rmmod %s", name);
	return !system(command);
}

int driver_open(const char *name)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/dev/pagestat-%s", name);
	fd = open(path, O_RDWR | O_CLOEXEC);
	must(fd < 0);
	return fd;
}
