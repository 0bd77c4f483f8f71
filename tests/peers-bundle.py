#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""bundle DIR [UID GID]: an OCI bundle in DIR whose root shows the machine's
programs and whose command sleeps; with UID and GID a rootless one."""
import json
import os
import sys

directory, ids = sys.argv[1], [int(n) for n in sys.argv[2:]]
root = os.path.join(directory, "rootfs")
os.makedirs(root)
mounts = [
    {"destination": "/proc", "type": "proc", "source": "proc"},
    {"destination": "/dev", "type": "tmpfs", "source": "tmpfs",
     "options": ["nosuid", "mode=755"]},
]
for name in ("bin", "etc", "lib", "lib64", "sbin", "usr"):
    path = "/" + name
    if os.path.islink(path):
        os.symlink(os.readlink(path), os.path.join(root, name))
    elif os.path.isdir(path):
        os.mkdir(os.path.join(root, name))
        mounts.append({"destination": path, "type": "bind", "source": path,
                       "options": ["rbind", "ro"]})
types = ["pid", "network", "ipc", "uts", "mount"]
linux = {}
if ids:
    types.append("user")
    linux["uidMappings"] = [
        {"containerID": 0, "hostID": ids[0], "size": 1}]
    linux["gidMappings"] = [
        {"containerID": 0, "hostID": ids[1], "size": 1}]
linux["namespaces"] = [{"type": t} for t in types]
linux["seccomp"] = {
    "defaultAction": "SCMP_ACT_ALLOW",
    "syscalls": [{"names": ["acct"], "action": "SCMP_ACT_ERRNO"}],
}
caps = ["CAP_KILL", "CAP_NET_BIND_SERVICE"]
config = {
    "ociVersion": "1.0.0",
    "hostname": "container",
    "root": {"path": "rootfs", "readonly": True},
    "process": {
        "args": ["/bin/sleep", "300"],
        "cwd": "/",
        "env": ["PATH=/usr/bin:/bin", "IN=container"],
        "user": {"uid": 0, "gid": 0},
        "capabilities": {s: caps for s in
                         ("bounding", "effective", "permitted")},
        "noNewPrivileges": True,
    },
    "mounts": mounts,
    "linux": linux,
}
with open(os.path.join(directory, "config.json"), "w") as f:
    json.dump(config, f)
