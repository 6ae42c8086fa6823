/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The parts of tree-tools.c: which libxenctrl a program would load, and which processes have. */
#ifndef XDC_TOOLS_H
#define XDC_TOOLS_H

#include "source/elf.h"
#include "source/tree.h"

/* What the file name of every libxenctrl begins with. */
#define XDC_LIBXENCTRL "libxenctrl"

/*
 * The Xen release in the name of a library: "libxenctrl.so.4.17" and "libxenctrl.so.4.17.0"
 * are of "4.17". Returns 0, or -EINVAL where the name (or path) has none.
 */
int xdc_tools_release(const char *library, char *release, size_t size);

/*
 * tree-ld-conf.c: the directories that the loader looks in for a program such as @elf, after
 * those that the program itself names: /etc/ld.so.conf, then its own. All of @arena.
 */
const char **xdc_tree_library_dirs(const struct xdc_tree *tree, struct xdc_arena *arena,
				   const struct xdc_elf *elf, size_t *ret_count);

/* tree-loader.c */
struct xdc_loaded {
	const char *path;     /* of libxenctrl, its directory as the loader names it */
	const char *soname;   /* its own, or the name it was asked for by */
	const char **missing; /* libraries looked for before it, and found nowhere */
	size_t n_missing;
};

/*
 * Which libxenctrl the loader would choose for the program at @path, which names its real
 * place ($ORIGIN). Returns 0; -ENOENT where none is needed or it is found nowhere (see
 * missing); -ENOEXEC, -EBADMSG or -errno where the program could not be read. *@ret is
 * written in any case, all of @arena.
 */
int xdc_tree_load(const struct xdc_tree *tree, struct xdc_arena *arena, const char *path,
		  struct xdc_loaded *ret);

/*
 * tree-processes.c: writes the fields "processes" and "process" of the record "tools". Reading
 * what a process has mapped waits for its memory lock, so it is done aside, with a deadline.
 */
void xdc_tree_tool_processes(const struct xdc_tree *tree, FILE *out);

#endif
