/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Files of /proc and /sys, records of fields, and the kernel's configuration. */
#include <string.h>

#include "unit-mask.h"

static void assert_stays(const char *key, const char *text)
{
	assert_masked(key, text, text);
}

static void test_small_files_are_words(void **state)
{
	(void)state;
	assert_stays("file:/sys/hypervisor/guest_type", "PVH\n");
	assert_stays("file:/sys/kernel/security/lockdown", "[none] integrity confidentiality\n");
	assert_stays("file:/sys/hypervisor/properties/capabilities",
		     "xen-3.0-aarch64 xen-3.0-armv7l \n");
	assert_stays("file:/sys/hypervisor/version/major", "4\n");
	assert_stays("file:/sys/hypervisor/properties/features", "00026805\n");
	assert_masked("file:/sys/hypervisor/type", "xen\nhunter2\n", "<masked>");
	assert_masked("file:/sys/hypervisor/type", "xen=hunter2\n", "<masked>");
	assert_masked("file:/sys/hypervisor/version/minor", "hunter2\n", "<masked>");
	assert_masked("file:/sys/hypervisor/properties/changeset",
		      "Fri Jul 31 21:59:26 2026 git:c42374a10512345678901234567890123456789a\n",
		      "Fri Jul 31 21:59:26 2026 git:c42374a10512\n");
}

static void test_a_build_id_has_twenty_bytes(void **state)
{
	(void)state;
	assert_stays("file:/sys/hypervisor/properties/buildid", "01234567890123456789");
	assert_masked("file:/sys/hypervisor/properties/buildid", "0123456789012345678", "<masked>");
}

static void test_records_without_data_stay_so(void **state)
{
	static const char *const keys[] = { "xen", "xenstore", "dma", "udev" };

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(keys); i++) {
		assert_masked(keys[i], "", "");
		assert_masked(keys[i], "hunter2", "<masked>");
	}
}

static void test_memory_ranges(void **state)
{
	(void)state;
	assert_stays("file:/proc/iomem", "40000000-9fffffff : System RAM\n"
					 "  40200000-4111ffff : Kernel code\n"
					 "9050000-906ffff : 9050000.smmuv3 smmuv3@9050000\n");
	assert_masked("file:/proc/iomem", "hunter2\n0-1: x\n0-11112222333344445 : x\n",
		      "<masked>\n<masked>\n<masked>\n");
}

static void test_the_configuration_keeps_switches_and_numbers(void **state)
{
	(void)state;
	assert_stays("kernel-config",
		     "# Linux/arm64 6.1.0 Kernel Configuration\n"
		     "CONFIG_XEN=y\nCONFIG_NVME=m\n# CONFIG_FOO is not set\n"
		     "CONFIG_NR_CPUS=512\nCONFIG_BASE=0xffff0000\n"
		     "CONFIG_LSM=\"lockdown,yama\"\nCONFIG_SALT=\"\"\n"
		     "CONFIG_CC_VERSION_TEXT=\"gcc-12 (Debian 12.2.0-14) 12.2.0\"\n");
	assert_masked("kernel-config",
		      "CONFIG_DEFAULT_HOSTNAME=\"hunter2\"\nCONFIG_X=hunter2\nhunter2\n"
		      "CONFIG_hunter-2=y\n",
		      "CONFIG_DEFAULT_HOSTNAME=<masked>\nCONFIG_X=<masked>\n<masked>\n<masked>\n");
}

static void test_mounts_keep_what_every_system_has(void **state)
{
	(void)state;
	assert_masked("file:/proc/self/mountinfo",
		      "1 1 0:2 / / rw - rootfs rootfs rw,size=690056k,inode64\n"
		      "20 1 0:18 / /proc/xen rw,relatime - xenfs xenfs rw\n"
		      "21 1 8:1 / /home rw shared:1 - ext4 /dev/sda1 rw,errors=remount-ro\n"
		      "22 1 0:40 /acme /mnt/acme rw - nfs4 filer:/acme rw,addr=10.0.0.9,sec=sys\n"
		      "23 1 8:2 / /boot rw - hunterfs /dev/vg/acme rw extra\n",
		      "1 1 0:2 / / rw - rootfs rootfs rw,size=690056k,inode64\n"
		      "20 1 0:18 / /proc/xen rw,relatime - xenfs xenfs rw\n"
		      "21 1 8:1 / /home rw <masked> - ext4 /dev/sda1 rw,<masked>\n"
		      "22 1 0:40 path-1 path-2 rw - nfs4 path-3 rw,<masked>\n"
		      "23 1 8:2 / /boot rw - <masked> /dev/path-4 rw <masked>\n");
}

