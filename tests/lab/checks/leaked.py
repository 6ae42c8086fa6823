# SPDX-License-Identifier: LGPL-2.1-or-later
"""An SMMUv3 that Xen has no driver for, under a Linux 6.1 dom0: groups of type DMA, ops of swiotlb-xen."""

import json
import re

import failures

AROUND, NVME, BEHIND, NET = "0000:00:01.0", "0000:00:02.0", "0000:00:03.0", "0000:00:04.0"

# The stream ID is the function's number: 00:02.0 is 0x10. The first word of an event has it in its upper half.
NVME_STREAM = r"(?i)stream( id)?\W*0x0*10\b|0x0000001000000010"


def check(machine):
  """The issue's expectation, device by device."""
  machine.expect("the machine is what it should be: the SMMU refused stream 0x10", machine.kernel_log("0x0000001000000010"))
  machine.expect("and virtio_blk's probe waits for the disk behind it", "virtblk_probe" in (machine.text("waiting.txt") or ""))
  for name, why in (BEHIND, "virtio-blk behind the SMMU"), (NET, "virtio-net behind the SMMU"):
    machine.expect_device(name, why, driver="virtio-pci", probe="bound", observed_path="swiotlb-xen", basis="observed",
                          iommu_group_type="DMA", own_memory="broken", verdict="broken")
  machine.expect_device(AROUND, "virtio-blk around the SMMU", driver="virtio-pci", probe="bound", observed_path="swiotlb-xen",
                        basis="observed", own_memory="ok", verdict=("ok", "at-risk", "superfluous", "idle"))
  machine.expect_device(NVME, "nvme", driver=None, probe="failed", observed_path="none", inferred_path="swiotlb-xen",
                        iommu_group_type="DMA", verdict="broken")

  about_nvme = [machine.device(NVME).get("because")]
  about_nvme += [finding for finding in machine.report.get("findings", []) if NVME in str(finding.get("subject"))]
  machine.expect(f"{NVME} is tied to the SMMU event of its stream, 0x10", re.search(NVME_STREAM, json.dumps(about_nvme)))

  description = machine.device(NVME).get("description")
  machine.expect("nvme's name is the udev database's", description == "Red Hat, Inc. QEMU NVM Express Controller", description)
  locked = [record for record in machine.report.get("evidence", []) if re.match("udev:.*/virtio1$", record.get("key", ""))]
  machine.expect("the name of the device whose lock is held: timeout", [record.get("status") for record in locked] == ["timeout"],
                 locked)
  machine.expect("a pipe sees the end of the report", machine.status("pipe.txt") == 0, machine.status("pipe.txt"))

  for finding in "XDC-IOMMU-IN-DOM0", "XDC-SWIOTLB-OVER-IOMMU":
    machine.expect(f"finding {finding}", finding in machine.findings(), sorted(map(str, machine.findings())))
  machine.expect("exit status 1", machine.status("report.json") == 1, machine.status("report.json"))
  failures.check_logs(machine, ("XDC-SMMU-FAULT-DOM0", "In a Xen dom0: Xen does not drive this SMMU and left it to dom0"))
