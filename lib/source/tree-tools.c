/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Which Xen release the tools in use belong to, from files: our own libxenctrl, if there is
 * one, need not be theirs. The record "tools" has the fields
 *
 *	xl		the first in the PATH of root, or in a directory of Xen's own
 *	xl_script	what that leads to, where it is a script
 *	xl_binary	the ELF file behind it; links are resolved
 *	xl_chosen	with a script: "version" (by the running hypervisor's) or "only"
 *	xl_wanted	with a script that chooses by version: the release it looks for
 *	xl_candidate	each program it could have been, where none was to be chosen
 *	xl_missing	each library on the way that is nowhere, and so keeps xl from starting
 *	xl_libxenctrl	the library that the loader would choose
 *	xl_release	its release, "4.17": hypercall interfaces are tied to that
 *	backend_drivers	of how many backends the drivers are loaded, or why that is not known
 *	backend_driver	each, by what xenstore calls its devices: "vbd", "vif"
 *	processes	how many are listed, or why not all are
 *	process		each: "NAME PID RELEASE PATH"; "NAME PID none" for one that has no
 *			libxenctrl mapped, "NAME PID !STATUS" where that could not be read
 */
#include <ctype.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "source/tools.h"

enum {
	SCRIPT_LIMIT = 64 << 10,
	CANDIDATES_MAX = 32,
	SMALL = 256,
};

struct tools {
	const struct xdc_tree *tree;
	struct xdc_arena *arena;
	FILE *out;
	char *candidates[CANDIDATES_MAX]; /* programs in directories of Xen's own */
	size_t n_candidates;
};

int xdc_tools_release(const char *library, char *release, size_t size)
{
	static const char digits[] = "0123456789";
	const char *slash = strrchr(library, '/');
	const char *at = slash ? slash + 1 : library;
	size_t major, minor;

	if (!xdc_text_starts_with(at, XDC_LIBXENCTRL))
		return -EINVAL;
	at += strlen(XDC_LIBXENCTRL);
	/* Debian 9 and earlier had libxenctrl-4.8.so. */
	if (xdc_text_starts_with(at, ".so."))
		at += strlen(".so.");
	else if (*at++ != '-')
		return -EINVAL;
	major = strspn(at, digits);
	minor = at[major] == '.' ? strspn(at + major + 1, digits) : 0;
	if (!major || !minor || major + 1 + minor >= size)
		return -EINVAL;
	snprintf(release, size, "%.*s", (int)(major + 1 + minor), at);
	return 0;
}

/* Opens a program as execve(2) would: a regular file that somebody may execute. */
static int open_program(const struct xdc_tree *tree, const char *path)
{
	int fd = xdc_tree_open(tree, path, O_RDONLY);
	struct stat st;

	if (fd < 0)
		return fd;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && (st.st_mode & 0111))
		return fd;
	close(fd);
	return -ENOENT;
}

static bool is_elf(int fd)
{
	char magic[SELFMAG];

	return pread(fd, magic, SELFMAG, 0) == SELFMAG && memcmp(magic, ELFMAG, SELFMAG) == 0;
}

static void add_candidate(struct tools *tools, const char *path)
{
	xdc_autoclose int fd = open_program(tools->tree, path);

	if (fd >= 0 && is_elf(fd) && tools->n_candidates < CANDIDATES_MAX)
		tools->candidates[tools->n_candidates++] = xdc_arena_strdup(tools->arena, path);
}

/* Where Xen's own programs are that are in nobody's PATH: Debian's, older ones', from source. */
static void find_candidates(struct tools *tools)
{
	static const char *const paths[] = {
		"/usr/lib/xen/bin/xl", "/usr/libexec/xen/bin/xl", "/usr/local/lib/xen/bin/xl",
		"/opt/xen/sbin/xl",    "/opt/xen/bin/xl",
	};
	char **names;
	size_t count;

	xdc_tree_list(tools->tree, "/usr/lib", &names, &count);
	for (size_t i = 0; i < count; i++) {
		char path[PATH_MAX];

		snprintf(path, sizeof(path), "/usr/lib/%s/bin/xl", names[i]);
		if (xdc_text_starts_with(names[i], "xen-"))
			add_candidate(tools, path);
	}
	xdc_names_free(names, count);
	for (size_t i = 0; i < XDC_ARRAY_SIZE(paths); i++)
		add_candidate(tools, paths[i]);
}

