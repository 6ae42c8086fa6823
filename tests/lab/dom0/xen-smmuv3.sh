# shellcheck shell=sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Xen drives the SMMUv3, but knows nothing of PCI functions on Arm: it refuses their DMA, and tells its console.
# shellcheck source=tests/lab/dom0/common.sh
. /lab/common.sh

modprobe virtio_pci
load nvme
await 60 "an event of Xen's SMMUv3" sh -c 'xl dmesg | grep -q "SMMUv3: .* event 0x"'
await 150 "nvme given up" in_log 'nvme nvme0: Removing after probe failure'
facts
reports
run host-dtb.json 60 xen-dmacheck report --format=json --all --host-dtb /*.dtb
run host-dtb.txt 60 xen-dmacheck report --host-dtb /*.dtb
