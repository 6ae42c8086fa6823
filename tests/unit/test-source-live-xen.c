/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "source/child.h"
#include "source/providers.h"
#include "unit.h"

enum { DEADLINE_MS = 300 };

static struct xdc_evidence *ask(const char *script)
{
	char path[] = "/tmp/helper-XXXXXX";
	const struct xdc_live_options options = { .helper = path, .timeout_ms = DEADLINE_MS };
	struct xdc_evidence *evidence = xdc_evidence_new();
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(fchmod(fd, 0700), 0);
	dprintf(fd, "#!/bin/sh\nprintf 'xen-dmacheck-records 1\\n'\n%s\n", script);
	close(fd);
	xdc_live_answer(xdc_live_ask_xen(&options), xdc_evidence_add, evidence);
	unlink(path);
	return evidence;
}

static void assert_status(const struct xdc_evidence *evidence, const char *key,
			  enum xdc_status status)
{
	const struct xdc_record *record = xdc_evidence_find(evidence, key);

	assert_non_null(record);
	assert_text(xdc_status_name(record->status), xdc_status_name(status));
}

static void test_an_answer_stands_as_it_is(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence =
		ask("[ \"$*\" = 'all 300' ] || exit 3\n"
		    "printf 'xen\\tabsent\\tlib\\tno module\\t0\\n\\n'\n"
		    "printf 'xenstore\\tok\\tlib\\t\\t0\\n\\nend\\t2\\n'");

	(void)state;
	assert_int_equal(xdc_evidence_count(evidence), 2);
	assert_status(evidence, "xen", XDC_STATUS_ABSENT);
	assert_status(evidence, "xenstore", XDC_STATUS_OK);
}

static void test_what_is_missing_of_an_answer_is_told(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence =
		ask("printf 'xen:version\\tok\\tlib\\t\\t1\\n1\\n'\nkill -ABRT $$");

	(void)state;
	assert_int_equal(xdc_evidence_count(evidence), 10);
	assert_status(evidence, "xen:version", XDC_STATUS_OK);
	assert_status(evidence, "xen", XDC_STATUS_IO_ERROR);
	assert_status(evidence, "xen:console", XDC_STATUS_IO_ERROR);
	assert_status(evidence, "xenstore", XDC_STATUS_IO_ERROR);
	assert_contains(xdc_evidence_find(evidence, "xen")->detail, "Aborted");
}

static void test_a_xenstore_that_hangs_takes_nothing_of_the_hypervisor(void **state)
{
	long long begin = xdc_now_ms();
	xdc_autoevidence struct xdc_evidence *evidence =
		ask("printf 'xen:version\\tok\\tlib\\t\\t1\\n1\\nxen\\tok\\tlib\\t\\t0\\n\\n'\n"
		    "echo waiting for an answer from xenstored >&2\nexec sleep 5");

	(void)state;
	assert_true(xdc_now_ms() - begin < 3 * DEADLINE_MS);
	/* The hypervisor's answer was whole: what it does not have is not missing. */
	assert_int_equal(xdc_evidence_count(evidence), 6);
	assert_status(evidence, "xen", XDC_STATUS_OK);
	assert_status(evidence, "xenstore", XDC_STATUS_TIMEOUT);
	assert_status(evidence, "xenstore:/local/domain/0/backend", XDC_STATUS_TIMEOUT);
	assert_contains(xdc_evidence_find(evidence, "xenstore")->detail, "from xenstored");
}

static void test_without_a_helper_all_is_unsupported(void **state)
{
	const struct xdc_live_options options = { .helper = "/no/such/helper" };
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();

	(void)state;
	xdc_live_answer(xdc_live_ask_xen(&options), xdc_evidence_add, evidence);
	assert_status(evidence, "xen", XDC_STATUS_UNSUPPORTED);
	assert_status(evidence, "xenstore", XDC_STATUS_UNSUPPORTED);
	assert_contains(xdc_evidence_find(evidence, "xen")->detail, "/no/such/helper: No such");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_an_answer_stands_as_it_is),
		cmocka_unit_test(test_what_is_missing_of_an_answer_is_told),
		cmocka_unit_test(test_a_xenstore_that_hangs_takes_nothing_of_the_hypervisor),
		cmocka_unit_test(test_without_a_helper_all_is_unsupported),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
