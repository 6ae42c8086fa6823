/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Text of any kind, by way of a record that is nothing else. */
#include <stdlib.h>
#include <string.h>

#include "unit-mask.h"

#define KEY "file:/sys/kernel/debug/devices_deferred"

static void assert_text_becomes(const char *text, const char *expected)
{
	assert_masked(KEY, text, expected);
}

static void assert_kept(const char *text)
{
	assert_masked(KEY, text, text);
}

static void test_what_a_kernel_says_stays(void **state)
{
	static const char *const texts[] = {
		"software IO TLB: mapped [mem 0x00000000d9f00000-0x00000000da100000] (2MB)",
		"nvme 0000:00:02.0: Adding to iommu group 2",
		"pci 0000:00:02.0: [1b36:0010] type 00 class 0x010802",
		"usb 1-1.2.3.4: new high-speed USB device number 7 using xhci_hcd",
		"usb usb1: SerialNumber: 0000:00:14.0",
		"usb usb1: New USB device strings: Mfr=3, Product=2, SerialNumber=1",
		"DMI: QEMU Standard PC (Q35 + ICH9, 2009), BIOS 1.16.2-debian-1.16.2-1 04/01/2014",
		"Hardware name: LENOVO 20HRCTO1WW/20HRCTO1WW, BIOS N1MET35W (1.20 ) 07/30/2018",
		"x29: ffff800080083a20 x28: ffff0e4b429c60c0 x27: ffff0e4b42811c00",
		"Key type asymmetric registered",
		"Asymmetric key parser 'x509' registered",
		"MPTCP token hash table entries: 2048 (order: 4, 49152 bytes, linear)",
		"Serial: 8250/16550 driver, 4 ports, IRQ sharing enabled",
		"(XEN) build-id: d5b61c207ed503d6f1d31bb71cf7a67728916640",
		"host bridge /pcie@10000000 ranges:",
		"mmc0: new high speed SDHC card at address aaaa",
		"audit: type=2000 audit(1795238018.995:1): state=initialized",
		"Linux version 6.12.107+deb13-arm64 (debian-kernel@lists.debian.org) (gcc-14)",
		"iwlwifi 0000:02:00.0: loaded firmware version 36.9f0a2d68.0 7265D-29.ucode",
		"ixgbe 0000:01:00.0: firmware version 1.2.3.4",
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(texts); i++)
		assert_kept(texts[i]);
}

static void test_addresses_get_pseudonyms(void **state)
{
	(void)state;
	assert_text_becomes("eth0: 52:54:00:AB:cd:ef, then 52-54-00-ab-cd-ef and 525400abcdef",
			    "eth0: mac-1, then mac-1 and mac-1");
	assert_text_becomes("00:00:00:00:00:00 ff:ff:ff:ff:ff:ff 52:54:00:12:34:56 0f525400123456",
			    "00:00:00:00:00:00 ff:ff:ff:ff:ff:ff mac-1 0f525400123456");
	assert_text_becomes("enx525400abcdef: renamed from eth0", "enxmac-1: renamed from eth0");
	assert_text_becomes("nfs: server 203.0.113.7 and fe80::1, 203.0.113.7",
			    "nfs: server ip-1 and ip-2, ip-1");
	assert_text_becomes("UUID 8be4df61-93CA-11d2-aa0d-00e098032b8c, "
			    "8be4df6193ca11d2aa0d00e098032b8c",
			    "UUID uuid-1, uuid-1");
}

static void test_serial_numbers_are_masked(void **state)
{
	(void)state;
	assert_text_becomes("usb 1-1: SerialNumber: 4C530001230912\nagain 4C530001230912",
			    "usb 1-1: SerialNumber: serial-1\nagain serial-1");
	assert_text_becomes("S/N: ABC123X, serial number ZX81-9",
			    "S/N: serial-1, serial number serial-2");
	assert_text_becomes("nvme0: eui.0025385b91b0c3a1", "nvme0: eui.serial-1");
	assert_text_becomes("sas_addr 0x5000c500a1b2c3d4", "sas_addr 0xserial-1");
}

