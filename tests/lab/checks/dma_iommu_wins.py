# SPDX-License-Identifier: LGPL-2.1-or-later
"""An SMMUv3 left to a Linux 6.12 dom0: swiotlb-xen's table is set, but dma-iommu maps, which knows no guest's page.

Right for dom0's own memory, wrong for a guest's.
"""

import failures


def check(machine):
  """The issue's expectation, device by device, where no guest runs."""
  machine.expect("the machine is what it should be: dma_set_mask() warned",
                 machine.kernel_log(r"WARNING: (CPU: \d+ PID: \d+ at )?kernel/dma/mapping\.c"))
  for name, driver in machine.functions():
    check_device(machine, name, driver, verdict="at-risk")
  for finding in "XDC-IOMMU-IN-DOM0", "XDC-DMA-MASK-REFUSED":
    machine.expect(f"finding {finding}", finding in machine.findings(), sorted(map(str, machine.findings())))
  machine.expect("no finding XDC-SWIOTLB-OVER-IOMMU", "XDC-SWIOTLB-OVER-IOMMU" not in machine.findings())
  subjects = machine.subjects("XDC-FOREIGN-PAGES", "error")
  machine.expect("no error XDC-FOREIGN-PAGES without a guest", not subjects, subjects)
  failures.check_logs(machine, ("XDC-DMA-MASK-REFUSED", "Xen does not drive this IOMMU and left it to dom0"))


def check_device(machine, name, driver, verdict):
  """What is the same with a guest, but for the verdict."""
  machine.expect_device(name, driver, driver=driver, probe="bound", observed_path="iommu", basis="observed",
                        iommu_group_type="DMA", own_memory="ok", foreign_pages="broken", verdict=verdict)
