#!/usr/bin/env bash
# A cluster of three nodes on this machine, for tests: Slurm's own daemons, as root, without systemd and
# without touching /etc. Every node is a host of its own to those that run on it: its name, network,
# process numbers and boot id.
#
#   slurmCluster.sh start         brings it up; SLURM_CONF=$CLUSTER/slurm.conf finds it
#   slurmCluster.sh power-off N   all processes of node N die at once
#   slurmCluster.sh power-on N    node N starts again, under another boot id; for when no job runs
#   slurmCluster.sh on N COMMAND  runs a command on node N
#   slurmCluster.sh stop          ends all of it
#
# CLUSTER is the folder of everything it writes.
set -euo pipefail
: "${CLUSTER:?the folder of the cluster}"
nodes=(1 2 3)
cpus=2
subnet=10.93.7
bridge=shakelab0
export SLURM_CONF=$CLUSTER/slurm.conf

# Short times: a death is to be noticed, and a requeued job to start again, within seconds.
write_conf() {
  cat > "$SLURM_CONF" <<END
ClusterName=shakelab
SlurmctldHost=$(hostname -s)($subnet.254)
SlurmctldPort=16917
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$CLUSTER/munge.socket
StateSaveLocation=$CLUSTER/state
SlurmctldPidFile=$CLUSTER/slurmctld.pid
SlurmctldLogFile=$CLUSTER/slurmctld.log
SlurmdSpoolDir=$CLUSTER/spool.%n
SlurmdPidFile=$CLUSTER/slurmd.%n.pid
SlurmdLogFile=$CLUSTER/slurmd.%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
SlurmdTimeout=5
KillWait=5
SchedulerParameters=sched_interval=1,sched_min_interval=50000,bf_interval=1
END
  for n in "${nodes[@]}"; do
    echo "NodeName=node$n NodeAddr=$subnet.$n Port=16918 CPUs=$cpus RealMemory=3000" >> "$SLURM_CONF"
  done
  echo 'PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP' >> "$SLURM_CONF"
}

start_authentication() {
  (umask 077 && head -c 1024 /dev/urandom > "$CLUSTER/munge.key")
  munged --key-file="$CLUSTER/munge.key" --socket="$CLUSTER/munge.socket" --pid-file="$CLUSTER/munged.pid" \
    --log-file="$CLUSTER/munged.log" --seed-file="$CLUSTER/munge.seed"
}

start_network() {
  ip link add "$bridge" type bridge
  ip addr add "$subnet.254/24" dev "$bridge"
  ip link set "$bridge" up
  for n in "${nodes[@]}"; do
    ip netns add "shakelab-node$n"
    ip link add "shakelab-v$n" type veth peer name eth0 netns "shakelab-node$n"
    ip link set "shakelab-v$n" master "$bridge" up
    ip -n "shakelab-node$n" addr add "$subnet.$n/24" dev eth0
    ip -n "shakelab-node$n" link set eth0 up
    ip -n "shakelab-node$n" link set lo up
  done
}

# The node's first process takes in orphans; when its parent is killed, it dies, and all others with it.
power_on() {
  local n=$1
  cat /proc/sys/kernel/random/uuid > "$CLUSTER/boot.node$n"
  setsid nsenter --net="/run/netns/shakelab-node$n" \
    unshare --uts --mount --pid --fork --kill-child --mount-proc bash -c '
      hostname "$1"
      mount --bind "$CLUSTER/boot.$1" /proc/sys/kernel/random/boot_id
      slurmd -D -N "$1" &
      until false; do wait -n || sleep 0.1; done
    ' first "node$n" < /dev/null > "$CLUSTER/node$n.out" 2>&1 &
  echo $! > "$CLUSTER/node$n.pid"
}

power_off() {
  [ -s "$CLUSTER/node$1.pid" ] || return 0
  kill -KILL "$(cat "$CLUSTER/node$1.pid")" 2> /dev/null || true
  rm -f "$CLUSTER/node$1.pid"
}

# Up to ten minutes, on a machine however busy.
await_nodes() {
  for _ in $(seq 6000); do
    [ "$(sinfo --noheader --states=idle --format=%D 2> /dev/null)" != "${#nodes[@]}" ] || return 0
    sleep 0.1
  done
  echo "the nodes did not come up; see $CLUSTER/*.log" >&2
  return 1
}

start() {
  mkdir -p "$CLUSTER/state"
  for n in "${nodes[@]}"; do mkdir -p "$CLUSTER/spool.node$n"; done
  write_conf
  start_authentication
  start_network
  slurmctld
  for n in "${nodes[@]}"; do power_on "$n"; done
  await_nodes
}

# A daemon that ends writes its state once more: afterwards it writes nothing.
end() {
  kill "$1" 2> /dev/null || return 0
  for _ in $(seq 100); do
    kill -0 "$1" 2> /dev/null || return 0
    sleep 0.1
  done
  kill -KILL "$1" 2> /dev/null || true
}

stop() {
  for n in "${nodes[@]}"; do power_off "$n"; done
  for daemon in slurmctld munged; do
    [ ! -s "$CLUSTER/$daemon.pid" ] || end "$(cat "$CLUSTER/$daemon.pid")"
  done
  for n in "${nodes[@]}"; do ip netns del "shakelab-node$n" 2> /dev/null || true; done
  ip link del "$bridge" 2> /dev/null || true
}

on() {
  local first
  first=$(pgrep -P "$(cat "$CLUSTER/node$1.pid")" | head -n 1)
  exec nsenter --target "$first" --all --wdns="$PWD" "${@:2}"
}

case ${1:-} in
  start | stop) "$1" ;;
  power-on)
    power_on "$2"
    await_nodes
    ;;
  power-off) power_off "$2" ;;
  on) on "${@:2}" ;;
  *)
    sed -n '2,/^$/s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac
