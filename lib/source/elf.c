/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * libelf reads from the descriptor, with ELF_C_READ: headers and the pieces asked for, each
 * checked against the size of the file. A mapping would end this process with SIGBUS when
 * somebody truncates the file.
 */
#include <errno.h>
#include <gelf.h>
#include <string.h>
#include <sys/stat.h>

#include "source/elf.h"

enum {
	/* libelf allocates for each section that a header claims, as far as the file could hold
	   them. */
	FILE_MAX = 64 << 20,
	HEADERS_MAX = 128,
	DYNAMIC_MAX = 64 << 10,
	STRINGS_MAX = 4 << 20,
	LIST_MAX = 4096, /* of directories; NIX has long ones */
	NAME_BYTES = 256,
	NEEDED_MAX = 256,
};

/* A dynamic section, and the string table that it names. */
struct dynamic {
	Elf *elf;
	Elf_Data *entries;
	size_t count;
	const char *strings;
	size_t strings_size;
};

/* libelf counts only the headers that are inside the file: a file cut short has fewer. */
static int count_segments(Elf *elf, size_t *ret)
{
	GElf_Ehdr header;

	if (!gelf_getehdr(elf, &header) || elf_getphdrnum(elf, ret) < 0)
		return -EBADMSG;
	return *ret == header.e_phnum && *ret <= HEADERS_MAX ? 0 : -EBADMSG;
}

static int find_segment(Elf *elf, uint32_t type, GElf_Phdr *ret)
{
	size_t count;

	if (count_segments(elf, &count) < 0)
		return -EBADMSG;
	for (size_t i = 0; i < count; i++) {
		if (!gelf_getphdr(elf, (int)i, ret))
			return -EBADMSG;
		if (ret->p_type == type)
			return 0;
	}
	return -ENOENT;
}

/* Dynamic entries hold addresses; where in the file that is, the segment loaded there tells. */
static int file_offset(Elf *elf, uint64_t address, int64_t *ret)
{
	size_t count;
	GElf_Phdr segment;

	if (count_segments(elf, &count) < 0)
		return -EBADMSG;
	for (size_t i = 0; i < count; i++) {
		if (!gelf_getphdr(elf, (int)i, &segment))
			return -EBADMSG;
		if (segment.p_type == PT_LOAD && address >= segment.p_vaddr &&
		    address - segment.p_vaddr < segment.p_filesz) {
			/* What wraps is outside the file, and libelf refuses it. */
			*ret = (int64_t)(segment.p_offset + (address - segment.p_vaddr));
			return 0;
		}
	}
	return -EBADMSG;
}

/* Returns false at the end of the section. */
static bool next_entry(const struct dynamic *dynamic, size_t *index, GElf_Dyn *ret)
{
	if (*index >= dynamic->count || !gelf_getdyn(dynamic->entries, (int)*index, ret))
		return false;
	++*index;
	return ret->d_tag != DT_NULL;
}

static int open_strings(struct dynamic *dynamic)
{
	uint64_t address = 0, size = 0;
	Elf_Data *data;
	GElf_Dyn entry;
	int64_t offset;
	int r;

	for (size_t i = 0; next_entry(dynamic, &i, &entry);) {
		if (entry.d_tag == DT_STRTAB)
			address = entry.d_un.d_ptr;
		else if (entry.d_tag == DT_STRSZ)
			size = entry.d_un.d_val;
	}
	if (!address || !size || size > STRINGS_MAX)
		return -EBADMSG;
	r = file_offset(dynamic->elf, address, &offset);
	if (r < 0)
		return r;
	data = elf_getdata_rawchunk(dynamic->elf, offset, (size_t)size, ELF_T_BYTE);
	if (!data || !data->d_buf)
		return -EBADMSG;
	dynamic->strings = data->d_buf;
	dynamic->strings_size = data->d_size;
	return 0;
}

