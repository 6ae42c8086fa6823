# SPDX-License-Identifier: LGPL-2.1-or-later
"""A Linux 6.12 dom0 behind its own SMMUv3, with a guest whose disk is the nvme."""

import re

import dma_iommu_wins

NVME = "0000:00:02.0"


def check_guest(machine, name, io_safe, device):
  """What pre-flight says of a guest before it is started; returns what the guest read."""
  guest = (machine.json(f"preflight-{name}.json").get("guests") or [{}])[0]
  ways = [(way["device"], way["verdict"]) for way in guest.get("io", [])]
  machine.expect(f"preflight, {name}: start pass, I/O {io_safe}",
                 (guest.get("start"), guest.get("io_safe")) == ("pass", io_safe), (guest.get("start"), guest.get("io_safe")))
  machine.expect(f"preflight, {name}: one way, to {device}: {io_safe}", ways == [(device, io_safe)], ways)
  machine.expect(f"preflight, {name}: exit status {int(io_safe == 'unsafe')}",
                 machine.status(f"preflight-{name}.json") == int(io_safe == "unsafe"), machine.status(f"preflight-{name}.json"))
  machine.expect(f"xl create, {name}: exit status 0", machine.status(f"xl-create-{name}.txt") == 0,
                 machine.one_line(machine.text(f"xl-create-{name}.txt.err")))
  return re.findall(r"^guest: (\w{32})  /dev/xvda", machine.text(f"guest-{name}.txt") or "", re.MULTILINE)


def check(machine, outcome):
  """outcome: what the guest reads, "wrong" data or "right"."""
  read = check_guest(machine, "reader", "unsafe" if outcome == "wrong" else "safe", NVME)
  copied = check_guest(machine, "copied", "safe", None)
  machine.expect("behind a loop device on the same disk, the guest reads what the disk holds, three times",
                 copied == [machine.image_md5] * 3, copied)
  subjects = machine.subjects("XDC-FOREIGN-PAGES", "error")
  if outcome == "wrong":
    machine.expect("the machine is what it should be: the guest has its disk, and reads nothing of what it holds",
                   "blkfront: xvda" in (machine.text("guest-reader.txt") or "") and machine.image_md5 not in read, read)
    dma_iommu_wins.check_device(machine, NVME, "nvme", verdict="broken")
    machine.expect(f"error XDC-FOREIGN-PAGES for {NVME}, and for no other device", subjects == {NVME}, subjects)
    machine.expect("exit status 1", machine.status("report.json") == 1, machine.status("report.json"))
  else:
    machine.expect("the machine is what it should be: the guest reads what its disk holds, three times",
                   read == [machine.image_md5] * 3, read)
    machine.expect_device(NVME, "the guest's disk", driver="nvme", observed_path="swiotlb-xen", basis="observed",
                          iommu_group_type="identity", own_memory="ok", foreign_pages="ok", verdict="ok")
    machine.expect("no finding XDC-FOREIGN-PAGES", "XDC-FOREIGN-PAGES" not in machine.findings())
