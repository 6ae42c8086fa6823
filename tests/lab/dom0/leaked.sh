# shellcheck shell=sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# A dom0 whose devices fault: nvme's probe fails after a minute, virtio_blk hangs in the probe of the disk behind the SMMU.
# shellcheck source=tests/lab/dom0/common.sh
. /lab/common.sh

modprobe virtio_pci
# nvme alone at first: the SMMU's driver prints no more than ten events in five seconds, and virtio's are more.
load nvme
await 60 "an SMMU event for stream 0x10, the nvme" in_log '0x0000001000000010'
load virtio_blk virtio_net
# The one that goes around the SMMU.
await_disks
await 60 "the disk behind it" test -b /dev/vdb
await 150 "nvme given up" in_log 'nvme nvme0: Removing after probe failure'
facts
# The disk behind the SMMU is in a probe that hangs and holds its lock: its name cannot be read here, nor may anything wait.
known_to_udev pci:0000:00:02.0 'Red Hat, Inc.' 'QEMU NVM Express Controller'
known_to_udev virtio:virtio1 'Red Hat, Inc.' 'Virtio 1.0 block device'
reports
# Whoever reads what it says must see the end of it, whatever child it had to leave behind.
run pipe.txt 60 sh -c 'xen-dmacheck report | cat'
explained_logs
read_disks
