/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit.h"

enum { NOBODY = 65534 };

int tmp_setup(void **state)
{
	struct tmp *tmp = xdc_zalloc(sizeof(*tmp));

	strcpy(tmp->base, "/tmp/xdc-unit.XXXXXX");
	if (!mkdtemp(tmp->base))
		return -1;
	/* as_nobody() must be able to get in. */
	if (chmod(tmp->base, 0755) < 0)
		return -1;
	snprintf(tmp->root, sizeof(tmp->root), "%s/root", tmp->base);
	if (mkdir(tmp->root, 0755) < 0)
		return -1;
	tmp->tree.root = open(tmp->root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	tmp->tree.confined = true;
	*state = tmp;
	return tmp->tree.root < 0 ? -1 : 0;
}

/* tmp_forbid() did it; to root it means nothing. */
static int open_directory(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)ftw;
	return type == FTW_DNR ? chmod(path, 0700) : 0;
}

static int remove_entry(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

int tmp_teardown(void **state)
{
	struct tmp *tmp = *state;

	as_before();
	close(tmp->tree.root);
	if (nftw(tmp->base, open_directory, 8, FTW_PHYS) < 0 ||
	    nftw(tmp->base, remove_entry, 8, FTW_DEPTH | FTW_PHYS) < 0)
		return -1;
	free(tmp);
	return 0;
}

/* Where @path of the tree is; its directories are made. */
static void full_path(const struct tmp *tmp, const char *path, char *full, size_t size)
{
	assert_true((size_t)snprintf(full, size, "%s%s", tmp->root, path) < size);
	for (char *slash = full + strlen(tmp->root) + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		if (mkdir(full, 0755) < 0)
			assert_int_equal(errno, EEXIST);
		*slash = '/';
	}
}

void tmp_dir(const struct tmp *tmp, const char *path)
{
	char full[4096];

	full_path(tmp, path, full, sizeof(full));
	if (mkdir(full, 0755) < 0)
		assert_int_equal(errno, EEXIST);
}

void tmp_bytes(const struct tmp *tmp, const char *path, const void *data, size_t size)
{
	char full[4096];
	FILE *file;

	full_path(tmp, path, full, sizeof(full));
	file = fopen(full, "we");
	assert_non_null(file);
	assert_int_equal(fwrite(data, 1, size, file), size);
	assert_int_equal(fclose(file), 0);
}

void tmp_file(const struct tmp *tmp, const char *path, const char *data)
{
	tmp_bytes(tmp, path, data, strlen(data));
}

void tmp_link(const struct tmp *tmp, const char *path, const char *target)
{
	char full[4096];

	full_path(tmp, path, full, sizeof(full));
	assert_int_equal(symlink(target, full), 0);
}

void tmp_fifo(const struct tmp *tmp, const char *path)
{
	char full[4096];

	full_path(tmp, path, full, sizeof(full));
	assert_int_equal(mkfifo(full, 0644), 0);
}

void tmp_sparse(const struct tmp *tmp, const char *path, long long size)
{
	char full[4096];

	tmp_bytes(tmp, path, "", 0);
	full_path(tmp, path, full, sizeof(full));
	assert_int_equal(truncate(full, (off_t)size), 0);
}

void tmp_forbid(const struct tmp *tmp, const char *path)
{
	char full[4096];

	full_path(tmp, path, full, sizeof(full));
	assert_int_equal(chmod(full, 0), 0);
}

bool as_nobody(void)
{
	return geteuid() != 0 || seteuid(NOBODY) == 0;
}

void as_before(void)
{
	if (geteuid() != getuid())
		assert_int_equal(seteuid(getuid()), 0);
}

struct xdc_evidence *tmp_ask(const struct tmp *tmp, enum xdc_request_type type, const char *subject,
			     size_t limit)
{
	const struct xdc_request request = { .type = type, .subject = subject, .limit = limit };
	struct xdc_evidence *evidence = xdc_evidence_new();

	xdc_tree_ask(&tmp->tree, &request, xdc_evidence_add, evidence);
	return evidence;
}
