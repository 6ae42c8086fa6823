/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The dynamic loader's search, as far as it takes to find libxenctrl: libraries are loaded in
 * the order in which they are needed, breadth first; each is looked for in the DT_RPATH of the
 * object that needs it and of those that loaded that (unless it has a DT_RUNPATH), in its
 * DT_RUNPATH, and in the system's directories (ld.so(8); glibc, elf/dl-load.c,
 * _dl_map_object()). LD_LIBRARY_PATH is the environment's of whoever runs xl, and unknown here.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "source/tools.h"

enum {
	OBJECTS_MAX = 128,
	/* Over all objects, for files that are made to take long: xl takes 20 tries and 4 files. */
	TRIES_MAX = 4096,
	FILES_MAX = 256,
};

struct object {
	const char *name; /* as it was asked for */
	const char *path; /* where it was found */
	const struct object *loader;
	struct xdc_elf elf;
};

struct search {
	const struct xdc_tree *tree;
	struct xdc_arena *arena;
	const char **dirs; /* of the system */
	size_t n_dirs;
	struct object *objects; /* OBJECTS_MAX of them */
	size_t n_objects;
	size_t n_tries;
	size_t n_files;
	struct xdc_loaded *loaded;
};

static int read_file(struct search *search, const char *path, struct xdc_elf *ret)
{
	xdc_autoclose int fd = xdc_tree_open(search->tree, path, O_RDONLY);

	if (fd < 0)
		return fd;
	return search->n_files++ < FILES_MAX ? xdc_elf_read(search->arena, fd, ret) : -E2BIG;
}

/* A file of another machine is passed over, as the loader does (open_verify()). */
static bool try_path(struct search *search, struct object *object, const char *path)
{
	const struct xdc_elf *program = &search->objects[0].elf;
	struct xdc_elf elf;

	if (read_file(search, path, &elf) < 0)
		return false;
	if (elf.class != program->class || elf.order != program->order ||
	    elf.machine != program->machine)
		return false;
	object->elf = elf;
	object->path = xdc_arena_strdup(search->arena, path);
	return true;
}

/*
 * Expands $ORIGIN, the directory of @object. $LIB and $PLATFORM are built into a loader, and
 * nobody has been seen to install Xen by them: a directory with one is passed over.
 */
static const char *expand(struct search *search, const struct object *object, const char *text)
{
	static const char *const names[] = { "$ORIGIN", "${ORIGIN}" };
	const char *slash = strrchr(object->path, '/');

	for (size_t i = 0; i < XDC_ARRAY_SIZE(names); i++) {
		const char *at = strstr(text, names[i]);

		if (at)
			text = xdc_arena_printf(search->arena, "%.*s%.*s%s", (int)(at - text), text,
						slash ? (int)(slash - object->path) : 0,
						object->path, at + strlen(names[i]));
	}
	/* Relative ones are relative to where xl is started. */
	return text[0] == '/' && !strchr(text, '$') ? text : NULL;
}

static bool try_dirs(struct search *search, struct object *object, const struct object *owner,
		     const char *dirs)
{
	char *text, *dir;

	if (!dirs || search->n_tries >= TRIES_MAX)
		return false;
	text = xdc_arena_strdup(search->arena, dirs);
	while (search->n_tries++ < TRIES_MAX && (dir = strsep(&text, ":"))) {
		const char *expanded = expand(search, owner, dir);
		char path[2 * PATH_MAX];

		if (!expanded)
			continue;
		snprintf(path, sizeof(path), "%s/%s", expanded, object->name);
		if (try_path(search, object, path))
			return true;
	}
	return false;
}

static bool locate(struct search *search, struct object *object)
{
	const struct object *loader = object->loader;
	char path[2 * PATH_MAX];

	if (strchr(object->name, '/')) {
		const char *expanded = expand(search, loader, object->name);

		return expanded && try_path(search, object, expanded);
	}
	/* An object with both has no DT_RPATH (elf/get-dynamic-info.h). */
	for (const struct object *o = loader->elf.runpath ? NULL : loader; o; o = o->loader)
		if (!o->elf.runpath && try_dirs(search, object, o, o->elf.rpath))
			return true;
	if (try_dirs(search, object, loader, loader->elf.runpath))
		return true;
	for (size_t i = 0; i < search->n_dirs; i++) {
		snprintf(path, sizeof(path), "%s/%s", search->dirs[i], object->name);
		if (try_path(search, object, path))
			return true;
	}
	return false;
}

/* Needed twice is loaded once, so what need each other come to an end. */
static bool is_known(const struct search *search, const char *name)
{
	for (size_t i = 0; i < search->n_objects; i++) {
		const struct object *object = &search->objects[i];

		if (strcmp(object->name, name) == 0 ||
		    (object->elf.soname && strcmp(object->elf.soname, name) == 0))
			return true;
	}
	return false;
}

static void add_missing(struct search *search, const char *name)
{
	struct xdc_loaded *loaded = search->loaded;

	loaded->missing[loaded->n_missing++] = name;
}

static bool is_libxenctrl(const char *name)
{
	const char *slash = strrchr(name, '/');

	return xdc_text_starts_with(slash ? slash + 1 : name, XDC_LIBXENCTRL);
}

/*
 * Adds what @object needs. Where that is libxenctrl, the search is over; the place of another
 * is looked for only when its turn comes, which makes no difference: it depends on the loader.
 */
static bool add_needed(struct search *search, const struct object *object)
{
	for (size_t i = 0; i < object->elf.n_needed; i++) {
		const char *name = object->elf.needed[i];
		struct object *next = &search->objects[search->n_objects];

		if (!*name || strlen(name) >= PATH_MAX || search->n_objects == OBJECTS_MAX ||
		    is_known(search, name))
			continue;
		*next = (struct object){ .name = name, .loader = object };
		search->n_objects++;
		if (!is_libxenctrl(name))
			continue;
		if (locate(search, next)) {
			search->loaded->path = next->path;
			search->loaded->soname = next->elf.soname ? next->elf.soname : name;
		} else {
			add_missing(search, name);
		}
		return true;
	}
	return false;
}

int xdc_tree_load(const struct xdc_tree *tree, struct xdc_arena *arena, const char *path,
		  struct xdc_loaded *ret)
{
	struct search search = { .tree = tree, .arena = arena, .loaded = ret };
	bool over;
	int r;

	*ret = (struct xdc_loaded){ 0 };
	ret->missing = xdc_arena_alloc(arena, OBJECTS_MAX * sizeof(*ret->missing));
	search.objects = xdc_arena_alloc(arena, OBJECTS_MAX * sizeof(*search.objects));
	search.objects[0].name = search.objects[0].path = path;
	search.n_objects = 1;
	r = read_file(&search, path, &search.objects[0].elf);
	if (r < 0)
		return r;
	search.dirs = xdc_tree_library_dirs(tree, arena, &search.objects[0].elf, &search.n_dirs);
	over = add_needed(&search, &search.objects[0]);
	for (size_t i = 1; !over && i < search.n_objects; i++) {
		if (locate(&search, &search.objects[i]))
			over = add_needed(&search, &search.objects[i]);
		else
			add_missing(&search, search.objects[i].name);
	}
	return ret->path ? 0 : -ENOENT;
}
