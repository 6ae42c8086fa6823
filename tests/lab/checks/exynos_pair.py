# SPDX-License-Identifier: LGPL-2.1-or-later
"""An Exynos display in dom0: its parts are attached to an IOMMU mapping one after the other, and the second is refused."""

import failures

FIMD, MIXER = "fimd", "mixer"


def check(machine):
  """The two parts, what the kernel holds for each, and what is found."""
  refusal = machine.kernel_log("Device mixer lacks support for IOMMU")
  machine.expect("the machine is what it should be: the kernel refused the second part", refusal)
  machine.expect_device(FIMD, "attached by its driver", driver="pair-display", probe="bound", observed_path="iommu",
                        inferred_path="swiotlb-xen", basis="observed", own_memory="ok", foreign_pages="broken",
                        verdict="at-risk")
  machine.expect_device(MIXER, "as the kernel set it", driver="pair-display", probe="bound", observed_path="swiotlb-xen",
                        inferred_path="swiotlb-xen", basis="observed", own_memory="broken", verdict="broken")
  for name, table, rule in (FIMD, "arm_iommu_map_sg", "driver-attached"), (MIXER, "xen_swiotlb_map_sg", "swiotlb-xen-over-mapping"):
    reasons = {reason.get("rule"): reason.get("text") for reason in machine.device(name).get("because") or []}
    machine.expect(f"{name}: its table has {table}, and it is attached to a mapping: {rule}",
                   table in str(reasons.get("observed")) and rule in reasons, reasons)
  records = machine.bundle()
  machine.expect("they have a mapping, and no other device",
                 records.count(b"arch_mapping=1\n") == 2 and records.count(b"arch_mapping=0\n") > 10,
                 records.count(b"arch_mapping=1\n"))

  findings = {finding.get("id"): finding for finding in machine.report.get("findings", [])}
  machine.expect("error XDC-EXYNOS-DRM-BIND for the mixer", machine.subjects("XDC-EXYNOS-DRM-BIND", "error") == {MIXER})
  because = [reason.get("text") for reason in findings.get("XDC-EXYNOS-DRM-BIND", {}).get("because", [])]
  both = f"the kernel holds a table with arm_iommu_map_sg for {FIMD}, and one with xen_swiotlb_map_sg for {MIXER}"
  machine.expect("it says: " + both, both in because, because)
  machine.expect("error XDC-SWIOTLB-OVER-IOMMU for the mixer, and for no other device",
                 machine.subjects("XDC-SWIOTLB-OVER-IOMMU", "error") == {MIXER})
  found = {finding.get("subject") for finding in machine.report.get("findings", []) if finding.get("id") == "XDC-IOMMU-IN-DOM0"}
  machine.expect("XDC-IOMMU-IN-DOM0 for both IOMMUs", found == {"sysmmu-fimd1", "sysmmu-tv"}, found)
  machine.expect("exit status 1", machine.status("report.json") == 1, machine.status("report.json"))
  failures.check_logs(machine, ("XDC-EXYNOS-DRM-BIND", "An IOMMU that Xen does not drive was left to dom0"))
