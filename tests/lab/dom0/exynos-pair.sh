# shellcheck shell=sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# A dom0 with an Exynos display: one part gets the IOMMU's table, the other keeps swiotlb-xen's, and is refused.
# shellcheck source=tests/lab/dom0/common.sh
. /lab/common.sh

modprobe virtio_pci
load nvme virtio_blk virtio_net
await_disks
modprobe exynos-pair
await 30 "the display's second part refused" in_log 'lacks support for IOMMU'
facts
run explain.txt 60 xen-dmacheck explain mixer
reports
explained_logs
read_disks
