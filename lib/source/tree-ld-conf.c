/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The directories of the system that the loader finds libraries in. It asks ld.so.cache, which
 * ldconfig(8) makes from /etc/ld.so.conf and the directories built into it: the same list,
 * unless somebody has not run ldconfig since. An unpacked tree has no cache, and musl none at all.
 */
#include <elf.h>
#include <fnmatch.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "source/tools.h"

enum {
	FILE_LIMIT = 64 << 10,
	FILES_MAX = 128,
	DIRS_MAX = 128,
	DEPTH_MAX = 8,
};

struct conf {
	const struct xdc_tree *tree;
	struct xdc_arena *arena;
	const char **dirs;
	size_t n_dirs;
	size_t n_files;
};

/* Debian's multiarch names, for the machines that Xen runs on. */
static const struct {
	uint16_t machine;
	const char *triplet;
} triplets[] = {
	{ EM_X86_64, "x86_64-linux-gnu" },   { EM_386, "i386-linux-gnu" },
	{ EM_AARCH64, "aarch64-linux-gnu" }, { EM_ARM, "arm-linux-gnueabihf" },
	{ EM_RISCV, "riscv64-linux-gnu" },   { EM_PPC64, "powerpc64le-linux-gnu" },
};

static void add_dir(struct conf *conf, const char *dir)
{
	if (dir[0] != '/' || conf->n_dirs == DIRS_MAX)
		return;
	for (size_t i = 0; i < conf->n_dirs; i++)
		if (strcmp(conf->dirs[i], dir) == 0)
			return;
	conf->dirs[conf->n_dirs++] = xdc_arena_strdup(conf->arena, dir);
}

static void read_conf(struct conf *conf, const char *path, unsigned int depth);

/* "include ld.so.conf.d/" "*.conf": a pattern in the last component; relative to @from. */
static void include(struct conf *conf, const char *from, const char *pattern, unsigned int depth)
{
	const char *slash = strrchr(pattern, '/');
	const char *dir_end = pattern[0] == '/' ? NULL : strrchr(from, '/');
	const char *base = slash ? slash + 1 : pattern;
	char dir[PATH_MAX];
	char **names;
	size_t count;

	if (snprintf(dir, sizeof(dir), "%.*s/%.*s", dir_end ? (int)(dir_end - from) : 0, from,
		     slash ? (int)(slash - pattern) : 0, pattern) >= PATH_MAX)
		return;
	xdc_tree_list(conf->tree, dir, &names, &count);
	for (size_t i = 0; i < count; i++) {
		char path[PATH_MAX];

		if (fnmatch(base, names[i], FNM_PERIOD) == 0 &&
		    snprintf(path, sizeof(path), "%s/%s", dir, names[i]) < PATH_MAX)
			read_conf(conf, path, depth + 1);
	}
	xdc_names_free(names, count);
}

/* A line as ldconfig reads it (glibc, elf/ldconfig.c, parse_conf()). */
static void take_line(struct conf *conf, const char *path, char *line, unsigned int depth)
{
	bool including = false;
	char *word, *rest;

	line[strcspn(line, "#")] = '\0';
	word = strtok_r(line, " \t\r,:", &rest);
	if (word && strcmp(word, "hwcap") == 0)
		return;
	if (word && strcmp(word, "include") == 0) {
		including = true;
		word = strtok_r(NULL, " \t\r", &rest);
	}
	while (word) {
		if (including) {
			include(conf, path, word, depth);
			word = strtok_r(NULL, " \t\r", &rest);
			continue;
		}
		/* "/usr/lib=libc6": the library type of old. */
		word[strcspn(word, "=")] = '\0';
		add_dir(conf, word);
		word = strtok_r(NULL, " \t\r,:", &rest);
	}
}

/* Files may include each other, and themselves: both the depth and their number end it. */
static void read_conf(struct conf *conf, const char *path, unsigned int depth)
{
	xdc_autofree char *text = NULL;
	char *cursor, *line;
	size_t size;

	if (depth > DEPTH_MAX || conf->n_files == FILES_MAX)
		return;
	conf->n_files++;
	xdc_tree_read(conf->tree, path, FILE_LIMIT, &text, &size);
	if (!text)
		return;
	cursor = text;
	while ((line = xdc_text_next_line(&cursor)))
		take_line(conf, path, line, depth);
}

/* Built into the loader: Debian's looks in the multiarch directories, Fedora's in lib64. */
static void add_defaults(struct conf *conf, const struct xdc_elf *elf)
{
	for (size_t i = 0; i < XDC_ARRAY_SIZE(triplets); i++) {
		if (triplets[i].machine != elf->machine)
			continue;
		add_dir(conf, xdc_arena_printf(conf->arena, "/lib/%s", triplets[i].triplet));
		add_dir(conf, xdc_arena_printf(conf->arena, "/usr/lib/%s", triplets[i].triplet));
	}
	if (elf->class == ELFCLASS64) {
		add_dir(conf, "/lib64");
		add_dir(conf, "/usr/lib64");
	}
	add_dir(conf, "/lib");
	add_dir(conf, "/usr/lib");
}

const char **xdc_tree_library_dirs(const struct xdc_tree *tree, struct xdc_arena *arena,
				   const struct xdc_elf *elf, size_t *ret_count)
{
	struct conf conf = { .tree = tree, .arena = arena };

	/* The defaults have their places in any case. */
	conf.dirs = xdc_arena_alloc(arena, DIRS_MAX * sizeof(*conf.dirs));
	read_conf(&conf, "/etc/ld.so.conf", 0);
	if (conf.n_dirs > DIRS_MAX - 8)
		conf.n_dirs = DIRS_MAX - 8;
	add_defaults(&conf, elf);
	*ret_count = conf.n_dirs;
	return conf.dirs;
}
