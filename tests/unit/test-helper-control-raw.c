/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A hypervisor of any version, as far as these calls go, laid out byte by byte. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "helper/control.h"
#include "unit.h"

struct hypervisor {
	uint32_t domctl;
	uint32_t sysctl;
	int refusal; /* -errno with which all calls fail, whatever their version */
	int answer;  /* of an unknown command of the right version */
	struct xdc_domain domains[200];
	size_t n_domains;
	const char *console;
	size_t console_size;
	unsigned int n_calls;
	bool wanders; /* its domain list does not go forward */
	const char *text;
	uint64_t page[XDC_PAGE / 8];
	char buffer[XDC_BUFFER];
};

static uint32_t get32(const void *at)
{
	uint32_t value;

	memcpy(&value, at, sizeof(value));
	return value;
}

static void put(void *at, uint64_t value, size_t size)
{
	memcpy(at, &value, size);
}

static void *pointer(const char *at)
{
	uint64_t value;

	memcpy(&value, at, sizeof(value));
	return (void *)(uintptr_t)value;
}

static int do_physinfo(const struct hypervisor *xen, char *u)
{
	size_t pages = xen->sysctl < 0x15 ? 32 : 40;

	put(u + 8, 4, 4);
	put(u + 28, 1 << 2 | 1 << 5, 4);
	put(u + pages, 0x123456789, 8);
	put(u + pages + 8, 1000, 8);
	return 0;
}

static int do_domains(const struct hypervisor *xen, char *u)
{
	uint16_t first;
	uint32_t done = 0;

	memcpy(&first, u, sizeof(first));
	assert_int_equal(get32(u + 4), 1);
	for (size_t i = 0; i < xen->n_domains && !done; i++) {
		if (xen->domains[i].id < first && !xen->wanders)
			continue;
		put(pointer(u + 8), xen->domains[i].id, 2);
		put((char *)pointer(u + 8) + 4, xen->domains[i].flags, 4);
		done = 1;
	}
	put(u + 16, done, 4);
	return 0;
}

/* read_console_ring(): at most @count bytes from @index on. */
static int do_console(const struct hypervisor *xen, char *u)
{
	uint32_t index = u[1] ? get32(u + 4) : 0, count = get32(u + 16);

	/* Never cleared. */
	assert_int_equal(u[0], 0);
	if (count > xen->console_size - index)
		count = (uint32_t)(xen->console_size - index);
	memcpy(pointer(u + 8), xen->console + index, count);
	put(u + 4, index + count, 4);
	put(u + 16, count, 4);
	return 0;
}

static int call(void *arg, unsigned int op, uint64_t a, uint64_t b)
{
	struct hypervisor *xen = arg;
	char *command = (void *)(uintptr_t)a;

	xen->n_calls++;
	if (xen->refusal)
		return xen->refusal;
	if (op == XDC_HYPERVISOR_xen_version) {
		strcpy((void *)(uintptr_t)b, xen->text);
		return 0;
	}
	if (get32(command + 4) != (op == XDC_HYPERVISOR_domctl ? xen->domctl : xen->sysctl))
		return -EACCES;
	assert_true(op == XDC_HYPERVISOR_sysctl || get32(command) == 0xffff);
	switch (get32(command)) {
	case 1:
		return do_console(xen, command + 8);
	case 3:
		return do_physinfo(xen, command + 8);
	case 6:
		return do_domains(xen, command + 8);
	default:
		return xen->answer;
	}
}

static struct hypervisor *xen_of(uint32_t domctl, uint32_t sysctl)
{
	struct hypervisor *xen = xdc_zalloc(sizeof(*xen));

	xen->domctl = domctl;
	xen->sysctl = sysctl;
	xen->answer = -ENOSYS;
	return xen;
}

static struct xdc_hypercalls calls_to(struct hypervisor *xen)
{
	return (struct xdc_hypercalls){
		.arg = xen,
		.call = call,
		.page = xen->page,
		.buffer = xen->buffer,
		.sysctl = xen->sysctl,
	};
}

