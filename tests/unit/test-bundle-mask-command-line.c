/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "unit-mask.h"

#define KEY "file:/proc/cmdline"

static void test_what_decides_about_dma_stays(void **state)
{
	static const char line[] =
		"BOOT_IMAGE=/boot/vmlinuz-6.1.0 ro quiet iommu.passthrough=1 iommu.strict=0 "
		"arm-smmu-v3.disable_msipolling=1 swiotlb=65536,force "
		"xen-pciback.hide=(0000:03:00.0) "
		"console=ttyS0,115200n8 mem=2G init=/bin/sh xen.balloon_boot_timeout=10 -- "
		"single\n";

	(void)state;
	assert_masked(KEY, line, line);
}

static void test_values_are_left_out(void **state)
{
	(void)state;
	assert_masked(KEY, "root=UUID=8be4df61-93ca-11d2-aa0d-00e098032b8c ip=10.0.0.2::10.0.0.1",
		      "root=<masked> ip=<masked>");
	assert_masked(KEY, "netconsole=@/,@10.0.0.9/ systemd.hostname=alphaville rd.luks.uuid=x",
		      "netconsole=<masked> systemd.hostname=<masked> rd.luks.uuid=<masked>");
	assert_masked(KEY, "BOOT_IMAGE=/home/alicia/vmlinuz ro",
		      "BOOT_IMAGE=/home/user-1/path-1 ro");
}

static void test_unknown_words_are_left_out(void **state)
{
	(void)state;
	assert_masked(KEY, "ro hunter2 my.option=1 a=b=c quiet\n",
		      "ro <masked> <masked> <masked> quiet\n");
	assert_masked(KEY, "ro x=\"a password with blanks\" quiet", "ro <masked> quiet");
	assert_masked(KEY, "console=\"hvc0 hunter2\" console=h\x01vc0",
		      "console=<masked> console=<masked>");
	assert_masked(KEY, "  ro\t quiet ", "  ro\t quiet ");
	assert_masked(KEY, "", "");
}

static void test_dashes_and_underscores_are_the_same(void **state)
{
	(void)state;
	assert_masked(KEY, "intel-iommu=on log-buf-len=1M", "intel-iommu=on log-buf-len=1M");
}

static void test_a_secret_is_masked_elsewhere_too(void **state)
{
	struct xdc_evidence *evidence = evidence_with(
		KEY, XDC_STATUS_OK, "vnc_password=hunter2x systemd.hostname=alphaville");

	(void)state;
	assert_masked_with(evidence, "kmsg", "6,1,2,-;hunter2x on alphaville\n",
			   "6,1,2,-;<masked> on host-1\n");
}

/* One function for all: logs, the hypervisor's own, the device tree's (tested there). */
static void test_command_lines_stand_in_logs(void **state)
{
	(void)state;
	assert_masked("kmsg", "5,1,2,-;Kernel command line: ro hunter2 root=/dev/vg/acme\n",
		      "5,1,2,-;Kernel command line: ro <masked> root=<masked>\n");
	assert_masked("kmsg",
		      "5,1,2,-;Unknown kernel command line parameters \"hunter2 a=b\", will be "
		      "passed to user space.\n",
		      "5,1,2,-;Unknown kernel command line parameters \"<masked> <masked>\", will "
		      "be passed to user space.\n");
	assert_masked("kmsg",
		      "6,1,1,-;Run /init as init process\n7,2,2,-;  with arguments:\n"
		      "7,3,3,-;    /init\n7,4,4,-;    hunter2\n7,5,5,-;  with environment:\n"
		      "7,6,6,-;    HOME=/\n7,7,7,-;    apikey=hunter2\n6,8,8,-;    text\n",
		      "6,1,1,-;Run /init as init process\n7,2,2,-;  with arguments:\n"
		      "7,3,3,-;    /init\n7,4,4,-;    <masked>\n7,5,5,-;  with environment:\n"
		      "7,6,6,-;    HOME=<masked>\n7,7,7,-;    <masked>\n6,8,8,-;    <masked>\n");
	assert_masked("xen:console",
		      "(XEN) Command line: dom0_mem=1G hunter2\n"
		      "(XEN) CMDLINE[0000000049000000]:chosen console=hvc0 hunter2\n",
		      "(XEN) Command line: dom0_mem=1G <masked>\n"
		      "(XEN) CMDLINE[0000000049000000]:chosen console=hvc0 <masked>\n");
	assert_masked("xen:version", "command_line=placeholder dom0_mem=1G x=y\n",
		      "command_line=placeholder dom0_mem=1G <masked>\n");
	assert_masked("kernel-config", "CONFIG_CMDLINE=\"ro hunter2\"\n",
		      "CONFIG_CMDLINE=\"ro <masked>\"\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_decides_about_dma_stays),
		cmocka_unit_test(test_values_are_left_out),
		cmocka_unit_test(test_unknown_words_are_left_out),
		cmocka_unit_test(test_dashes_and_underscores_are_the_same),
		cmocka_unit_test(test_a_secret_is_masked_elsewhere_too),
		cmocka_unit_test(test_command_lines_stand_in_logs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
