/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "bundle/shapes.h"
#include "unit.h"

/* How much of @text, from its beginning, is of the shape. */
#define assert_shape(shape, text, length)                                                          \
	do {                                                                                       \
		size_t is_ = shape(text, strlen(text));                                            \
		if (is_ != (length))                                                               \
			fail_msg("%s: %zu bytes, not %zu", text, is_, (size_t)(length));           \
	} while (0)

static void assert_ipv4(const char *before, const char *text, size_t length)
{
	char all[128];

	snprintf(all, sizeof(all), "%s%s", before, text);
	if (xdc_shape_ipv4(all, strlen(all), strlen(before)) != length)
		fail_msg("%s%s: not %zu bytes", before, text, length);
}

static void test_mac_addresses(void **state)
{
	static const char *const none[] = {
		"0000:00:02.0",
		"00:1f.0",
		"12:34:56",
		"0003:046D:C52B.0001",
		"8086:29c0",
		"aa:bb:cc:dd:ee",
		"aa.bb.cc.dd.ee.ff",
		"aa:bb:cc:dd:ee:fg",
		"04-01-2014",
		"2026-11-24",
		"",
		"aa",
		"aa:",
		"aa:bb:cc:dd:ee:f",
	};

	(void)state;
	assert_shape(xdc_shape_mac, "52:54:00:12:34:56", 17);
	assert_shape(xdc_shape_mac, "52-54-00-AB-CD-EF rest", 17);
	assert_shape(xdc_shape_mac, "50:00:c5:00:a1:b2:c3:d4,", 23);
	/* What follows is of somebody else; the address is masked all the same. */
	assert_shape(xdc_shape_mac, "52:54:00:12:34:56:7g", 17);
	for (size_t i = 0; i < XDC_ARRAY_SIZE(none); i++)
		assert_shape(xdc_shape_mac, none[i], 0);
}

static void test_uuids(void **state)
{
	(void)state;
	assert_shape(xdc_shape_uuid, "8be4df61-93CA-11d2-aa0d-00e098032b8c", 36);
	assert_shape(xdc_shape_uuid, "8be4df61-93ca-11d2-aa0d-00e098032b8c:01", 36);
	assert_shape(xdc_shape_uuid, "8be4df61-93ca-11d2-aa0d-00e098032b8", 0);
	assert_shape(xdc_shape_uuid, "8be4df61-93ca-11d2-aa0d-00e098032b8c1", 0);
	assert_shape(xdc_shape_uuid, "8be4df61093ca-11d2-aa0d-00e098032b8c", 0);
}

static void test_ipv4_addresses(void **state)
{
	(void)state;
	assert_ipv4("", "8.8.4.4", 7);
	assert_ipv4("server ", "203.0.113.7:443", 11);
	assert_ipv4("http://", "203.0.113.7/x", 11);
	assert_ipv4("", "10.0.0.1-10.0.0.9", 8);
	assert_ipv4("10.0.0.1-", "10.0.0.9", 8);
	assert_ipv4("", "256.1.1.1", 0);
	assert_ipv4("", "1.2.3", 0);
	assert_ipv4("", "1.2.3.4x", 0);
	assert_ipv4("", "1.2.3.1234", 0);
	/* A port of USB; a version, but for what is a private network's. */
	assert_ipv4("1-", "1.2.3.4", 0);
	assert_ipv4("usb 12-", "1.2.3.4", 0);
	assert_ipv4("eth0-", "1.2.3.4", 7);
	assert_ipv4("firmware version ", "1.2.3.4", 0);
	assert_ipv4("FW: ", "20.31.10.14", 0);
	assert_ipv4("version ", "192.168.1.4", 11);
	assert_ipv4("conversion of ", "1.2.3.4", 7);
	/* These are everybody's. */
	assert_ipv4("", "127.0.0.1", 0);
	assert_ipv4("", "0.0.0.0", 0);
	assert_ipv4("", "255.255.255.0", 0);
}

static void test_ipv6_addresses(void **state)
{
	static const char *const none[] = {
		"0000:00:02.0",	      "12:34:56",	   "::",       "::1",  "1::", "0000:00",
		"46D:C52B:1:2:3:4:5", "a:b:c:d:e:f:1:2:3", "fe80:::1", "g::1",
	};

	(void)state;
	assert_shape(xdc_shape_ipv6, "fe80::5054:ff:fe12:3456", 23);
	assert_shape(xdc_shape_ipv6, "2001:db8:0:1:2:3:4:5 and", 20);
	assert_shape(xdc_shape_ipv6, "2001:db8::/32", 10);
	assert_shape(xdc_shape_ipv6, "::ffff:1.2.3.4", 14);
	assert_shape(xdc_shape_ipv6, "fe80::1%eth0", 7);
	assert_shape(xdc_shape_ipv6, "fe80::1.", 7);
	for (size_t i = 0; i < XDC_ARRAY_SIZE(none); i++)
		assert_shape(xdc_shape_ipv6, none[i], 0);
}

