/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the dynamic loader reads of an ELF file. The file may be hostile: sizes and counts are
 * bounded, and nothing of it is mapped, so that it may change while it is read.
 */
#ifndef XDC_ELF_H
#define XDC_ELF_H

#include "base/base.h"

struct xdc_elf {
	unsigned char class; /* ELFCLASS32 or ELFCLASS64 */
	unsigned char order; /* ELFDATA2LSB or ELFDATA2MSB */
	uint16_t machine;    /* EM_AARCH64... */
	/* From the dynamic section, of the arena; NULL where the file has none such. */
	const char *soname;
	const char *rpath;
	const char *runpath;
	const char **needed; /* DT_NEEDED in their order */
	size_t n_needed;
};

/*
 * Reads the ELF file @fd, any offset. Returns 0; -ENOEXEC where it is no ELF file of a machine
 * we could be asked about, -EBADMSG where it is malformed or beyond the bounds, or -errno.
 */
int xdc_elf_read(struct xdc_arena *arena, int fd, struct xdc_elf *ret);

#endif
