/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit-preflight.h"

#define IOMMU "directio=1\nhvm=1\nnr_cpus=4\ntotal_pages=786432\nfree_pages=262144\n"
#define PCI   "0000:00:05.0"

static struct xdc_evidence *with_iommu(const char *driver)
{
	struct xdc_evidence *evidence = evidence_with("xen:physinfo", XDC_STATUS_OK, IOMMU);

	add_pci(evidence, PCI, driver);
	add_target(evidence, "/sys/bus/pci/devices/" PCI "/reset", "type=file\n");
	return evidence;
}

static void test_it_takes_an_iommu_of_xens(void **state)
{
	static const char *const configs[] = { "pci=[" PCI "]\n", "dtdev=[/x]\n",
					       "passthrough=enabled\n" };

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(configs); i++) {
		assert_guest(xdc_evidence_new(), configs[i], "passthrough-iommu", XDC_OUTCOME_FAIL);
		assert_guest(with_iommu("driver=pciback\n"), configs[i], "passthrough-iommu",
			     XDC_OUTCOME_PASS);
		assert_guest(evidence_with("xen:physinfo", XDC_STATUS_DENIED, ""), configs[i],
			     "passthrough-iommu", XDC_OUTCOME_UNKNOWN);
	}
	assert_guest(xdc_evidence_new(), "passthrough=disabled\n", "passthrough-iommu",
		     XDC_OUTCOME_PASS);
	/* An IOMMU is all that libxl asks for (cap_hvm_directio): a PV guest needs no VMX. */
	assert_guest(evidence_with("xen:physinfo", XDC_STATUS_OK, "directio=1\nhvm=0\n"),
		     "passthrough=enabled\n", "passthrough-iommu", XDC_OUTCOME_PASS);
}

static void test_modes(void **state)
{
	struct xdc_evidence *x86 = with_iommu("");

	(void)state;
	assert_guest(with_iommu("driver=pciback\n"), "passthrough=disabled\npci=[" PCI "]\n",
		     "passthrough-mode", XDC_OUTCOME_FAIL);
	assert_guest(with_iommu(""), "passthrough=sync_pt\n", "passthrough-mode", XDC_OUTCOME_FAIL);
	add_record(x86, "uname", XDC_STATUS_OK, "machine=x86_64\n");
	assert_guest(x86, "type=pv\npassthrough=share_pt\n", "passthrough-mode", XDC_OUTCOME_FAIL);
	assert_guest(with_iommu(""), "passthrough=enabled\nmaxmem=256\n", "passthrough-memory",
		     XDC_OUTCOME_FAIL);
}

static void test_pci_devices(void **state)
{
	struct xdc_evidence *no_pciback = with_iommu("driver=nvme\n");

	(void)state;
	assert_guest(with_iommu("driver=nvme\n"), "pci=[" PCI "]\n", "pci-assignable",
		     XDC_OUTCOME_FAIL);
	assert_guest(with_iommu("driver=nvme\n"), "pci=[" PCI ",seize=1]\n", "pci-assignable",
		     XDC_OUTCOME_WARNING);
	assert_guest(with_iommu("driver=nvme\n"), "pci=[" PCI "]\npci_seize=1\n", "pci-assignable",
		     XDC_OUTCOME_WARNING);
	assert_guest(with_iommu("driver=pciback\n"), "pci=[" PCI "]\n", "pci-assignable",
		     XDC_OUTCOME_PASS);
	add_absent(no_pciback, "/sys/bus/pci/drivers/pciback");
	assert_guest(no_pciback, "pci=[" PCI ",seize=1]\n", "pci-assignable", XDC_OUTCOME_FAIL);
	assert_guest(with_iommu("driver=pciback\n"), "pci=[0000:00:1f.7]\n", "pci-device",
		     XDC_OUTCOME_FAIL);
	assert_guest(with_iommu("driver=pciback\n"), "pci=[!]\n", "pci-syntax", XDC_OUTCOME_FAIL);
}

static void test_a_node_of_dom0s_is_refused(void **state)
{
	struct xdc_evidence *evidence = with_iommu("");
	static struct dt dt;

	(void)state;
	dt_board(&dt);
	add_devicetree(evidence, &dt);
	assert_guest(evidence, "dtdev=[/ethernet@30be0000]\n", "dtdev", XDC_OUTCOME_FAIL);
	evidence = with_iommu("");
	add_devicetree(evidence, &dt);
	assert_guest(evidence, "dtdev=[/none]\n", "dtdev", XDC_OUTCOME_FAIL);
	/* Xen takes whole paths alone. */
	assert_guest(with_iommu(""), "dtdev=[ethernet@30be0000]\n", "dtdev", XDC_OUTCOME_FAIL);
	assert_guest(with_iommu(""), "dtdev=[/x]\n", "dtdev", XDC_OUTCOME_PASS);
	assert_guest(with_iommu(""), "dtdev=[/x|/x]\n", "dtdev", XDC_OUTCOME_FAIL);
}

static void test_ranges(void **state)
{
	static const char *const good[] = { "iomem=[0x9010,1]\n", "iomem=[9010,1@20000]\n",
					    "irqs=[42]\n" };
	static const char *const bad[] = { "iomem=[zz]\n", "iomem=[9010]\n", "iomem=[9010,1@x]\n",
					   "irqs=[4x]\n",  "ioports=[zz]\n", "ioports=[3f8-]\n" };

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(good); i++)
		assert_guest(xdc_evidence_new(), good[i], "ranges", XDC_OUTCOME_PASS);
	/* Which of them dom0 may give away is the hypervisor's to say. */
	assert_guest(xdc_evidence_new(), good[0], "ranges-access", XDC_OUTCOME_UNKNOWN);
	assert_guest(xdc_evidence_new(), "ioports=[3f8]\n", "ranges", XDC_OUTCOME_FAIL);
	for (size_t i = 0; i < XDC_ARRAY_SIZE(bad); i++)
		assert_guest(xdc_evidence_new(), bad[i], "ranges", XDC_OUTCOME_FAIL);
}

static void test_virtio(void **state)
{
	(void)state;
	assert_guest(xdc_evidence_new(), "virtio=[backend=0,what=1]\n", "virtio-syntax",
		     XDC_OUTCOME_FAIL);
	assert_guest(xdc_evidence_new(), "virtio=[backend=nobody,type=virtio,device22]\n",
		     "backend-domain", XDC_OUTCOME_FAIL);
	/* Its backend does its own I/O. */
	assert_guest(xdc_evidence_new(), "virtio=[backend=0,type=virtio,device22]\n", "io-unknown",
		     XDC_OUTCOME_UNKNOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_it_takes_an_iommu_of_xens),
		cmocka_unit_test(test_modes),
		cmocka_unit_test(test_pci_devices),
		cmocka_unit_test(test_a_node_of_dom0s_is_refused),
		cmocka_unit_test(test_ranges),
		cmocka_unit_test(test_virtio),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