static void write_candidates(struct tools *tools)
{
	for (size_t i = 0; i < tools->n_candidates; i++)
		xdc_field_write(tools->out, "xl_candidate", tools->candidates[i]);
}

/* The number in a file of the hypervisor's version; false where it cannot be read. */
static bool read_number(const struct xdc_tree *tree, const char *path, uint64_t *ret)
{
	xdc_autofree char *text = NULL;
	size_t size;

	return xdc_tree_read(tree, path, SMALL, &text, &size) == XDC_STATUS_OK &&
	       xdc_number_parse(xdc_text_first_line(text), 10, ret) == 0;
}

/*
 * Debian's /usr/sbin/xl is a link to /usr/lib/xen-common/bin/xen-utils-wrapper, a script that
 * reads the running hypervisor's version and executes /usr/lib/xen-VERSION/bin/xl, or nothing
 * (xen-utils-common 4.14 to 4.20); older ones have the version read by scripts beside it.
 */
static bool chooses_by_version(const char *script)
{
	return strstr(script, "/sys/hypervisor/version") ||
	       strstr(script, "/usr/lib/xen-common/bin/xen-");
}

static char *choose_by_version(struct tools *tools)
{
	xdc_autoclose int fd = -1;
	uint64_t major, minor;
	char path[128];

	if (!read_number(tools->tree, "/sys/hypervisor/version/major", &major) ||
	    !read_number(tools->tree, "/sys/hypervisor/version/minor", &minor))
		return NULL;
	fprintf(tools->out, "xl_wanted=%llu.%llu\n", (unsigned long long)major,
		(unsigned long long)minor);
	snprintf(path, sizeof(path), "/usr/lib/xen-%llu.%llu/bin/xl", (unsigned long long)major,
		 (unsigned long long)minor);
	fd = open_program(tools->tree, path);
	return fd < 0 ? NULL : xdc_arena_strdup(tools->arena, path);
}

/*
 * The program that @script would execute. Without a running Xen, and for scripts that we know
 * nothing of, it is the only one there is.
 */
static char *choose(struct tools *tools, const char *script)
{
	bool by_version = chooses_by_version(script);
	char *path = by_version ? choose_by_version(tools) : NULL;
	uint64_t major;

	if (path) {
		xdc_field_write(tools->out, "xl_chosen", "version");
		return path;
	}
	if (!tools->n_candidates)
		find_candidates(tools);
	/* A script that looked for another release executes nothing. */
	if (tools->n_candidates == 1 &&
	    !(by_version && read_number(tools->tree, "/sys/hypervisor/version/major", &major))) {
		xdc_field_write(tools->out, "xl_chosen", "only");
		return tools->candidates[0];
	}
	write_candidates(tools);
	return NULL;
}

/* The file behind the links of @path: what is open as @fd. */
static char *real_path(struct tools *tools, const char *path, int fd)
{
	char real[PATH_MAX];

	return xdc_arena_strdup(
		tools->arena,
		xdc_tree_real_path(tools->tree, fd, real, sizeof(real)) == 0 ? real : path);
}

static void write_libxenctrl(struct tools *tools, const char *path)
{
	struct xdc_loaded loaded;
	char release[16];
	int r = xdc_tree_load(tools->tree, tools->arena, path, &loaded);

	for (size_t i = 0; i < loaded.n_missing; i++)
		xdc_field_write(tools->out, "xl_missing", loaded.missing[i]);
	if (r < 0) {
		enum xdc_status status = xdc_status_from_errno(-r);

		xdc_field_write_status(tools->out, "xl_libxenctrl", status);
		xdc_field_write_status(tools->out, "xl_release", status);
		return;
	}
	xdc_field_write(tools->out, "xl_libxenctrl", loaded.path);
	if (xdc_tools_release(loaded.soname, release, sizeof(release)) == 0 ||
	    xdc_tools_release(loaded.path, release, sizeof(release)) == 0)
		xdc_field_write(tools->out, "xl_release", release);
	else
		xdc_field_write_status(tools->out, "xl_release", XDC_STATUS_UNSUPPORTED);
}

static void write_binary(struct tools *tools, const char *path)
{
	xdc_autoclose int fd = open_program(tools->tree, path);
	char *real = fd < 0 ? NULL : real_path(tools, path, fd);

	if (!real || !is_elf(fd)) {
		xdc_field_write_status(tools->out, "xl_binary",
				       real ? XDC_STATUS_UNSUPPORTED : xdc_status_from_errno(-fd));
		return;
	}
	xdc_field_write(tools->out, "xl_binary", real);
	write_libxenctrl(tools, real);
}