/* Returns -ENOENT for what is linked statically: it needs nothing. */
static int open_dynamic(Elf *elf, struct dynamic *ret)
{
	size_t entry_size = gelf_fsize(elf, ELF_T_DYN, 1, EV_CURRENT);
	GElf_Phdr segment;
	int r = find_segment(elf, PT_DYNAMIC, &segment);

	if (r < 0)
		return r;
	if (!entry_size || segment.p_filesz < entry_size || segment.p_filesz > DYNAMIC_MAX)
		return -EBADMSG;
	ret->elf = elf;
	ret->count = (size_t)segment.p_filesz / entry_size;
	ret->entries = elf_getdata_rawchunk(elf, (int64_t)segment.p_offset, ret->count * entry_size,
					    ELF_T_DYN);
	return ret->entries ? open_strings(ret) : -EBADMSG;
}

/* The string at @offset of the table; NULL where it does not end before @limit bytes. */
static const char *string_at(struct xdc_arena *arena, const struct dynamic *dynamic,
			     uint64_t offset, size_t limit)
{
	size_t left, length;

	if (offset >= dynamic->strings_size)
		return NULL;
	left = dynamic->strings_size - (size_t)offset;
	length = strnlen(dynamic->strings + offset, left);
	if (length == left || length >= limit)
		return NULL;
	return xdc_arena_memdup(arena, dynamic->strings + offset, length);
}

static int read_entries(struct xdc_arena *arena, const struct dynamic *dynamic, struct xdc_elf *elf)
{
	GElf_Dyn entry;

	elf->needed = xdc_arena_alloc(arena, NEEDED_MAX * sizeof(*elf->needed));
	for (size_t i = 0; next_entry(dynamic, &i, &entry);) {
		const char **text = NULL;
		size_t limit = LIST_MAX;

		if (entry.d_tag == DT_SONAME)
			text = &elf->soname;
		else if (entry.d_tag == DT_RPATH)
			text = &elf->rpath;
		else if (entry.d_tag == DT_RUNPATH)
			text = &elf->runpath;
		else if (entry.d_tag == DT_NEEDED && elf->n_needed < NEEDED_MAX)
			text = &elf->needed[elf->n_needed++];
		else if (entry.d_tag == DT_NEEDED)
			return -EBADMSG;
		if (!text)
			continue;
		if (entry.d_tag == DT_NEEDED)
			limit = NAME_BYTES;
		*text = string_at(arena, dynamic, entry.d_un.d_val, limit);
		if (!*text)
			return -EBADMSG;
	}
	return 0;
}

static int read_elf(struct xdc_arena *arena, Elf *elf, struct xdc_elf *ret)
{
	struct dynamic dynamic = { 0 };
	struct xdc_elf read = { 0 };
	GElf_Ehdr header;
	int r;

	if (elf_kind(elf) != ELF_K_ELF || !gelf_getehdr(elf, &header))
		return -ENOEXEC;
	read.class = header.e_ident[EI_CLASS];
	read.order = header.e_ident[EI_DATA];
	read.machine = header.e_machine;
	r = open_dynamic(elf, &dynamic);
	if (r == 0)
		r = read_entries(arena, &dynamic, &read);
	if (r < 0 && r != -ENOENT)
		return r;
	*ret = read;
	return 0;
}

int xdc_elf_read(struct xdc_arena *arena, int fd, struct xdc_elf *ret)
{
	struct stat st;
	Elf *elf;
	int r;

	if (fstat(fd, &st) < 0)
		return -errno;
	if (!S_ISREG(st.st_mode))
		return -ENOEXEC;
	if (st.st_size > FILE_MAX)
		return -EBADMSG;
	elf_version(EV_CURRENT);
	elf = elf_begin(fd, ELF_C_READ, NULL);
	if (!elf)
		return -ENOEXEC;
	r = read_elf(arena, elf, ret);
	elf_end(elf);
	return r;
}
