/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#define BOOT	"0123456789abcdef0123456789abcdef"
#define EARLIER "fedcba9876543210fedcba9876543210"
#define LOG	"log:/var/log/kern.log"
#define LOST	"boot_id=" BOOT "\nring=lost\njournal!absent\n"

/* As rsyslog writes it now, and wrote it before. */
#define LINE(time, text)     "2026-03-01T12:00:00.123456+00:00 host kernel: [" time "] " text "\n"
#define OLD_LINE(time, text) "Mar  1 12:00:00 host kernel: [" time "] " text "\n"
#define START(release)                                                                             \
	LINE("    0.000000", "Linux version " release " (debian-kernel@lists.debian.org) (gcc)")
#define WITNESS LINE("   90.000001", "random: crng init done")
#define FAILED	LINE("    2.500000", "ahci: probe of 0000:00:02.0 failed with error -5")
#define OTHER	LINE("    2.500000", "ahci: probe of 0000:00:02.0 failed with error -22")

/* The ring begins late in this boot. */
#define RING "6,900,90000001,-;random: crng init done\n6,901,91000000,-;x\n"

/* A machine on which the function 0000:00:02.0 has no driver. */
static struct xdc_model *model_of(struct xdc_evidence *evidence)
{
	add_record(evidence, "kmsg", XDC_STATUS_OK, RING);
	add_record(evidence, "logs", XDC_STATUS_OK, LOST);
	add_pci(evidence, "0000:00:02.0", "class=0x010601\n");
	add_arm64_dom0(evidence, "6.1.0-50-arm64");
	return xdc_model_new(evidence);
}

/* The probe's reason as the model has it from @evidence, which this releases; "" for none. */
static void assert_reason(struct xdc_evidence *evidence, const char *part, const char *key)
{
	xdc_autoevidence struct xdc_evidence *own = evidence;
	xdc_automodel struct xdc_model *model = model_of(own);
	const struct xdc_device *device = device_of(model, "0000:00:02.0");

	if (!part) {
		assert_int_equal(device->probe, XDC_PROBE_NEVER);
		assert_null(device->probe_reason);
		return;
	}
	assert_int_equal(device->probe, XDC_PROBE_FAILED);
	assert_contains(device->probe_reason, part);
	assert_string_equal(device->probe_evidence, key);
}

static struct xdc_evidence *log_of(enum xdc_status status, const char *text)
{
	return evidence_with(LOG, status, text);
}

static void test_kern_log_has_what_the_ring_has_lost(void **state)
{
	(void)state;
	assert_reason(log_of(XDC_STATUS_OK, START("6.1.0-50-arm64") FAILED WITNESS),
		      "failed with error -5", LOG);
	/* Its end is there, and the start is in that. */
	assert_reason(log_of(XDC_STATUS_TRUNCATED, START("6.1.0-50-arm64") FAILED WITNESS),
		      "failed with error -5", LOG);
	assert_reason(log_of(XDC_STATUS_OK,
			     OLD_LINE("    0.000000", "Linux version 6.1.0-50-arm64 (x)") OLD_LINE(
				     "    2.5", "ahci: probe of 0000:00:02.0 failed with error -5")
				     OLD_LINE("   90.000001", "random: crng init done")),
		      "failed with error -5", LOG);
}

/* Only what is behind the last start: an earlier boot failed of something else. */
static void test_an_earlier_boot_s_failure_is_no_reason(void **state)
{
	(void)state;
	assert_reason(log_of(XDC_STATUS_OK,
			     START("6.1.0-50-arm64") OTHER START("6.1.0-50-arm64") WITNESS),
		      NULL, NULL);
	assert_reason(log_of(XDC_STATUS_OK,
			     START("6.1.0-50-arm64") OTHER START("6.1.0-50-arm64") FAILED WITNESS),
		      "failed with error -5", LOG);
}

/* Nothing of this boot is in it: syslog has not run since. */
static void test_a_log_that_lacks_the_ring_s_messages_is_of_another_boot(void **state)
{
	(void)state;
	assert_reason(log_of(XDC_STATUS_OK, START("6.1.0-50-arm64") FAILED), NULL, NULL);
	/* The same words at another time. */
	assert_reason(log_of(XDC_STATUS_OK, START("6.1.0-50-arm64") FAILED LINE(
						    "   80.000001", "random: crng init done")),
		      NULL, NULL);
}

static void test_a_log_of_another_kernel_is_of_another_boot(void **state)
{
	(void)state;
	assert_reason(log_of(XDC_STATUS_OK, START("6.1.0-49-arm64") FAILED WITNESS), NULL, NULL);
	assert_reason(log_of(XDC_STATUS_OK, START("6.1.0-50-arm64-rt") FAILED WITNESS), NULL, NULL);
}

/* A start that somebody quotes is none, nor is one at another time. */
static void test_a_start_is_the_kernel_s_first_message(void **state)
{
	(void)state;
	assert_reason(log_of(XDC_STATUS_OK, FAILED WITNESS), NULL, NULL);
	assert_reason(log_of(XDC_STATUS_OK,
			     LINE("    3.000000", "Linux version 6.1.0-50-arm64 ") FAILED WITNESS),
		      NULL, NULL);
	assert_reason(log_of(XDC_STATUS_OK, LINE("    0.000000", "x Linux version 6.1.0-50-arm64 ")
						    FAILED WITNESS),
		      NULL, NULL);
	assert_reason(log_of(XDC_STATUS_OK,
			     START("6.1.0-50-arm64")
				     FAILED LINE("    3.000000", "Linux version 5.10.0 x") WITNESS),
		      "failed with error -5", LOG);
}

