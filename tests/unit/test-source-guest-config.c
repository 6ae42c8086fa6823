/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The helper here is a script; the real one is held against real configurations in tests/cli. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit.h"

static void run(const struct tmp *tmp, const char *script, int fd, struct xdc_evidence *evidence)
{
	char helper[128];
	const struct xdc_live_options options = { .config_helper = helper, .directory = "/d" };

	snprintf(helper, sizeof(helper), "%s/helper", tmp->root);
	if (script) {
		tmp_file(tmp, "/helper", script);
		assert_int_equal(chmod(helper, 0755), 0);
	}
	xdc_guest_config_finish(xdc_guest_config_start(&options, fd, "g.cfg", 3), xdc_evidence_add,
				evidence);
}

static int open_file(const struct tmp *tmp, const char *path)
{
	int fd = xdc_tree_open(&tmp->tree, path, O_RDONLY);

	assert_true(fd >= 0);
	return fd;
}

static void test_the_helper_gets_the_bytes_and_its_keys_a_number(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
	const struct xdc_record *record;
	xdc_autoclose int fd = -1;

	tmp_file(tmp, "/g.cfg", "name=g\n");
	fd = open_file(tmp, "/g.cfg");
	run(tmp,
	    "#!/bin/sh\nprintf 'xen-dmacheck-records 1\\n'\n"
	    "text=$(cat)\nprintf 'guest:values\\tok\\t%s\\t\\t%d\\n%s\\n' \"$1\" ${#text} "
	    "\"$text\"\n"
	    "printf 'guest\\tok\\t\\t\\t0\\n\\nend\\t2\\n'\n",
	    fd, evidence);
	record = xdc_evidence_find(evidence, "guest:3:values");
	assert_non_null(record);
	assert_string_equal(record->data, "name=g");
	assert_string_equal(record->origin, "g.cfg");
	assert_int_equal(xdc_evidence_find(evidence, "guest:3")->status, XDC_STATUS_OK);
	assert_string_equal(xdc_evidence_find(evidence, "guest:3:directory")->data, "/d");
}

static void test_how_it_fails_is_the_status(void **state)
{
	static const struct {
		const char *script;
		enum xdc_status status;
	} cases[] = {
		{ NULL, XDC_STATUS_UNSUPPORTED }, /* not there */
		{ "#!/bin/sh\nexit 127\n", XDC_STATUS_UNSUPPORTED },
		{ "#!/bin/sh\nexit 1\n", XDC_STATUS_IO_ERROR },
		{ "#!/bin/sh\nkill -SEGV $$\n", XDC_STATUS_IO_ERROR },
		{ "#!/bin/sh\necho nonsense\n", XDC_STATUS_IO_ERROR },
		{ "#!/bin/sh\nprintf 'xen-dmacheck-records 1\\nend\\t0\\n'\n",
		  XDC_STATUS_IO_ERROR },
	};
	const struct tmp *tmp = *state;

	tmp_file(tmp, "/g.cfg", "name=g\n");
	for (size_t i = 0; i < XDC_ARRAY_SIZE(cases); i++) {
		xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
		xdc_autoclose int fd = open_file(tmp, "/g.cfg");

		run(tmp, cases[i].script, fd, evidence);
		assert_int_equal(xdc_evidence_find(evidence, "guest:3")->status, cases[i].status);
	}
}

static void test_what_is_too_large_is_not_passed_on(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_autoclose int fd = -1;

	tmp_sparse(tmp, "/g.cfg", 100 << 20);
	fd = open_file(tmp, "/g.cfg");
	run(tmp, "#!/bin/sh\nexit 1\n", fd, evidence);
	assert_int_equal(xdc_evidence_find(evidence, "guest:3")->status, XDC_STATUS_TRUNCATED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		tree_test(test_the_helper_gets_the_bytes_and_its_keys_a_number),
		tree_test(test_how_it_fails_is_the_status),
		tree_test(test_what_is_too_large_is_not_passed_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
