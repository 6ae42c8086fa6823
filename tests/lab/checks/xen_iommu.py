# SPDX-License-Identifier: LGPL-2.1-or-later
"""A dom0 below whose devices Xen drives the IOMMU: dom0 has no part of it, and every device works."""

import re

import working

ENABLED = {"VT-d": r"Intel VT-d iommu 0 supported page sizes", "AMD-Vi": r"AMD-Vi: IOMMU 0 Enabled",
           "SMMUv3": r"SMMUv3: \S+: ias "}


def check(machine, iommu, path):
  """iommu: which one Xen drives; path: what dom0's kernel does."""
  check_driven(machine, iommu)
  working.check(machine, path, "none")


def check_driven(machine, iommu):
  """Xen drives it, and dom0 has no part of it."""
  ring = machine.text("xl-dmesg.txt") or ""
  machine.expect(f"the machine is what it should be: Xen drives {iommu}",
                 re.search(ENABLED[iommu], ring) and "I/O virtualisation enabled" in ring)
  xen = (machine.report.get("host") or {}).get("xen") or {}
  machine.expect("host.xen.drives_iommu", xen.get("drives_iommu") is True, xen.get("drives_iommu"))
  machine.expect("dom0 has no IOMMU", machine.report.get("iommus") == [], machine.report.get("iommus"))
  wrong = machine.findings() & {"XDC-COVERAGE", "XDC-IOMMU-IN-DOM0", "XDC-FOREIGN-PAGES"}
  machine.expect("no finding about the IOMMU", not wrong, sorted(wrong))
