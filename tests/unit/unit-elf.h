/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Minimal ELF files: one loadable segment that holds a dynamic section and its strings. */
#ifndef XDC_UNIT_ELF_H
#define XDC_UNIT_ELF_H

#include <elf.h>

#include "unit.h"

struct elf_spec {
	/* All may be 0: 64 bits, little endian, x86-64. */
	unsigned char class, order;
	uint16_t machine;
	const char *soname, *rpath, *runpath;
	const char *needed[8]; /* up to the first NULL */
};

enum {
	ELF_SIZE = 16384, /* of each file that is made */
	/* Where things are in one of 64 bits. */
	ELF_AT_PHOFF = 32,
	ELF_AT_SHOFF = 40,
	ELF_AT_PHNUM = 56,
	ELF_AT_SHENTSIZE = 58,
	ELF_AT_SHNUM = 60,
	ELF_AT_DYNAMIC_PHDR = 64 + 56,
	ELF_AT_DYNAMIC = 512,
	ELF_AT_STRINGS = 4096,
};

void elf_make(const struct elf_spec *spec, unsigned char elf[ELF_SIZE]);

/* Makes a file that may be executed, of an ELF file or of text. */
void tmp_elf(const struct tmp *tmp, const char *path, const struct elf_spec *spec);
void tmp_script(const struct tmp *tmp, const char *path, const char *text);
#define TMP_ELF(tmp, path, ...) tmp_elf(tmp, path, &(const struct elf_spec){ __VA_ARGS__ })

#endif