static void test_tokens(void **state)
{
	/* Of kernels' and hypervisors' logs: none is anybody's. */
	static const char *const none[] = {
		"__driver_attach_async_helper+0x58/0x100",
		"virtio_pci_modern_probe+0x30/0xb0",
		"deferred_probe_work_func",
		"ffff800080083a20",
		"0x0000000000000000",
		"0000000080000000-00000000dfffffff",
		"CONFIG_ARM_SMMU_V3_SVA_SUPPORT",
		"xen_swiotlb_alloc_coherent",
		"6.12.107+deb13-arm64",
		"4.20.3+127-gc42374a105-0+deb13u1",
		"aarch64-linux-gnu-gcc-14",
		"usb-storage-and-more-of-it",
		"ExtendedConfigASPMClockPMSegments",
		"libxenctrl.so.4.17.0",
		"lsm=lockdown,capability,landlock",
		"nvme_alloc_admin_tag_set+0x12c/0x1a8",
		"d0v1",
		"881590591483",
		"/usr/lib/x86_64-linux-gnu/libxencall.so.1.3",
	};

	(void)state;
	assert_shape(xdc_shape_token, "d5b61c207ed503d6f1d31bb71cf7a67728916640", 40);
	assert_shape(xdc_shape_token, "QWxhZGRpbjpvcGVuIHNlc2FtZQ==", 28);
	assert_shape(xdc_shape_token, "AQBSX2lkAAAAABAAMtx8Z1k0aE9/Xw== rest", 32);
	assert_shape(xdc_shape_token, "eyJhbGciOiJIUzI1NiJ9.eyJzdWIi", 20);
	assert_shape(xdc_shape_token, "q3f8zk1m9x2v7b4n6c5d", 20);
	assert_shape(xdc_shape_token, "ghp_A1b2C3d4E5f6G7h8I9j0", 24);
	for (size_t i = 0; i < XDC_ARRAY_SIZE(none); i++)
		assert_shape(xdc_shape_token, none[i], 0);
}

static void test_domain_names(void **state)
{
	static const char *const none[] = {
		"9050000.smmuv3",
		"kernel.kptr_restrict",
		"1000000.net",
		"iwlwifi-7265D-29.ucode",
		"0000:00:02.0",
		"www.kernel.org",
		"bugs.debian.org",
		"init.rc",
		"com",

		"1.17.0",
		"local",
	};

	(void)state;
	assert_shape(xdc_shape_domain_name, "filer.acme.com not responding", 14);
	assert_shape(xdc_shape_domain_name, "dom0.lan:", 8);
	assert_shape(xdc_shape_domain_name, "notkernel.org", 13);
	for (size_t i = 0; i < XDC_ARRAY_SIZE(none); i++)
		assert_shape(xdc_shape_domain_name, none[i], 0);
}

static void assert_mail(const char *before, const char *text, size_t length)
{
	char all[128];

	snprintf(all, sizeof(all), "%s%s", before, text);
	if (xdc_shape_mail(all, strlen(all), strlen(before)) != length)
		fail_msg("%s%s: not %zu bytes", before, text, length);
}

static void test_mail_addresses(void **state)
{
	(void)state;
	assert_mail("<", "alice.b@acme.example>", 20);
	assert_mail("", "alice@203.0.113.7:/", 17);
	assert_mail("(", "root@build) (gcc", 10);
	assert_mail("", "pcie@10000000", 0);
	assert_mail("(", "cpu@100)", 0);
	assert_mail("", "root@build", 0);
	assert_mail("", "getty@tty1.service", 0);
	assert_mail("(", "debian-kernel@lists.debian.org)", 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mac_addresses),  cmocka_unit_test(test_uuids),
		cmocka_unit_test(test_ipv4_addresses), cmocka_unit_test(test_ipv6_addresses),
		cmocka_unit_test(test_tokens),	       cmocka_unit_test(test_domain_names),
		cmocka_unit_test(test_mail_addresses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
