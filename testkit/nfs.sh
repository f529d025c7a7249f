#!/usr/bin/env bash
# Runs a command on a machine of its own, in user-mode Linux, where two hosts mount one folder by NFS 4.2:
# /mnt/a and /mnt/b are the same folder as two clients see it. The rest of the file system is this one's.
#
#   nfs.sh COMMAND…    what it prints comes between the kernel's own lines
set -euo pipefail

boot() {
  local init command
  init=$(mktemp)
  command=$(printf '%q ' "$@")
  printf '#!/usr/bin/env bash\nexec %q inside %q %q\n' "$(realpath "$0")" "$PWD" "$command" > "$init"
  chmod +x "$init"
  linux.uml mem=1200M root=/dev/root rootfstype=hostfs rootflags=/ rw init="$init" \
    con=null con0=fd:0,fd:1 quiet < /dev/null 2>&1 || true
  rm -f "$init"
}

# The first process of that machine. What it changes lies in memory.
inside() {
  export PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
  mount -t proc proc /proc
  mount -t sysfs sysfs /sys
  for folder in /run /var/lib/nfs /mnt; do mount -t tmpfs tmpfs "$folder"; done
  mkdir -p /run/modules/lib/modules /var/lib/nfs/{v4recovery,rpc_pipefs,sm} /mnt/{shared,a,b}
  mount --bind /usr/lib/uml/modules /run/modules/lib/modules
  for module in nfsd nfs nfsv4 veth; do modprobe --dirname=/run/modules "$module"; done
  serve
  mount_as 1 /mnt/a
  mount_as 2 /mnt/b
  cd "$1"
  bash -c "$2" < /dev/null || true
  poweroff --force
}

serve() {
  touch /var/lib/nfs/{etab,rmtab}
  mount -t nfsd nfsd /proc/fs/nfsd
  mount -t tmpfs tmpfs /mnt/shared
  ip link set lo up
  hostname server
  exportfs -o rw,no_root_squash,insecure,no_subtree_check,fsid=0 '*:/mnt/shared'
  rpc.mountd 2> /dev/null
  rpc.nfsd --no-nfs-version 3 4
}

# A network of its own makes a client of its own.
mount_as() {
  ip netns add "client$1"
  ip link add "v$1" type veth peer name eth0 netns "client$1"
  ip addr add "10.94.$1.1/24" dev "v$1"
  ip link set "v$1" up
  ip -n "client$1" addr add "10.94.$1.2/24" dev eth0
  ip -n "client$1" link set eth0 up
  nsenter --net="/run/netns/client$1" mount -t nfs4 -o vers=4.2 "10.94.$1.1:/" "$2"
}

case ${1:-} in
  inside) inside "$2" "$3" ;;
  '') sed -n '2,/^set/s/^# \{0,1\}//p' "$0" && exit 2 ;;
  *) boot "$@" ;;
esac
