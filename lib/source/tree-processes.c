/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The libxenctrl that the daemons of a toolstack have mapped. After an upgrade it is not the
 * one on disk: they go on with the old one until they are started again.
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "source/child.h"
#include "source/tools.h"

enum {
	PROCESSES_MAX = 64,
	NAME_BYTES = 32, /* TASK_COMM_LEN is 16; kernel threads' are longer */
	MAPS_LIMIT = 1 << 20,
	DEADLINE_MS = 500,
	PATIENCE = 2,
};

struct process {
	char name[NAME_BYTES];
	const char *pid; /* points into the names of /proc */
	bool only_xen;	 /* of interest only where it maps libxenctrl */
};

struct scan {
	const struct xdc_tree *tree;
	char root[PATH_MAX]; /* for the child, which has none of our descriptors */
	struct process processes[PROCESSES_MAX];
	size_t count;
	FILE *out;
	enum xdc_status status;
	size_t written;
};

/* A name that ends in "*" stands for all that begin so. The kernel cuts names to 15 bytes. */
static const struct {
	const char *name;
	bool only_xen;
} daemons[] = {
	{ "libvirtd", false },	{ "virtxend", false },	   { "xenopsd*", false },
	{ "xenstored", false }, { "oxenstored", false },   { "xenconsoled", false },
	{ "xendomains", true }, { "qemu-system-*", true }, { "xl", true },
};

static bool is_daemon(const char *name, bool *ret_only_xen)
{
	for (size_t i = 0; i < XDC_ARRAY_SIZE(daemons); i++) {
		const char *star = strchr(daemons[i].name, '*');

		if (star ? strncmp(name, daemons[i].name, (size_t)(star - daemons[i].name)) != 0
			 : strcmp(name, daemons[i].name) != 0)
			continue;
		*ret_only_xen = daemons[i].only_xen;
		return true;
	}
	return false;
}

/* "comm" takes no lock that a process could be stuck with (proc_task_name()). */
static void look_at(struct scan *scan, int proc, const char *pid)
{
	struct process process = { .pid = pid };
	char path[64], program[PATH_MAX];

	if (!isdigit((unsigned char)pid[0]))
		return;
	/* Most are threads of the kernel, which run no file (proc_exe_link()): one call tells. */
	snprintf(path, sizeof(path), "%s/exe", pid);
	if (xdc_tree_read_link(proc, path, program, sizeof(program)) == -ENOENT)
		return;
	snprintf(path, sizeof(path), "%s/comm", pid);
	if (xdc_tree_read_attribute(scan->tree, proc, path, process.name, sizeof(process.name)) <=
		    0 ||
	    !is_daemon(process.name, &process.only_xen))
		return;
	if (scan->count < PROCESSES_MAX)
		scan->processes[scan->count++] = process;
	else
		scan->status = XDC_STATUS_TRUNCATED;
}

/* "7f..-7f.. r--p 00000000 fd:01 123    /usr/lib/libxenctrl.so.4.17.0 (deleted)" */
static const char *mapped_library(char *maps)
{
	char *line;

	while ((line = xdc_text_next_line(&maps))) {
		const char *path = strchr(line, '/');
		const char *name = path ? strrchr(path, '/') + 1 : NULL;

		/* The slash of " (deleted)" would not be the last: it has none. */
		if (name && xdc_text_starts_with(name, XDC_LIBXENCTRL))
			return path;
	}
	return NULL;
}

/* In the child: "RELEASE PATH", "none", or "!status" as a field has it. */
static void read_maps(void *arg, size_t index, FILE *out)
{
	struct scan *scan = arg;
	const struct xdc_tree tree = { .root = open(*scan->root ? scan->root : "/", O_PATH) };
	xdc_autofree char *maps = NULL;
	char path[64], release[16];
	const char *library;
	enum xdc_status status;
	size_t size;

	snprintf(path, sizeof(path), "/proc/%s/maps", scan->processes[index].pid);
	status = xdc_tree_read(&tree, path, MAPS_LIMIT, &maps, &size);
	close(tree.root);
	if (!maps) {
		fprintf(out, "!%s", xdc_status_name(status));
		return;
	}
	library = mapped_library(maps);
	if (library && xdc_tools_release(library, release, sizeof(release)) == 0)
		fprintf(out, "%s %s", release, library);
	else
		fputs("none", out);
}

static void answer(void *arg, size_t index, const char *text, size_t size)
{
	struct scan *scan = arg;
	const struct process *process = &scan->processes[index];
	xdc_autofree char *value = NULL;

	if (!text)
		text = "!timeout";
	else if (!size)
		text = "!io-error";
	if (strcmp(text, "!denied") == 0 || strcmp(text, "!timeout") == 0)
		xdc_status_parse(text + 1, &scan->status);
	/* It has ended since. */
	if (strcmp(text, "!absent") == 0 || (process->only_xen && !isdigit((unsigned char)*text)))
		return;
	if (asprintf(&value, "%s %s %s", process->name, process->pid, text) < 0)
		return;
	xdc_field_write(scan->out, "process", value);
	scan->written++;
}

/* "hidepid": others' processes are not even listed, and who sees no init does not see all. */
static bool sees_all(char **names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(names[i], "1") == 0)
			return true;
	return false;
}

static void scan_processes(struct scan *scan, char **names, size_t count)
{
	xdc_autoclose int proc = xdc_tree_open(scan->tree, "/proc", O_RDONLY | O_DIRECTORY);

	for (size_t i = 0; proc >= 0 && i < count; i++)
		look_at(scan, proc, names[i]);
	if (!sees_all(names, count))
		scan->status = XDC_STATUS_DENIED;
	if (scan->count &&
	    xdc_child_run(scan->count, DEADLINE_MS, PATIENCE, read_maps, answer, scan) < 0)
		scan->status = XDC_STATUS_IO_ERROR;
}

void xdc_tree_tool_processes(const struct xdc_tree *tree, FILE *out)
{
	xdc_autofree struct scan *scan = xdc_zalloc(sizeof(*scan));
	char **names = NULL;
	size_t count = 0;

	scan->tree = tree;
	scan->out = out;
	if (xdc_tree_root_path(tree, scan->root, sizeof(scan->root)) < 0)
		scan->status = XDC_STATUS_IO_ERROR;
	else
		scan->status = xdc_tree_list(tree, "/proc", &names, &count);
	if (scan->status == XDC_STATUS_OK)
		scan_processes(scan, names, count);
	xdc_names_free(names, count);
	if (scan->status == XDC_STATUS_OK)
		fprintf(out, "processes=%zu\n", scan->written);
	else
		xdc_field_write_status(out, "processes", scan->status);
}
