/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#include "machines.h"
#include "source/source.h"

static struct xdc_evidence *load(const char *path)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	struct xdc_arena *arena = xdc_arena_new();
	xdc_autofree char *text = NULL, *message = NULL;
	const char *error = "";
	size_t size;

	if (xdc_read_user_file(path, &text, &size, &message) < 0)
		fail_msg("%s: %s", path, message);
	if (xdc_records_parse(arena, text, size, xdc_evidence_add, evidence, &error) < 0)
		fail_msg("%s: %s", path, error);
	xdc_arena_free(arena);
	return evidence;
}

void for_each_machine(const char *dir,
		      void (*each)(const char *name, const struct xdc_evidence *evidence))
{
	xdc_autofree char *pattern = NULL;
	glob_t found;

	assert_true(asprintf(&pattern, "%s/*/recording.xdc", dir) > 0);
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
