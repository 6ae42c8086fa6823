# SPDX-License-Identifier: LGPL-2.1-or-later
"""An SMMUv3 that Xen drives, which has no streams of dom0's PCI functions: it refuses their DMA."""

import xen_iommu

NVME = "0000:00:02.0"


def check(machine):
  """What is Xen's is not dom0's, and what Xen refused is told."""
  xen_iommu.check_driven(machine, "SMMUv3")
  machine.expect_device(NVME, "refused", driver=None, probe="failed", observed_path="none", inferred_path="swiotlb-xen",
                        iommu_group_type=None)
  for name, driver in machine.functions():
    if driver == "virtio-pci":
      machine.expect_device(name, driver, probe="bound", observed_path="swiotlb-xen", basis="observed", iommu_group_type=None)
  faults = [finding for finding in machine.report.get("findings", []) if finding.get("id") == "XDC-XEN-IOMMU-FAULT"]
  print("     ", [(fault.get("subject"), fault.get("title"), [why.get("text") for why in fault.get("because")]) for fault in faults])
  machine.expect("error XDC-XEN-IOMMU-FAULT, of stream ID 0x10, the nvme",
                 [fault for fault in faults if fault.get("severity") == "error" and "0x10" in str(fault)], faults)
  machine.expect("exit status 1", machine.status("report.json") == 1, machine.status("report.json"))
