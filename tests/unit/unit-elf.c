/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>
#include <sys/stat.h>

#include "unit-elf.h"

/* Writes numbers of one file's byte order, and of its word size: 4 or 8. */
struct writer {
	unsigned char *at;
	size_t word;
	bool big;
};

static void put(struct writer *w, size_t size, uint64_t value)
{
	for (size_t i = 0; i < size; i++)
		w->at[w->big ? size - 1 - i : i] = (unsigned char)(value >> (8 * i));
	w->at += size;
}

static void put_word(struct writer *w, uint64_t value)
{
	put(w, w->word, value);
}

static void put_header(struct writer *w, const struct elf_spec *spec)
{
	bool wide = w->word == 8;

	memcpy(w->at, ELFMAG, SELFMAG);
	w->at[EI_CLASS] = wide ? ELFCLASS64 : ELFCLASS32;
	w->at[EI_DATA] = w->big ? ELFDATA2MSB : ELFDATA2LSB;
	w->at[EI_VERSION] = EV_CURRENT;
	w->at += EI_NIDENT;
	put(w, 2, ET_DYN);
	put(w, 2, spec->machine ? spec->machine : EM_X86_64);
	put(w, 4, EV_CURRENT);
	put_word(w, 0);
	put_word(w, wide ? 64 : 52); /* e_phoff */
	put_word(w, 0);
	put(w, 4, 0);
	put(w, 2, wide ? 64 : 52);
	put(w, 2, wide ? 56 : 32);
	put(w, 2, 2); /* e_phnum */
	put(w, 2, wide ? 64 : 40);
	put(w, 2, 0);
	put(w, 2, 0);
}

/* The file is loaded at the address 0x10000. */
static void put_segment(struct writer *w, uint32_t type, uint64_t offset, uint64_t size)
{
	put(w, 4, type);
	if (w->word == 8)
		put(w, 4, PF_R);
	put_word(w, offset);
	put_word(w, 0x10000 + offset);
	put_word(w, 0x10000 + offset);
	put_word(w, size);
	put_word(w, size);
	if (w->word == 4)
		put(w, 4, PF_R);
	put_word(w, 1);
}

struct strings {
	unsigned char *elf;
	size_t used;
};

static void put_text(struct writer *w, struct strings *strings, int64_t tag, const char *text)
{
	if (!text)
		return;
	put_word(w, (uint64_t)tag);
	put_word(w, strings->used);
	assert_true(ELF_AT_STRINGS + strings->used + strlen(text) < ELF_SIZE);
	strcpy((char *)strings->elf + ELF_AT_STRINGS + strings->used, text);
	strings->used += strlen(text) + 1;
}

void elf_make(const struct elf_spec *spec, unsigned char elf[ELF_SIZE])
{
	struct writer w = {
		.at = elf,
		.word = spec->class == ELFCLASS32 ? 4 : 8,
		.big = spec->order == ELFDATA2MSB,
	};
	struct strings strings = { elf, 1 };
	size_t dynamic_size = 64 * w.word;

	memset(elf, 0, ELF_SIZE);
	put_header(&w, spec);
	put_segment(&w, PT_LOAD, 0, ELF_SIZE);
	put_segment(&w, PT_DYNAMIC, ELF_AT_DYNAMIC, dynamic_size);
	w.at = elf + ELF_AT_DYNAMIC;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(spec->needed) && spec->needed[i]; i++)
		put_text(&w, &strings, DT_NEEDED, spec->needed[i]);
	put_text(&w, &strings, DT_SONAME, spec->soname);
	put_text(&w, &strings, DT_RPATH, spec->rpath);
	put_text(&w, &strings, DT_RUNPATH, spec->runpath);
	put_word(&w, DT_STRTAB);
	put_word(&w, 0x10000 + ELF_AT_STRINGS);
	put_word(&w, DT_STRSZ);
	put_word(&w, strings.used);
	put_word(&w, DT_NULL);
	put_word(&w, 0);
	assert_true((size_t)(w.at - elf) <= ELF_AT_DYNAMIC + dynamic_size);
}

static void make_executable(const struct tmp *tmp, const char *path)
{
	char full[4096];

	snprintf(full, sizeof(full), "%s%s", tmp->root, path);
	assert_int_equal(chmod(full, 0755), 0);
}

void tmp_elf(const struct tmp *tmp, const char *path, const struct elf_spec *spec)
{
	unsigned char elf[ELF_SIZE];

	elf_make(spec, elf);
	tmp_bytes(tmp, path, elf, sizeof(elf));
	make_executable(tmp, path);
}

void tmp_script(const struct tmp *tmp, const char *path, const char *text)
{
	tmp_file(tmp, path, text);
	make_executable(tmp, path);
}
