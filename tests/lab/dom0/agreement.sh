# shellcheck shell=sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# What pre-flight and xl create say of each configuration: see try().
# shellcheck source=tests/lab/dom0/common.sh
. /lab/common.sh

modprobe virtio_pci
load nvme virtio_blk virtio_net xen-blkback xen-netback loop bridge ext4 crc32c_generic
await_disks
await 30 "loop" test -e /dev/loop-control
await 30 "netback" test -e /sys/bus/xen-backend/drivers/vif
xenconsoled
await 30 "bridge" ip link add br0 type bridge
ip link set br0 up
truncate -s 8M /lab/file.img /lab/other.img
truncate -s 8M /lab/read-only.img && chmod 444 /lab/read-only.img
printf 'QFI\373\0\0\0\3' >/lab/disk.qcow2
echo 'no device tree' >/lab/junk.dtb
: >/lab/empty
mkdir -p /lab/directory
printf '#!/bin/sh\nexit 0\n' >/etc/xen/scripts/not-executable
printf '#!/nowhere/shell\nexit 0\n' >/etc/xen/scripts/no-interpreter
chmod +x /etc/xen/scripts/no-interpreter

# How long a command takes five times, in hundredths of a second: of one that is too rough a measure.
measure() {
	read -r began _ </proc/uptime
	for _ in 1 2 3 4 5; do
		"$@" >/dev/null 2>&1
	done
	read -r ended _ </proc/uptime
	echo "$((${ended%.*}${ended#*.} - ${began%.*}${began#*.})) $*"
}
cat >/lab/usual.cfg <<-END
	name = "usual"
	kernel = "/lab/guest.kernel"
	memory = 128
	disk = ["/dev/nvme0n1,raw,xvda,r"]
	vif = ["bridge=br0"]
END
# In turn, as the host has other things to do: what slows one of them down slows its neighbour as well.
for _ in 1 2 3 4 5 6 7; do
	measure xl create -n /lab/usual.cfg
	measure xen-dmacheck preflight /lab/usual.cfg
	measure xen-dmacheck preflight --observe=always /lab/usual.cfg
