// SPDX-License-Identifier: GPL-2.0
/* driver.c - the driver of programs/nest, loaded and opened */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/utsname.h>

#include "driver.h"
#include "subject.h"

bool driver_load(void)
{
	char command[256];
	struct utsname name;

	uname(&name);
	snprintf(command, sizeof(command), "insmod ../build/nest/%s/nest.ko", name.release);
	return !system(command);
}

bool driver_unload(void)
{
	return !system("rmmod nest");
}

int driver_open(void)
{
	int fd = open("/dev/pagestat-nest", O_RDWR | O_CLOEXEC);

	must(fd < 0);
	return fd;
}