/* logrotate came in the middle of this boot. */
static void test_a_boot_may_be_in_several_files(void **state)
{
	static const char older[] = START("6.1.0-50-arm64") OTHER START("6.1.0-50-arm64") FAILED;
	struct xdc_evidence *evidence = log_of(XDC_STATUS_OK, WITNESS);

	(void)state;
	add_record(evidence, LOG ".1", XDC_STATUS_TRUNCATED, older);
	assert_reason(evidence, "failed with error -5", LOG ".1");
	evidence = log_of(XDC_STATUS_OK, WITNESS);
	add_record(evidence, LOG ".1.gz", XDC_STATUS_OK, LINE("   80.0", "x"));
	add_record(evidence, LOG ".2.gz", XDC_STATUS_OK, older);
	assert_reason(evidence, "failed with error -5", LOG ".2.gz");
	/* The newest file's word about a device is the last. */
	evidence = log_of(XDC_STATUS_OK, OTHER WITNESS);
	add_record(evidence, LOG ".1", XDC_STATUS_OK, older);
	assert_reason(evidence, "failed with error -22", LOG);
}

/* In what is missing between two files, another boot may have begun. */
static void test_a_gap_ends_the_search(void **state)
{
	static const char older[] = START("6.1.0-50-arm64") FAILED;
	struct xdc_evidence *evidence = log_of(XDC_STATUS_TRUNCATED, WITNESS);

	(void)state;
	add_record(evidence, LOG ".1", XDC_STATUS_OK, older);
	assert_reason(evidence, NULL, NULL);
	evidence = log_of(XDC_STATUS_OK, WITNESS);
	add_record(evidence, LOG ".1.gz", XDC_STATUS_TRUNCATED, older);
	assert_reason(evidence, NULL, NULL);
	evidence = log_of(XDC_STATUS_OK, WITNESS);
	add_record(evidence, LOG ".2.gz", XDC_STATUS_OK, older);
	assert_reason(evidence, NULL, NULL);
}

/* A whole ring lacks nothing, and the journal knows its boots by their IDs. */
static void test_kern_log_is_the_last_to_be_asked(void **state)
{
	static const char text[] = START("6.1.0-50-arm64") OTHER WITNESS;
	struct xdc_evidence *evidence = log_of(XDC_STATUS_OK, text);

	(void)state;
	add_record(evidence, "logs", XDC_STATUS_OK, "boot_id=" BOOT "\nring=whole\n");
	assert_reason(evidence, NULL, NULL);
	evidence = log_of(XDC_STATUS_OK, text);
	add_record(evidence, "log:journal:" BOOT, XDC_STATUS_OK,
		   "6,1,2500000,-;ahci: probe of 0000:00:02.0 failed with error -5\n");
	assert_reason(evidence, "failed with error -5", "log:journal:" BOOT);
	/* Of another boot, the journal has nothing to say about this one. */
	evidence = log_of(XDC_STATUS_ABSENT, "");
	add_record(evidence, "log:journal:" EARLIER, XDC_STATUS_OK,
		   "6,1,2500000,-;ahci: probe of 0000:00:02.0 failed with error -5\n");
	assert_reason(evidence, NULL, NULL);
}

/* syslogd writes a tab as "#011". */
static void test_an_smmu_s_words_are_read_from_kern_log(void **state)
{
	static const char text[] = START("6.1.0-50-arm64")
		LINE("    3.1", "arm-smmu-v3 9050000.smmuv3: event 0x10 received:")
			LINE("    3.1", "arm-smmu-v3 9050000.smmuv3: #0110x0000001000000010")
				LINE("    3.1", "arm-smmu-v3 9050000.smmuv3: #0110x0")
					LINE("    3.1", "arm-smmu-v3 9050000.smmuv3: #0110x1000")
						LINE("    3.1",
						     "arm-smmu-v3 9050000.smmuv3: #0110x0") WITNESS;
	xdc_autoevidence struct xdc_evidence *evidence = log_of(XDC_STATUS_OK, text);
	xdc_automodel struct xdc_model *model = NULL;

	(void)state;
	add_board(evidence);
	model = model_of(evidence);
	assert_non_null(device_of(model, "0000:00:02.0")->iommu_event);
	assert_int_equal(device_of(model, "0000:00:02.0")->iommu_event->address, 0x1000);
	assert_string_equal(device_of(model, "0000:00:02.0")->iommu_event->evidence, LOG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kern_log_has_what_the_ring_has_lost),
		cmocka_unit_test(test_an_earlier_boot_s_failure_is_no_reason),
		cmocka_unit_test(test_a_log_that_lacks_the_ring_s_messages_is_of_another_boot),
		cmocka_unit_test(test_a_log_of_another_kernel_is_of_another_boot),
		cmocka_unit_test(test_a_start_is_the_kernel_s_first_message),
		cmocka_unit_test(test_a_boot_may_be_in_several_files),
		cmocka_unit_test(test_a_gap_ends_the_search),
		cmocka_unit_test(test_kern_log_is_the_last_to_be_asked),
		cmocka_unit_test(test_an_smmu_s_words_are_read_from_kern_log),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