/* @fd is @path, opened. */
static void write_xl(struct tools *tools, const char *path, int fd)
{
	xdc_autofree char *script = NULL;
	size_t size;

	xdc_field_write(tools->out, "xl", path);
	if (is_elf(fd)) {
		write_binary(tools, path);
		return;
	}
	xdc_field_write(tools->out, "xl_script", real_path(tools, path, fd));
	xdc_read_all(fd, SCRIPT_LIMIT, &script, &size);
	path = script ? choose(tools, script) : NULL;
	if (path)
		write_binary(tools, path);
	else
		xdc_field_write_status(tools->out, "xl_binary", XDC_STATUS_ABSENT);
}

/* Returns whether there is an xl. */
static bool find_xl(struct tools *tools, bool is_xen)
{
	/* The PATH of root (sudo's secure_path, Debian's login.defs). */
	static const char *const paths[] = {
		"/usr/local/sbin/xl", "/usr/local/bin/xl", "/usr/sbin/xl",
		"/usr/bin/xl",	      "/sbin/xl",	   "/bin/xl",
	};
	enum xdc_status status = XDC_STATUS_ABSENT;

	for (size_t i = 0; i < XDC_ARRAY_SIZE(paths); i++) {
		xdc_autoclose int fd = open_program(tools->tree, paths[i]);

		if (fd >= 0) {
			write_xl(tools, paths[i], fd);
			return true;
		}
		if (xdc_status_from_errno(-fd) != XDC_STATUS_ABSENT && status == XDC_STATUS_ABSENT)
			status = xdc_status_from_errno(-fd);
	}
	if (is_xen || tools->tree->confined)
		find_candidates(tools);
	if (tools->n_candidates == 1) {
		xdc_autoclose int fd = open_program(tools->tree, tools->candidates[0]);

		if (fd >= 0) {
			write_xl(tools, tools->candidates[0], fd);
			return true;
		}
	}
	xdc_field_write_status(tools->out, "xl", status);
	write_candidates(tools);
	return tools->n_candidates || status != XDC_STATUS_ABSENT;
}

/* Whether processes can be of a toolstack at all: without Xen, few system calls tell so. */
static bool runs_on_xen(const struct xdc_tree *tree)
{
	xdc_autofree char *type = NULL;
	xdc_autoclose int fd = -1;
	size_t size;

	if (xdc_tree_read(tree, "/sys/hypervisor/type", SMALL, &type, &size) == XDC_STATUS_OK)
		return strcmp(xdc_text_first_line(type), "xen") == 0;
	fd = xdc_tree_open(tree, "/proc/xen/capabilities", O_PATH);
	return fd >= 0;
}

static void write_backend_drivers(const struct xdc_tree *tree, FILE *out)
{
	char **names;
	size_t count;
	enum xdc_status status =
		xdc_tree_list(tree, "/sys/bus/xen-backend/drivers", &names, &count);

	for (size_t i = 0; i < count; i++)
		xdc_field_write(out, "backend_driver", names[i]);
	if (status == XDC_STATUS_OK)
		fprintf(out, "backend_drivers=%zu\n", count);
	else
		xdc_field_write_status(out, "backend_drivers", status);
	xdc_names_free(names, count);
}

static void write_running(const struct xdc_tree *tree, FILE *out)
{
	write_backend_drivers(tree, out);
	xdc_tree_tool_processes(tree, out);
}

void xdc_tree_tools(const struct xdc_tree *tree, xdc_emit_fn *emit, void *arg)
{
	struct tools tools = { .tree = tree, .arena = xdc_arena_new() };
	bool is_xen = runs_on_xen(tree);
	xdc_autofree char *text = NULL;
	size_t size = 0;
	bool found;

	tools.out = xdc_open_text(&text, &size);
	found = find_xl(&tools, is_xen);
	if (tree->confined)
		xdc_field_write_status(tools.out, "processes", XDC_STATUS_UNSUPPORTED);
	else if (is_xen)
		write_running(tree, tools.out);
	else
		xdc_field_write_status(tools.out, "processes", XDC_STATUS_ABSENT);
	fclose(tools.out);
	found = found || strstr(text, "\nprocess=");
	xdc_emit(emit, arg, "tools", "files and /proc", found ? XDC_STATUS_OK : XDC_STATUS_ABSENT,
		 found ? "" : "no xl, and no daemon of a toolstack", text, size);
	xdc_arena_free(tools.arena);
}