done >"$results/speed"
send speed
# The hypervisor says at boot whether its GICv3 does for a GICv2, and its ring forgets.
echo 'gic_version = "v2"' | try bad-gic-v2
# What works.
try ok-minimal </dev/null
echo 'gic_version = "v3"' | try ok-gic-v3
echo 'cpus = "0-1,^1"' | try ok-cpus
cd /lab
printf 'kernel = "guest.kernel"\ndisk = ["file.img,raw,xvda,w"]\n' | try ok-relative '^kernel'
cd /
echo 'disk = ["/lab/file.img,raw,xvda,w", "/lab/file.img,raw,xvdb,w"]' | try ok-disk-twice
echo 'pool = "Pool-0"' | try ok-pool
echo 'disk = ["phy:/dev/nvme0n1,xvda,r"]' | try ok-device
echo 'disk = ["/lab/file.img,raw,xvda,w"]' | try ok-file
echo 'disk = ["/lab/read-only.img,raw,xvda,r"]' | try ok-read-only
echo 'disk = ["format=raw, vdev=xvda, access=rw, target=/lab/file.img", "/dev/vda,,xvdb,ro"]' | try ok-two-disks
echo 'vif = ["bridge=br0,mac=00:16:3e:00:00:01"]' | try ok-bridge
printf 'vif = ["bridge=br0"]\ndisk = ["/dev/nvme0n1,raw,xvda,r"]\n' | try ok-disk-and-bridge
echo 'type = "pv"' | try ok-type-pv
echo 'vcpus = 4' | try ok-vcpus
echo 'on_crash = "preserve"; on_reboot = "destroy"' | try ok-actions
# What works, and is not what it says.
echo 'memroy = 256' | try odd-unknown-key
echo 'vif = ["bridge=br0,nonsense=1"]' | try odd-vif-word
echo 'vif = ["bridge=br0,mac=zz"]' | try odd-vif-mac
echo 'vcpus = "two"' | try odd-vcpus
echo 'extra = ["a", "b"]' | try odd-list '^extra'
printf 'memory = 96\nmemory = 128\n' | try odd-twice '^memory'
echo 'vif = "bridge=br0"' | try odd-no-list
echo 'rdm = "nonsense"' | try odd-rdm
# The file itself.
echo 'vcpus is 2' | try bad-syntax
echo 'vcpus = 2' | try bad-no-name '^name'
echo 'name = ["a"]' | try bad-name-list '^name'
echo 'type = "foo"' | try bad-type
echo 'on_crash = "explode"' | try bad-action
echo 'uuid = "1234"' | try bad-uuid
printf 'vcpus = 4\nmaxvcpus = 2\n' | try bad-maxvcpus
echo 'passthrough = "maybe"' | try bad-passthrough-word
echo 'gic_version = "v9"' | try bad-gic
echo 'tee = "gold"' | try bad-tee
echo 'max_grant_frames = "many"' | try bad-grant-frames
echo 'max_grant_frames = -1' | try bad-grant-frames-negative
echo 'max_grant_version = 2' | try bad-grant-version
echo 'max_event_channels = 1' | try bad-event-channels
echo 'cpus = "nonsense"' | try bad-cpus
echo 'pool = "none"' | try unsure-pool
# What Xen on Arm, or this machine, has not.
echo 'sve = "nonsense"' | try bad-sve-word
echo 'sve = "hw"' | try unsure-sve
echo 'tee = "optee"' | try bad-optee
echo 'nestedhvm = 1' | try bad-nestedhvm
echo 'hap = 0' | try bad-hap
echo 'altp2m = "mixed"' | try bad-altp2m
# Kernel, ramdisk, device tree.
echo | try bad-no-kernel '^kernel'
echo 'kernel = "/lab/none"' | try bad-kernel-missing '^kernel'
echo 'kernel = "/lab/guest.cpio.gz"' | try bad-kernel-ramdisk '^kernel'
echo 'kernel = "/lab/empty"' | try bad-kernel-empty '^kernel'
echo 'kernel = "/lab/directory"' | try bad-kernel-directory '^kernel'
echo 'ramdisk = "/lab/none"' | try bad-ramdisk-missing '^ramdisk'
echo 'device_tree = "/lab/none"' | try bad-devicetree-missing
echo 'device_tree = "/lab/junk.dtb"' | try bad-devicetree-junk
echo 'firmware = "pvgrub64"' | try bad-firmware-and-kernel
echo 'type = "hvm"' | try bad-hvm
echo 'kernel = "guest.kernel"' | try bad-kernel-relative '^kernel'
echo 'bootloader = "/lab/none"' | try bad-bootloader-no-disk
printf 'bootloader = "/lab/none"\ndisk = ["/lab/file.img,raw,xvda,r"]\n' | try bad-bootloader-missing '^kernel'
# Memory and processors.
echo 'memory = "much"' | try bad-memory-word '^memory'
echo 'memory = 8192' | try bad-memory-much '^memory'
echo 'memory = 16' | try bad-memory-little '^memory'
echo 'maxmem = 256' | try bad-maxmem
echo 'vcpus = 200' | try bad-vcpus
# Disks.
echo 'disk = ["/lab/none.img,raw,xvda,w"]' | try bad-disk-file
echo 'disk = ["phy:/dev/none,xvda,w"]' | try bad-disk-device
echo 'disk = ["/lab/directory,raw,xvda,w"]' | try bad-disk-directory
echo 'disk = ["/lab/disk.qcow2,qcow2,xvda,w"]' | try bad-disk-qcow2
echo 'disk = ["/lab/file.img,zip,xvda,w"]' | try bad-disk-format
echo 'disk = ["/lab/file.img,raw,foo,w"]' | try bad-disk-vdev
echo 'disk = ["/lab/file.img,raw,xvda,w", "/lab/other.img,raw,xvda,w"]' | try bad-disk-twice
echo 'disk = ["target=/lab/file.img"]' | try bad-disk-no-vdev
echo 'disk = ["/lab/file.img,raw,xvda,x"]' | try bad-disk-access
echo 'disk = ["/lab/file.img,raw,xvda,w,backend=nobody"]' | try bad-disk-backend
echo 'disk = ["/lab/read-only.img,raw,xvda,w"]' | try bad-disk-read-only
echo 'disk = ["script=none,vdev=xvda,target=/lab/file.img"]' | try bad-disk-script
echo 'disk = ["script=no-interpreter,vdev=xvda,target=/lab/file.img"]' | try bad-disk-interpreter
echo 'disk = ["script=block-iscsi,vdev=xvda,target=iqn=iqn.2000-01.x:y,portal=127.0.0.1"]' | try bad-iscsi
echo 'disk = ["script=block-nbd,vdev=xvda,target=127.0.0.1 10809"]' | try bad-nbd
echo 'disk = ["vdev=xvda,specification=virtio,backendtype=standalone,target=/lab/file.img"]' | try unsure-virtio-disk
await 30 "ext4" grep -q ext4 /proc/filesystems
mkdir -p /lab/mounted
truncate -s 8M /lab/ext.img && losetup /dev/loop6 /lab/ext.img && mke2fs -q /dev/loop6
await 10 "a mount" mount -t ext4 /dev/loop6 /lab/mounted
echo 'disk = ["phy:/dev/loop6,xvda,w"]' | try bad-disk-mounted
echo 'disk = ["phy:/dev/loop6,xvda,r"]' | try bad-disk-mounted-read
mount -o remount,ro /lab/mounted
echo 'disk = ["phy:/dev/loop6,xvda,r"]' | try ok-disk-mounted-read-only
umount /lab/mounted
# Interfaces.
echo 'vif = ["bridge=none"]' | try bad-bridge
echo 'vif = [""]' | try bad-bridge-usual
echo 'vif = ["bridge=lo"]' | try bad-bridge-kind
echo 'vif = ["script=vif-openvswitch,bridge=ovs0"]' | try bad-openvswitch
echo 'vif = ["bridge=br0,script=none"]' | try bad-vif-script
echo 'vif = ["bridge=br0,script=not-executable"]' | try bad-vif-not-executable
echo 'vif = ["bridge=br0,rate=fast"]' | try bad-vif-rate
echo 'vif = ["bridge=br0,type=ioemu"]' | try bad-vif-ioemu
echo 'vif = ["bridge=br0,backend=nobody"]' | try bad-vif-backend
echo 'vif = ["bridge=br0,vifname=br0"]' | try bad-vif-name-taken
# Passing devices through, where Xen drives no IOMMU.
echo 'pci = ["00:04.0"]' | try bad-pci
echo 'pci = ["nonsense"]' | try bad-pci-syntax
echo 'dtdev = ["/pl011@9000000"]' | try bad-dtdev
echo 'passthrough = "enabled"' | try bad-passthrough
echo 'iomem = ["zz"]' | try bad-iomem
echo 'irqs = ["x"]' | try bad-irqs
echo 'ioports = ["3f8"]' | try bad-ioports
echo 'irqs = ["33"]' | try unsure-irqs
echo 'virtio = ["backend=0,nonsense=1"]' | try bad-virtio
echo 'virtio = ["type=nonsense,transport=mmio"]' | try bad-virtio-type
echo 'vtpm = ["backend=nobody"]' | try bad-vtpm
echo 'vdispl = ["backend=Domain-0"]' | try bad-vdispl
echo 'vfb = ["vnc=1"]' | try bad-vfb
echo 'channel = ["connection=pty,name=org.example"]' | try bad-channel
# What somebody else has.
cat >/lab/holder.cfg <<-END
	name = "holder"
	uuid = "8be4df61-93ca-11d2-aa0d-00e098032b8c"
	kernel = "/lab/guest.kernel"
	memory = 64
	disk = ["/dev/nvme0n1,raw,xvda,r", "/lab/other.img,raw,xvdb,w"]
END
run holder.txt 100 xl create -p /lab/holder.cfg
echo 'name = "holder"' | try bad-name-taken '^name'
echo 'uuid = "8be4df61-93ca-11d2-aa0d-00e098032b8c"' | try odd-uuid
run holder-again.txt 100 xl create -p /lab/holder.cfg
echo 'disk = ["/dev/nvme0n1,raw,xvda,w"]' | try bad-disk-taken
echo 'disk = ["/lab/other.img,raw,xvda,w"]' | try unsure-file-taken
echo 'disk = ["/dev/nvme0n1,raw,xvda,r"]' | try ok-shared-read-only
xl destroy holder
# The toolstack; what cannot be brought back comes last.
kill "$(pidof xenconsoled)"
try bad-no-xenconsoled </dev/null
xenconsoled
rmmod xen-netback
echo 'vif = ["bridge=br0"]' | try bad-no-netback
rmmod xen-blkback
echo 'disk = ["/lab/file.img,raw,xvda,w"]' | try bad-no-blkback
cp /var/log/xen/xen-hotplug.log "$results/hotplug.txt"
tell
send order hotplug.txt
facts
reports
read_disks
