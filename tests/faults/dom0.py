# SPDX-License-Identifier: LGPL-2.1-or-later
"""A recorded machine as a directory again, to read it from files that can be made to fail."""
import io
import json
import os
import pathlib
import subprocess
import tarfile


def records(bundle):
    """(key, data) of each record that a bundle has data of."""
    data = subprocess.run(['zstd', '-dcq', bundle], capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        files = {member.name: archive.extractfile(member).read() for member in archive}
    for record in json.loads(files['xen-dmacheck/manifest.json'])['evidence']:
        if 'name' in record and record['status'] == 'ok':
            yield record['key'], files['xen-dmacheck/' + record['name']]


def fields(data):
    """The "name=value" lines of a record."""
    return [line.split('=', 1) for line in data.decode(errors='replace').splitlines() if '=' in line]


def write(root, path, data):
    file = root / path.lstrip('/')
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)


def link(root, path, target):
    """The link @path of sysfs, relative as the kernel makes it."""
    name = root / path.lstrip('/')
    name.parent.mkdir(parents=True, exist_ok=True)
    (root / target.lstrip('/')).mkdir(parents=True, exist_ok=True)
    name.symlink_to(os.path.relpath(root / target.lstrip('/'), name.parent))


def lay_out_device(root, device, values):
    path = '/sys' + device
    (root / path.lstrip('/')).mkdir(parents=True, exist_ok=True)
    bus = dict(values)['bus']
    link(root, f'/sys/bus/{bus}/devices/{os.path.basename(device)}', path)
    for name, value in values:
        if name == 'driver':
            link(root, f'{path}/driver', f'/sys/bus/{bus}/drivers/{value}')
        elif name == 'iommu_group':
            link(root, f'{path}/iommu_group', f'/sys/kernel/iommu_groups/{value}')
        elif name == 'iommu':
            link(root, f'{path}/iommu', f'/sys/class/iommu-of/{value}')
        elif name == 'of_node':
            link(root, f'{path}/of_node', f'/sys/firmware/devicetree/base{value}')
        elif name == 'busmaster':
            write(root, f'{path}/config', bytes(4) + bytes([4 * int(value), 0]) + bytes(58))
        elif name != 'bus':
            write(root, f'{path}/{name}', value.encode() + b'\n')


def lay_out(bundle, root):
    """Below @root what a report reads of the machine, but for what only a running one can tell."""
    root = pathlib.Path(root)
    for key, data in records(bundle):
        kind, _, subject = key.partition(':')
        if kind == 'file':
            write(root, subject, data)
        elif kind == 'device':
            lay_out_device(root, subject, fields(data))
        elif kind == 'class':
            for name, device in fields(data):
                link(root, f'/sys/class/{subject}/{name}', '/sys' + device)
        elif kind == 'iommu-groups':
            for number, group_type in fields(data):
                write(root, f'/sys/kernel/iommu_groups/{number}/type', group_type.encode() + b'\n')
        elif kind == 'devicetree':
            write(root, '/sys/firmware/fdt', data)
        elif kind == 'kmsg':
            write(root, '/dev/kmsg', data)
        elif kind == 'uname':
            values = dict(fields(data))
            write(root, '/proc/sys/kernel/osrelease', values['release'].encode() + b'\n')
            write(root, '/proc/sys/kernel/arch', values['machine'].encode() + b'\n')
