# SPDX-License-Identifier: LGPL-2.1-or-later
"""A Linux 6.12 dom0 behind its own SMMUv3, with a guest whose disk is the nvme."""

import re

import dma_iommu_wins

NVME = "0000:00:02.0"


def check(machine, outcome):
  """outcome: what the guest reads, "wrong" data or "right"."""
  status = machine.status("xl-create.txt")
  machine.expect("xl create: exit status 0", status == 0, machine.one_line(machine.text("xl-create.txt.err")))
  console = machine.text("guest.txt") or ""
  read = re.findall(r"^guest: (\w{32})  /dev/xvda", console, re.MULTILINE)
  subjects = machine.subjects("XDC-FOREIGN-PAGES", "error")
  if outcome == "wrong":
    machine.expect("the machine is what it should be: the guest has its disk, and reads nothing of what it holds",
                   "blkfront: xvda" in console and machine.image_md5 not in read, read)
    dma_iommu_wins.check_device(machine, NVME, "nvme", verdict="broken")
    machine.expect(f"error XDC-FOREIGN-PAGES for {NVME}, and for no other device", subjects == {NVME}, subjects)
    machine.expect("exit status 1", machine.status("report.json") == 1, machine.status("report.json"))
  else:
    machine.expect("the machine is what it should be: the guest reads what its disk holds, three times",
                   read == [machine.image_md5] * 3, read)
    machine.expect_device(NVME, "the guest's disk", driver="nvme", observed_path="swiotlb-xen", basis="observed",
                          iommu_group_type="identity", own_memory="ok", foreign_pages="ok", verdict="ok")
    machine.expect("no finding XDC-FOREIGN-PAGES", "XDC-FOREIGN-PAGES" not in machine.findings())