static void test_secrets_are_hidden_to_the_end_of_the_line(void **state)
{
	static const char *const texts[] = {
		"password=hunter2 more", "Passwd: hunter2",	 "db_password hunter2",
		"PGPASSWORD=hunter2",	 "token=hunter2",	 "api-key: hunter2",
		"psk hunter2",		 "secret=\"hunter2\"",	 "Authorization: Basic hunter2",
		"Bearer hunter2",	 "passphrase 'hunter2'",
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(texts); i++) {
		struct xdc_evidence *evidence = evidence_with(KEY, XDC_STATUS_OK, texts[i]);
		xdc_autofree char *is = masked_of(evidence, KEY, false);

		assert_lacks(is, "hunter2");
		assert_contains(is, "<masked>");
	}
	assert_text_becomes("password=hunter2x more\nhunter2x, and on",
			    "password=<masked>\n<masked>, and on");
	/* In every form: hexadecimal of either case, cells, base64, also within a longer one. */
	assert_text_becomes(
		"password=hunter2x\n68756E7465723278 0x68756e74 0x65723278 aHVudGVyMng= "
		"dXNlcjpodW50ZXIyeA==",
		"password=<masked>\n<masked> 0x<masked> <masked>g= dXNlcjp<masked>A==");
}

static void test_keys_are_hidden(void **state)
{
	(void)state;
	assert_text_becomes(
		"a\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nb",
		"a\n<masked>\nb");
	assert_text_becomes("a -----BEGIN OPENSSH PRIVATE KEY-----\nMIIE\n", "a <masked>");
	assert_text_becomes("digest d5b61c207ed503d6f1d31bb71cf7a67728916640 of it",
			    "digest <masked> of it");
}

static void test_homes_and_people(void **state)
{
	(void)state;
	assert_text_becomes("open /home/alicia/x/y.img: no; alicia, /root/z",
			    "open /home/user-1/path-1: no; user-1, /root/z");
	assert_text_becomes("built by (alicia@buildbox) and bob@acme.example",
			    "built by (mail-1) and mail-2");
	assert_text_becomes("NFS server filer.acme.com not responding",
			    "NFS server name-1 not responding");
}

static void test_known_names_are_masked_everywhere(void **state)
{
	struct xdc_evidence *evidence =
		evidence_with("uname", XDC_STATUS_OK, "release=6.1\nnodename=Wirtshaus\n");

	(void)state;
	add_record(evidence, "xenstore:/local/domain", XDC_STATUS_OK,
		   "0/name=Domain-0\n1/name=mail-3\n2/name=xen\n3/name=Web\n4/name=web\n");
	assert_masked_with(evidence, KEY,
			   "wirtshaus WIRTSHAUS wirtshaus2 mail-3 mail-33 vif-mail-3 xen Web web\n"
			   "\\x09mail-3 6d61696c2d33 Domain-0",
			   "host-1 host-1 wirtshaus2 domain-1 mail-33 vif-domain-1 xen domain-3 "
			   "domain-4\n\\x09domain-1 domain-1 Domain-0");
}

static void test_escaped_names_are_found(void **state)
{
	struct xdc_evidence *evidence = evidence_with("xenstore:/local/domain", XDC_STATUS_OK,
						      "1/name=caf\xc3\xa9\\\\bar\n");

	(void)state;
	assert_masked_with(evidence, KEY,
			   "raw caf\xc3\xa9\\bar, of the kernel's caf\\xc3\\xa9\\x5cbar",
			   "raw domain-1, of the kernel's domain-1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_a_kernel_says_stays),
		cmocka_unit_test(test_addresses_get_pseudonyms),
		cmocka_unit_test(test_serial_numbers_are_masked),
		cmocka_unit_test(test_secrets_are_hidden_to_the_end_of_the_line),
		cmocka_unit_test(test_keys_are_hidden),
		cmocka_unit_test(test_homes_and_people),
		cmocka_unit_test(test_known_names_are_masked_everywhere),
		cmocka_unit_test(test_escaped_names_are_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