static void test_both_versions_are_found(void **state)
{
	(void)state;
	for (uint32_t version = 0x0f; version <= 0x30; version++) {
		xdc_autofree struct hypervisor *xen = xen_of(version, 0x3f - version);
		struct xdc_hypercalls calls = calls_to(xen);
		uint32_t domctl = 0, sysctl = 0;

		assert_int_equal(xdc_probe_interface(&calls, XDC_HYPERVISOR_domctl, &domctl), 0);
		assert_int_equal(xdc_probe_interface(&calls, XDC_HYPERVISOR_sysctl, &sysctl), 0);
		assert_int_equal(domctl, version);
		assert_int_equal(sysctl, 0x3f - version);
	}
}

/* In a domU the version is looked at before the permission (do_sysctl()). */
static void test_any_other_error_is_of_the_right_version(void **state)
{
	static const int answers[] = { -ENOSYS, -EPERM, -ESRCH, -EOPNOTSUPP, 0 };

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(answers); i++) {
		xdc_autofree struct hypervisor *xen = xen_of(0x15, 0x15);
		struct xdc_hypercalls calls = calls_to(xen);
		uint32_t version = 0;

		xen->answer = answers[i];
		assert_int_equal(xdc_probe_interface(&calls, XDC_HYPERVISOR_sysctl, &version), 0);
		assert_int_equal(version, 0x15);
	}
}

/* Who refuses every version did not look at it: privcmd of a restricted domU, or FLASK. */
static void test_a_refusal_of_all_tells_no_version(void **state)
{
	static const int refusals[] = { -EPERM, -EACCES, -ENOSYS };

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(refusals); i++) {
		xdc_autofree struct hypervisor *xen = xen_of(0x15, 0x15);
		struct xdc_hypercalls calls = calls_to(xen);
		uint32_t version = 7;

		xen->refusal = refusals[i];
		assert_int_equal(xdc_probe_interface(&calls, XDC_HYPERVISOR_domctl, &version),
				 refusals[i]);
		assert_int_equal(version, 7);
	}
}

static void test_physinfo_of_each_known_layout(void **state)
{
	(void)state;
	for (uint32_t version = 0x13; version <= 0x16; version++) {
		xdc_autofree struct hypervisor *xen = xen_of(0x15, version);
		struct xdc_hypercalls calls = calls_to(xen);
		struct xdc_control control = xdc_control_raw(&calls);
		struct xdc_physinfo info;

		assert_int_equal(control.physinfo(control.arg, &info), 0);
		assert_int_equal(info.nr_cpus, 4);
		assert_int_equal(info.capabilities,
				 XDC_PHYSCAP_directio | XDC_PHYSCAP_iommu_hap_pt_share);
		assert_true(info.total_pages == 0x123456789);
		assert_true(info.free_pages == 1000);
	}
}

static void test_physinfo_of_an_unknown_layout_is_not_guessed(void **state)
{
	static const uint32_t versions[] = { 0, 0x12, 0x17, 0x30 };

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(versions); i++) {
		xdc_autofree struct hypervisor *xen = xen_of(0x15, versions[i]);
		struct xdc_hypercalls calls = calls_to(xen);
		struct xdc_control control = xdc_control_raw(&calls);
		struct xdc_physinfo info;

		assert_int_equal(control.physinfo(control.arg, &info), -EPROTONOSUPPORT);
		assert_int_equal(xen->n_calls, 0);
	}
}

