#!/usr/bin/env bash
# A run shared by two hosts: two network namespaces with a cable between them. tests/two_hosts.sh BUILD DATA.
set -euo pipefail
build=$1 data=$2
place=$(mktemp -d) name=gpt$$

clean() {
    for host in 1 2; do ip netns del $name-$host 2> /dev/null || true; done
    rm -rf "$place"
}
trap clean EXIT

skip() { echo "SKIPPED: $1"; exit 0; }
command -v ip unshare mpirun > /dev/null || skip 'this needs ip, unshare and mpirun'
[[ $(mpirun --version) == *"Open MPI"* ]] || skip "another MPI's mpirun is told otherwise"
for host in 1 2; do
    ip netns add $name-$host 2> /dev/null || skip 'no network namespace can be made here'
    ip -n $name-$host link set lo up
done
ip link add v1 netns $name-1 type veth peer name v2 netns $name-2 2> /dev/null || skip 'no cable can be made here'
for host in 1 2; do
    ip -n $name-$host addr add 10.77.0.$host/24 dev v$host
    ip -n $name-$host link set v$host up
done

# As ssh: enters the namespace of that host, which has a name of its own there.
cat > "$place/enter" << ENTER
#!/bin/bash
host=\$1; shift
exec ip netns exec $name-\${host##*.} unshare --uts bash -c "hostname host\${host##*.}; \$*"
ENTER
chmod +x "$place/enter"

run=(--data "$data" --batch 40 --steps 20 --samples 5)
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
"$build/microgpt" "${run[@]}" --save "$place/one.safetensors" > "$place/one.txt"
"$place/enter" 10.77.0.1 timeout 60 mpirun --quiet --oversubscribe --host 10.77.0.1,10.77.0.2 -n 2 \
    --mca plm_rsh_agent "$place/enter" --mca btl self,tcp --mca pml ob1 --mca oob_tcp_if_include 10.77.0.0/24 \
    --mca btl_tcp_if_include 10.77.0.0/24 "$build/microgpt-mpi" "${run[@]}" --save "$place/two.safetensors" \
    > "$place/two.txt"
diff "$place/one.txt" "$place/two.txt"
cmp "$place/one.safetensors" "$place/two.safetensors"
[ "$(ip netns exec $name-2 cat /sys/class/net/v2/statistics/rx_bytes)" -gt 100000 ] || { echo 'nothing went over the cable'; exit 1; }