static void test_fields_of_other_forms_are_masked(void **state)
{
	(void)state;
	assert_stays("device:/devices/x",
		     "bus=pci\ndriver=nvme\niommu_group=2\nof_node=/pcie@10000000\nclass=0x010802\n"
		     "physfn=0000:00:02.0\nbusmaster!unsupported\nfeatures=0110\n");
	assert_masked("device:/devices/x",
		      "bus=pci\\x1b\niommu_group=x\nclass=0xhunter\nphysfn=7\nbusmaster!hunter2\n"
		      "password=x\nhunter2\n",
		      "bus=<masked>\niommu_group=<masked>\nclass=<masked>\nphysfn=<masked>\n"
		      "busmaster<masked>\n<masked>\n<masked>\n");
	assert_stays("dma:/devices/x",
		     "ops=table\nmap_sg=xen_swiotlb_map_sg\ndma_mask=0xffffffff\n");
	assert_stays("iommu-groups", "0=DMA\n1=identity\n2!denied\n");
	assert_stays("iommu-reserved",
		     "7=0x000000007b800000 0x000000007fffffff direct-relaxable\n");
	assert_masked("iommu-reserved",
		      "7=0x1 0x2\n7=0x1 hunter2 msi\n7=0x1 0x2 Alpha\nx=0x1 0x2 msi\n",
		      "7=<masked>\n7=<masked>\n7=<masked>\n<masked>\n");
	assert_stays("xen:domains", "0=hvm,running,hap\n");
	assert_stays("tools",
		     "xl=/usr/sbin/xl\nxl_wanted=4.17\nprocess=xenstored 1 4.17 /usr/lib/x\n");
	assert_masked("tools", "xl_binary=/home/alicia/xl\n", "xl_binary=/home/user-1/path-1\n");
	assert_masked("uname", "release=6.1.0\nmachine=aarch64\nnodename=alpha\n",
		      "release=6.1.0\nmachine=aarch64\nnodename=host-1\n");
}

/* The model finds the log of this boot by it. */
static void test_the_boot_is_called_the_same_in_its_log(void **state)
{
	struct xdc_evidence *evidence = evidence_with(
		"log:journal:0123456789abcdef0123456789abcdef", XDC_STATUS_OK, "6,1,1,-;text\n");
	xdc_autofree char *log = NULL;

	(void)state;
	add_record(evidence, "logs", XDC_STATUS_OK,
		   "boot_id=0123456789abcdef0123456789abcdef\nring=lost\n");
	log = masked_of(evidence, "log:journal:uuid-1", false);
	assert_string_equal(log, "6,1,1,-;text\n");
	assert_masked("logs", "boot_id=0123456789abcdef0123456789abcdef\n", "boot_id=uuid-1\n");
}

/* The words of a status, and nothing else behind the sign. */
static void test_what_could_not_be_read_stays_so(void **state)
{
	(void)state;
	assert_stays("storage", "dm-0/dev=253:0\ndm-0/dm!denied\ndm-0/slave!io-error\n");
	assert_stays("network", "eth0/flags!timeout\neth0/lower!denied\n");
	assert_masked("storage", "dm-0/dm!hunter2\n", "<masked>\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_small_files_are_words),
		cmocka_unit_test(test_a_build_id_has_twenty_bytes),
		cmocka_unit_test(test_records_without_data_stay_so),
		cmocka_unit_test(test_memory_ranges),
		cmocka_unit_test(test_the_configuration_keeps_switches_and_numbers),
		cmocka_unit_test(test_mounts_keep_what_every_system_has),
		cmocka_unit_test(test_fields_of_other_forms_are_masked),
		cmocka_unit_test(test_what_could_not_be_read_stays_so),
		cmocka_unit_test(test_the_boot_is_called_the_same_in_its_log),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
