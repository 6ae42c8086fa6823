/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* lib/model/host.c: versions, options and what else is read from text. */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

/* The host that one record and an ordinary arm64 dom0 give. */
struct made {
	struct xdc_evidence *evidence;
	struct xdc_model *model;
};

static const struct xdc_host *make_host(struct made *made, const char *key, enum xdc_status status,
					const char *data)
{
	made->evidence = evidence_with(key, status, data);
	add_arm64_dom0(made->evidence, "6.1.0");
	made->model = xdc_model_new(made->evidence);
	return &made->model->host;
}

static void drop(struct made *made)
{
	xdc_model_free(made->model);
	xdc_evidence_free(made->evidence);
}

static void test_the_kernel_s_version_is_read_from_its_release(void **state)
{
	static const struct {
		const char *release;
		bool known;
		unsigned int major, minor;
	} cases[] = {
		{ "6.1.0-50-arm64", true, 6, 1 },
		{ "6.12-rc1", true, 6, 12 },
		{ "5.10.262", true, 5, 10 },
		{ "7.1", true, 7, 1 },
		{ "6", false, 0, 0 },
		{ "6.", false, 0, 0 },
		{ "6.x", false, 0, 0 },
		{ "v6.1", false, 0, 0 },
		{ "", false, 0, 0 },
		{ "-6.1", false, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(cases); i++) {
		const struct xdc_host *host;
		struct made made;
		char uname[64];

		snprintf(uname, sizeof(uname), "release=%s\nmachine=aarch64\n", cases[i].release);
		host = make_host(&made, "uname", XDC_STATUS_OK, uname);
		assert_int_equal(host->kernel_version.known, cases[i].known);
		if (cases[i].known) {
			assert_int_equal(host->kernel_version.major, cases[i].major);
			assert_int_equal(host->kernel_version.minor, cases[i].minor);
		}
		drop(&made);
	}
}

static void test_versions_compare_by_number(void **state)
{
	const struct xdc_version version = { 6, 9, true }, unknown = { 0 };

	(void)state;
	assert_int_equal(xdc_version_at_least(version, 6, 9), XDC_YES);
	assert_int_equal(xdc_version_at_least(version, 6, 8), XDC_YES);
	assert_int_equal(xdc_version_at_least(version, 5, 19), XDC_YES);
	assert_int_equal(xdc_version_at_least(version, 6, 12), XDC_NO);
	assert_int_equal(xdc_version_at_least(version, 7, 0), XDC_NO);
	assert_int_equal(xdc_version_at_least(unknown, 0, 0), XDC_UNKNOWN);
}

static void test_the_version_of_xen_has_the_vendor_s_end(void **state)
{
	const struct xdc_host *host;
	struct made made;

	(void)state;
	host = make_host(&made, "file:/sys/hypervisor/version/extra", XDC_STATUS_OK,
			 ".5-pre-ubuntu1\n");
	assert_text(host->xen, "4.17.5-pre-ubuntu1");
	assert_int_equal(xdc_version_at_least(host->xen_version, 4, 17), XDC_YES);
	assert_int_equal(xdc_version_at_least(host->xen_version, 4, 18), XDC_NO);
	drop(&made);
	/* What Xen's security module lets a guest see. */
	host = make_host(&made, "file:/sys/hypervisor/version/extra", XDC_STATUS_OK, "<denied>\n");
	assert_text(host->xen, "4.17");
	drop(&made);
	host = make_host(&made, "file:/sys/hypervisor/version/minor", XDC_STATUS_DENIED, "");
	assert_null(host->xen);
	assert_false(host->xen_version.known);
	drop(&made);
	host = make_host(&made, "file:/sys/hypervisor/version/major", XDC_STATUS_OK, "four\n");
	assert_false(host->xen_version.known);
	drop(&made);
}

static void test_lockdown_is_the_mode_in_brackets(void **state)
{
	static const struct {
		const char *text;
		const char *mode;
	} cases[] = {
		{ "none [integrity] confidentiality\n", "integrity" },
		{ "[none] integrity confidentiality\n", "none" },
		{ "none integrity\n", NULL },
		{ "none [integrity\n", NULL },
		{ "]none[\n", NULL },
		{ "", NULL },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(cases); i++) {
		struct made made;
		const struct xdc_host *host = make_host(&made, "file:/sys/kernel/security/lockdown",
							XDC_STATUS_OK, cases[i].text);

		if (cases[i].mode)
			assert_text(host->lockdown, cases[i].mode);
		else
			assert_null(host->lockdown);
		drop(&made);
	}
}

static void test_a_build_option_is_found_whole(void **state)
{
	static const char config[] = "#\n# CONFIG_OFF is not set\nCONFIG_XEN_VIRTIO_FORCE=n\n"
				     "CONFIG_XEN_VIRTIO=y\nCONFIG_NVME=m\n"
				     "CONFIG_CMDLINE=\"CONFIG_FAKE=y\"\n";
	const struct xdc_host *host;
	struct made made;

	(void)state;
	host = make_host(&made, "kernel-config", XDC_STATUS_OK, config);
	assert_int_equal(xdc_host_config(host, "XEN_VIRTIO"), 'y');
	assert_int_equal(xdc_host_config(host, "NVME"), 'm');
	assert_int_equal(xdc_host_config(host, "OFF"), 'n');
	assert_int_equal(xdc_host_config(host, "NOWHERE"), 'n');
	assert_int_equal(xdc_host_config(host, "XEN"), 'n');
	assert_int_equal(xdc_host_config(host, "FAKE"), 'n');
	drop(&made);
	host = make_host(&made, "kernel-config", XDC_STATUS_ABSENT, "");
	assert_int_equal(xdc_host_config(host, "XEN_VIRTIO"), 0);
	drop(&made);
}

static void test_an_option_behind_the_cut_is_not_known(void **state)
{
	const struct xdc_host *host;
	struct made made;

	(void)state;
	host = make_host(&made, "kernel-config", XDC_STATUS_TRUNCATED, "CONFIG_XEN=y\nCONFIG_X");
	assert_int_equal(xdc_host_config(host, "XEN"), 'y');
	assert_int_equal(xdc_host_config(host, "XEN_VIRTIO"), 0);
	drop(&made);
}

static void test_an_option_of_the_command_line_is_a_word(void **state)
{
	const struct xdc_host *host;
	struct made made;

	(void)state;
	host = make_host(&made, "file:/proc/cmdline", XDC_STATUS_OK,
			 "root=/dev/sda1 iommu=soft quiet\n");
	assert_int_equal(xdc_host_has_option(host, "iommu=soft"), XDC_YES);
	assert_int_equal(xdc_host_has_option(host, "quiet"), XDC_YES);
	assert_int_equal(xdc_host_has_option(host, "iommu"), XDC_NO);
	drop(&made);
	host = make_host(&made, "file:/proc/cmdline", XDC_STATUS_DENIED, "");
	assert_int_equal(xdc_host_has_option(host, "quiet"), XDC_UNKNOWN);
	drop(&made);
}

static void test_only_the_dma_domains_translate(void **state)
{
	(void)state;
	assert_int_equal(xdc_domain_translates("DMA"), XDC_YES);
	assert_int_equal(xdc_domain_translates("DMA-FQ"), XDC_YES);
	assert_int_equal(xdc_domain_translates("identity"), XDC_NO);
	assert_int_equal(xdc_domain_translates("blocked"), XDC_NO);
	assert_int_equal(xdc_domain_translates("unmanaged"), XDC_NO);
	assert_int_equal(xdc_domain_translates("unknown"), XDC_UNKNOWN);
	assert_int_equal(xdc_domain_translates(NULL), XDC_UNKNOWN);
}

/* All of these come from a recording that anybody may have written. */
static void test_text_of_the_hypervisor_is_made_safe(void **state)
{
	const struct xdc_host *host;
	struct made made;

	(void)state;
	host = make_host(&made, "file:/sys/hypervisor/version/extra", XDC_STATUS_OK,
			 ".5\x1b[31m\n");
	assert_true(is_harmless(host->xen));
	drop(&made);
	host = make_host(&made, "file:/proc/cmdline", XDC_STATUS_OK, "quiet \x1b[31m\xff\n");
	assert_text(host->command_line, "quiet \\x1b[31m\\xff");
	drop(&made);
	host = make_host(&made, "file:/sys/kernel/security/lockdown", XDC_STATUS_OK,
			 "[\x1b[31m]\n");
	assert_true(is_harmless(host->lockdown));
	drop(&made);
}

static void test_text_of_the_kernel_is_made_safe(void **state)
{
	const struct xdc_host *host;
	struct made made;

	(void)state;
	host = make_host(&made, "uname", XDC_STATUS_OK,
			 "release=6.1\\x1b[31m\nmachine=aarch64\\xff\n");
	assert_text(host->kernel, "6.1\\x1b[31m");
	assert_text(host->machine, "aarch64\\xff");
	drop(&made);
}

/* The time of a recording, as its fields give it; -1: not known. */
static int64_t recorded(const char *fields)
{
	xdc_autoevidence struct xdc_evidence *evidence =
		evidence_with("recorded", XDC_STATUS_OK, fields);
	xdc_automodel struct xdc_model *model = xdc_model_new(evidence);

	return model->host.recorded;
}

static void test_the_time_of_a_recording_is_a_number_of_seconds(void **state)
{
	(void)state;
	assert_int_equal(recorded("time=1700000000\nversion=1\n"), 1700000000);
	assert_int_equal(recorded("time=0\n"), 0);
	assert_int_equal(recorded("version=1\n"), -1);
	assert_int_equal(recorded("time=-1\n"), -1);
	assert_int_equal(recorded("time=now\n"), -1);
	/* The year 10000, and what no type holds. */
	assert_int_equal(recorded("time=253402300800\n"), -1);
	assert_int_equal(recorded("time=99999999999999999999\n"), -1);
}

static void test_the_host_has_the_name_that_uname_gave(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence =
		evidence_with("uname", XDC_STATUS_OK, "release=6.1.0\nnodename=a\\x1b\n");
	xdc_automodel struct xdc_model *model = xdc_model_new(evidence);

	(void)state;
	assert_text(model->host.name, "a\\x1b");
	assert_int_equal(model->host.recorded, -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_time_of_a_recording_is_a_number_of_seconds),
		cmocka_unit_test(test_the_host_has_the_name_that_uname_gave),
		cmocka_unit_test(test_the_kernel_s_version_is_read_from_its_release),
		cmocka_unit_test(test_versions_compare_by_number),
		cmocka_unit_test(test_the_version_of_xen_has_the_vendor_s_end),
		cmocka_unit_test(test_lockdown_is_the_mode_in_brackets),
		cmocka_unit_test(test_a_build_option_is_found_whole),
		cmocka_unit_test(test_an_option_behind_the_cut_is_not_known),
		cmocka_unit_test(test_an_option_of_the_command_line_is_a_word),
		cmocka_unit_test(test_only_the_dma_domains_translate),
		cmocka_unit_test(test_text_of_the_hypervisor_is_made_safe),
		cmocka_unit_test(test_text_of_the_kernel_is_made_safe),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
