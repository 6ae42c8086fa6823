/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "unit-log.h"

static void versions_are_read_where_they_stand(void **state)
{
	const struct xdc_log_facts *facts =
		&log_read(*state, "[ 0.0] Linux version 6.6.41 (builder)\n"
				  "(XEN) Xen version 4.17.3 (Debian)\n"
				  "[ 0.0] Linux version 5.10.0\n")
			 ->facts;

	assert_int_equal(facts->kernel_version[0], 6);
	assert_int_equal(facts->kernel_version[1], 6);
	assert_int_equal(facts->xen_version[1], 17);
	assert_int_equal(facts->xen.line, 2);
	assert_int_equal(facts->on_xen.value, XDC_YES);
}

static void other_words_for_a_version(void **state)
{
	const struct xdc_log_facts *facts =
		&log_read(*state, "[ 0.0] Xen 4.18 support found\n"
				  "CPU: 0 PID: 47 Comm: x Not tainted 6.12.107+deb13-arm64 #1\n")
			 ->facts;

	assert_int_equal(facts->xen_version[1], 18);
	assert_int_equal(facts->kernel_version[1], 12);
}

static void what_is_no_version_is_none(void **state)
{
	const struct xdc_log_facts *facts =
		&log_read(*state,
			  "(XEN) CPU: 1 Not tainted ]----\nLinux version \nXen version: x.y\n")
			 ->facts;

	assert_null(facts->kernel.text);
	assert_null(facts->xen.text);
	assert_int_equal(facts->on_xen.value, XDC_NO);
	assert_null(facts->on_xen.text);
}

static void the_iommu_the_user_and_the_rest(void **state)
{
	const struct xdc_log_facts *facts =
		&log_read(*state, "(XEN) I/O virtualisation disabled\n"
				  "uid=1000(user) gid=1000(user) groups=1000(user)\n"
				  "Kernel is locked down from EFI\n"
				  "(XEN) Allocating 1:1 mappings totalling 2048MB for dom0:\n"
				  "[ 0.2] Hypervisor detected: KVM\n")
			 ->facts;

	assert_int_equal(facts->xen_iommu.value, XDC_NO);
	assert_non_null(facts->xen_iommu.text);
	assert_int_equal(facts->root.value, XDC_NO);
	assert_int_equal(facts->lockdown.value, XDC_YES);
	assert_int_equal(facts->direct_mapped.value, XDC_YES);
	assert_int_equal(facts->on_xen.value, XDC_NO);
	assert_non_null(facts->on_xen.text);
}

static void virt_caps_tell_of_the_iommu(void **state)
{
	assert_int_equal(log_read(*state, "virt_caps              : hvm hvm_directio\n")
				 ->facts.xen_iommu.value,
			 XDC_YES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		log_test(versions_are_read_where_they_stand),
		log_test(other_words_for_a_version),
		log_test(what_is_no_version_is_none),
		log_test(the_iommu_the_user_and_the_rest),
		log_test(virt_caps_tell_of_the_iommu),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
