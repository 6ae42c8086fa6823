/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit-mask.h"

#define KERN_LOG "log:/var/log/kern.log"
#define CONSOLE	 "xen:console"

static void test_headers_and_devices_stay(void **state)
{
	static const char log[] = "6,339,1284451,-;pci 0000:00:02.0: BAR 0\n"
				  " SUBSYSTEM=pci\n DEVICE=+pci:0000:00:02.0\n"
				  "4,123456789,9876543210,c,caller=T1;\\x09RCU\n";

	(void)state;
	assert_masked("kmsg", log, log);
}

static void test_what_is_no_record_is_masked(void **state)
{
	(void)state;
	assert_masked("kmsg", "hunter2\n OTHER=hunter2\n6,1,2;hunter2\nx,1,2,-;hunter2\n",
		      "<masked>\n<masked>\n<masked>\n<masked>\n");
}

/* Facilities above 0 are programs': systemd is 3. */
static void test_programs_text_is_left_out(void **state)
{
	(void)state;
	assert_masked("kmsg", "30,1,2,-;systemd[1]: hunter2\n6,2,3,-;text\n",
		      "30,1,2,-;<19 bytes that a program wrote are left out>\n6,2,3,-;text\n");
}

/* It is not shown, and tells a name all the same. */
static void test_programs_text_tells_names(void **state)
{
	(void)state;
	assert_masked("kmsg",
		      "6,1,1,-;on alphaville\n30,2,2,-;systemd[1]: Hostname set to <alphaville>.\n",
		      "6,1,1,-;on host-1\n30,2,2,-;<41 bytes that a program wrote are left out>\n");
}

static void test_a_private_key_over_several_messages(void **state)
{
	(void)state;
	assert_masked("kmsg",
		      "6,1,1,-;a\n6,2,2,-;-----BEGIN PRIVATE KEY-----\n6,3,3,-;abc\n"
		      "6,4,4,-;-----END PRIVATE KEY-----\n6,5,5,-;b\n",
		      "6,1,1,-;a\n6,2,2,-;<masked>\n6,3,3,-;<masked>\n6,4,4,-;<masked>\n"
		      "6,5,5,-;b\n");
}

static void test_log_files_lose_the_host(void **state)
{
	(void)state;
	assert_masked(KERN_LOG,
		      "Nov 24 18:36:01 alphaville kernel: [    1.0] nvme on alphaville\n"
		      "Nov  4 18:36:01 alphaville kernel: text\n"
		      "2026-11-24T18:36:01.123456+01:00 ALPHAVILLE kernel: text\n",
		      "Nov 24 18:36:01 host-1 kernel: [    1.0] nvme on host-1\n"
		      "Nov  4 18:36:01 host-1 kernel: text\n"
		      "2026-11-24T18:36:01.123456+01:00 host-1 kernel: text\n");
}

static void test_other_lines_of_log_files_are_left_out(void **state)
{
	(void)state;
	assert_masked(
		KERN_LOG,
		"Nov 24 18:36:01 alphaville sshd[1]: hunter2\nhunter2\nNov 24 hunter2 a b\n\n",
		"Nov 24 18:36:01 host-1 <16 bytes that a program wrote are left out>\n"
		"<7 bytes that a program wrote are left out>\n"
		"<18 bytes that a program wrote are left out>\n\n");
}

static void test_domains_text_is_left_out(void **state)
{
	(void)state;
	assert_masked(CONSOLE,
		      "(XEN) Xen version 4.17\n(d1) login: hunter2\nhunter2\n(XEN) d1v0 Unhandled\n"
		      "(XEN) HVM1: hunter2\n[2026-11-24 18:36:01] (XEN) text\n"
		      "[hunter2] (XEN) text\n(d2) hunter2",
		      "(XEN) Xen version 4.17\n<28 bytes that domains wrote are left out>\n"
		      "(XEN) d1v0 Unhandled\n<20 bytes that domains wrote are left out>\n"
		      "[2026-11-24 18:36:01] (XEN) text\n"
		      "<33 bytes that domains wrote are left out>\n");
	assert_masked("log:/var/log/xen/console/hypervisor.log", "(d1) hunter2\n",
		      "<13 bytes that domains wrote are left out>\n");
}

static void test_domains_text_is_kept_on_request(void **state)
{
	xdc_autofree char *is =
		masked_of(evidence_with(CONSOLE, XDC_STATUS_OK,
					"(d1) login on 10.1.2.3, password=hunter2\n(XEN) text\n"),
			  CONSOLE, true);

	(void)state;
	assert_string_equal(is, "(d1) login on ip-1, password=<masked>\n(XEN) text\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_headers_and_devices_stay),
		cmocka_unit_test(test_what_is_no_record_is_masked),
		cmocka_unit_test(test_programs_text_is_left_out),
		cmocka_unit_test(test_programs_text_tells_names),
		cmocka_unit_test(test_a_private_key_over_several_messages),
		cmocka_unit_test(test_log_files_lose_the_host),
		cmocka_unit_test(test_other_lines_of_log_files_are_left_out),
		cmocka_unit_test(test_domains_text_is_left_out),
		cmocka_unit_test(test_domains_text_is_kept_on_request),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
