/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "unit.h"

#include "bundle/bundle.h"
#include "machines.h"
#include "source/source.h"

static ssize_t next_bytes(void *arg, const void **ret_bytes)
{
	static char buffer[64 << 10];

	*ret_bytes = buffer;
	return read(*(int *)arg, buffer, sizeof(buffer));
}

static struct xdc_evidence *load(const char *path)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_autofree char *error = NULL;
	const struct xdc_archive *archive = xdc_archive_load(&error);
	xdc_autoclose int fd = -1;

	if (!archive || xdc_user_file_open(path, &fd, &error) < 0 ||
	    xdc_bundle_read(archive, next_bytes, &fd, xdc_evidence_add, evidence, &error) < 0)
		fail_msg("%s: %s", path, error);
	return evidence;
}

void for_each_machine(const char *dir,
		      void (*each)(const char *name, const struct xdc_evidence *evidence))
{
	xdc_autofree char *pattern = NULL;
	glob_t found;

	assert_true(asprintf(&pattern, "%s/*/bundle.tar.zst", dir) > 0);
	assert_int_equal(glob(pattern, 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		struct xdc_evidence *evidence = load(found.gl_pathv[i]);
		char *name = found.gl_pathv[i] + strlen(dir) + 1;

		name[strcspn(name, "/")] = '\0';
		each(name, evidence);
		xdc_evidence_free(evidence);
	}
	globfree(&found);
}
