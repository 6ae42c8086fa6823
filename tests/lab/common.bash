# shellcheck shell=bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# Sourced by the lab's scripts: where things are, and how a machine's file is read.
# shellcheck disable=SC2034  # each script uses some of these names
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source_dir=$(cd "$here/../.." && pwd)
LAB=${LAB:-/var/tmp/xen-lab}
export LAB
# How many times the usual every deadline is, here and in the machines: a host with other work needs more.
LAB_PATIENCE=${LAB_PATIENCE:-1}
# Where Debian has depmod and bpftool; not in every user's PATH.
PATH=$PATH:/usr/sbin:/sbin

die() {
	echo "${0##*/}: $*" >&2
	exit 2
}

root_dir() { echo "$LAB/rootfs-$1-$2"; } # SUITE ARCH
dest_dir() { echo "$LAB/dest-$1-$2"; }   # SUITE ARCH
initrd_file() { echo "$LAB/initrd/$1.cpio.gz"; }
overlay_file() { echo "$here/module/$1.dtso"; }
disk_file() { echo "$LAB/disk.img"; }
results_dir() { echo "$LAB/results/$1"; }

# The mirror that this machine uses for itself.
debian_mirror() {
	local mirror=${LAB_MIRROR:-}
	# shellcheck disable=SC2016  # $(ORIGIN) is apt's
	[ -n "$mirror" ] || mirror=$(apt-get indextargets --format '$(ORIGIN) $(REPO_URI)' 'Created-By: Packages' |
		awk '$1 == "Debian" && $2 ~ /\/debian\/$/ && !seen++ { print $2 }')
	[ -n "$mirror" ] || die "apt knows no Debian mirror here: set LAB_MIRROR to one"
	echo "$mirror"
}

# The one file that a pattern names. Two kernels in one root would make every result ambiguous.
only() {
	if [ $# -ne 1 ] || [ ! -e "$1" ]; then
		die "expected one file, found: $*"
	fi
	echo "$1"
}

# The kernel of the machine that was read, with its modules. One root may hold several flavours: linux-image-armmp,
# linux-image-armmp-lpae. Since forky, Debian has the kernel beside its modules.
kernel_root() { root_dir "${machine[kernel_suite]:-${machine[suite]}}" "${machine[arch]}"; }
kernel_version() { basename "$(only "$(kernel_root)"/usr/lib/modules/*"${machine[kernel]#linux-image}")"; }
kernel_file() {
	local version
	version=$(kernel_version)
	if [ -e "$(kernel_root)/boot/vmlinuz-$version" ]; then
		echo "$(kernel_root)/boot/vmlinuz-$version"
	else
		only "$(kernel_root)/usr/lib/modules/$version/vmlinuz"
	fi
}

# The hypervisor: the package's, or one built with xen_options.
hypervisor_file() {
	local suite=${machine[xen_suite]:-${machine[suite]}} arch=${machine[arch]} options=${machine[xen_options]:-}
	if [ -n "$options" ]; then
		echo "$LAB/xen-$suite-$arch-${options// /-}/xen/xen"
	else
		echo "$(root_dir "$suite" "$arch")/boot/xen-${machine[xen]}-$arch"
	fi
}

# The machine's own module, as build-module makes it: NAME.ko for its kernel.
module_file() { echo "$LAB/module-${machine[suite]}-${machine[arch]}${machine[kernel]#linux-image}/${machine[module]}.ko"; }

triplet() { # ARCH
	case $1 in
	amd64) echo x86_64-linux-gnu ;;
	arm64) echo aarch64-linux-gnu ;;
	armhf) echo arm-linux-gnueabihf ;;
	*) die "architecture $1: unknown to the lab" ;;
	esac
}
cpu() { triplet "$1" | cut -d - -f 1; } # ARCH: as QEMU and meson call it

declare -A machine # a scalar key of the machine's file -> its value
devices=()         # its "device" lines

# read_machine NAME: read machines/NAME.conf, and before it the machine it is "like".
read_machine() {
	local file=$here/machines/$1.conf line key value
	[ -e "$file" ] || die "no machine named $1 (lab list names them)"
	while IFS= read -r line; do
		[[ $line =~ ^[[:space:]]*(#|$) ]] && continue
		[[ $line =~ ^([a-z0-9_]+)\ =\ ?(.*)$ ]] || die "$file: not 'key = value': $line"
		key=${BASH_REMATCH[1]} value=${BASH_REMATCH[2]}
		case $key in
		like) read_machine "$value" ;;
		device) [ -n "$value" ] && devices+=("$value") || devices=() ;;
		summary | ci | arch | cpu | suite | kernel | kernel_suite | xen | xen_suite | xen_options | tools | tools_suite | toolstack | \
			iommu | qemu_suite | qemu_args | xen_args | dom0_args | packages | programs | modules | module | overlay | host_dtb | \
			disks | guest | guest_modules | guest_type | script | check | timeout) machine[$key]=$value ;;
		*) die "$file: unknown key: $key" ;;
		esac
	done <"$file"
}
