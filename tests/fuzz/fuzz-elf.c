/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A program of another's tree, whatever it is: read within bounds, or refused. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fuzz.h"
#include "source/elf.h"

static size_t length_of(const char *text)
{
	return text ? strlen(text) : 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int fd = -1;
	struct xdc_arena *arena = xdc_arena_new();
	struct xdc_elf elf = { 0 };
	size_t total = 0;
	int r;

	if (fd < 0)
		fd = memfd_create("elf", MFD_CLOEXEC);
	if (fd < 0 || ftruncate(fd, 0) < 0 || pwrite(fd, data, size, 0) != (ssize_t)size)
		abort();
	r = xdc_elf_read(arena, fd, &elf);
	if (r < 0 && r != -ENOEXEC && r != -EBADMSG)
		abort();
	if (r == 0) {
		total = length_of(elf.soname) + length_of(elf.rpath) + length_of(elf.runpath);
		for (size_t i = 0; i < elf.n_needed; i++)
			total += strlen(elf.needed[i]);
		/* A name may be used often, and not be longer than the file. */
		if (total > (3 + elf.n_needed) * size)
			abort();
	}
	xdc_arena_free(arena);
	return 0;
}