static void test_domains_one_by_one(void **state)
{
	xdc_autofree struct hypervisor *xen = xen_of(0x15, 0x15);
	struct xdc_hypercalls calls = calls_to(xen);
	struct xdc_control control = xdc_control_raw(&calls);
	struct xdc_domain found[4];

	(void)state;
	xen->domains[0] = (struct xdc_domain){ 0, XDC_DOMINF_running };
	xen->domains[1] = (struct xdc_domain){ 7, XDC_DOMINF_xs_domain };
	xen->domains[2] = (struct xdc_domain){ 0x7fe0, XDC_DOMINF_blocked };
	xen->n_domains = 3;
	assert_int_equal(control.domains(control.arg, 0, found, 4), 3);
	assert_int_equal(found[1].id, 7);
	assert_int_equal(found[1].flags, XDC_DOMINF_xs_domain);
	assert_int_equal(found[2].id, 0x7fe0);
	assert_int_equal(control.domains(control.arg, 0, found, 2), 2);
	assert_int_equal(control.domains(control.arg, 8, found, 2), 1);
	assert_int_equal(control.domains(control.arg, 0x10000, found, 2), 0);
	xen->wanders = true;
	assert_int_equal(control.domains(control.arg, 0, found, 4), -EPROTO);
}

static void test_the_console_in_pieces(void **state)
{
	xdc_autofree struct hypervisor *xen = xen_of(0x15, 0x15);
	struct xdc_hypercalls calls = calls_to(xen);
	struct xdc_control control = xdc_control_raw(&calls);
	uint32_t index = 0;
	char data[8];

	(void)state;
	xen->console = "(XEN) hello";
	xen->console_size = 11;
	assert_int_equal(control.console(control.arg, true, &index, data, 8), 8);
	assert_memory_equal(data, "(XEN) he", 8);
	assert_int_equal(control.console(control.arg, false, &index, data, 8), 3);
	assert_memory_equal(data, "llo", 3);
	assert_int_equal(control.console(control.arg, false, &index, data, 8), 0);
}

static void test_errors_come_through(void **state)
{
	xdc_autofree struct hypervisor *xen = xen_of(0x15, 0x15);
	struct xdc_hypercalls calls = calls_to(xen);
	struct xdc_control control = xdc_control_raw(&calls);
	struct xdc_physinfo info;
	struct xdc_domain domain;
	uint32_t index = 0;
	char data[8];

	(void)state;
	xen->refusal = -EPERM;
	for (int i = 0; i < 2; i++) {
		assert_int_equal(control.physinfo(control.arg, &info), -EPERM);
		assert_int_equal(control.domains(control.arg, 0, &domain, 1), -EPERM);
		assert_int_equal(control.console(control.arg, true, &index, data, 8), -EPERM);
		control = xdc_control_refused(&xen->refusal);
	}
}

static void test_a_text_of_the_version(void **state)
{
	xdc_autofree struct hypervisor *xen = xen_of(0x15, 0x15);
	struct xdc_hypercalls calls = calls_to(xen);
	char text[17];

	(void)state;
	xen->text = ".5";
	assert_int_equal(xdc_version_text(&calls, 1, text, 16), 0);
	assert_text(text, ".5");
	/* One that its hypervisor did not end. */
	xen->text = "0123456789abcdefXX";
	assert_int_equal(xdc_version_text(&calls, 1, text, 16), 0);
	assert_text(text, "0123456789abcdef");
	xen->text = "<denied>";
	assert_int_equal(xdc_version_text(&calls, 1, text, 16), -EPERM);
	xen->refusal = -ENOSYS;
	assert_int_equal(xdc_version_text(&calls, 1, text, 16), -ENOSYS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_both_versions_are_found),
		cmocka_unit_test(test_any_other_error_is_of_the_right_version),
		cmocka_unit_test(test_a_refusal_of_all_tells_no_version),
		cmocka_unit_test(test_physinfo_of_each_known_layout),
		cmocka_unit_test(test_physinfo_of_an_unknown_layout_is_not_guessed),
		cmocka_unit_test(test_domains_one_by_one),
		cmocka_unit_test(test_the_console_in_pieces),
		cmocka_unit_test(test_errors_come_through),
		cmocka_unit_test(test_a_text_of_the_version),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
