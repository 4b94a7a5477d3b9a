#!/bin/sh
# Starts a sandbox that nobody waits for, so that it outlives the agent.
#   launch.sh RECORD CGROUP… -- UID STAGE SOURCE… -- COMMAND…
# Without UID ("-") nothing is staged: the agent is an ordinary user, and its sandboxes run as that user.
set -eu
record=$1
shift
(
    # This process becomes the sandbox; its start time tells it from a later process of the same number.
    read -r line < /proc/self/stat
    printf '%s\n' "$line" > "$record/launcher"
    while [ "$1" != -- ]; do
        echo 0 > "$1/cgroup.procs"
        shift
    done
    shift
    owner=$1
    stage=$2
    shift 2
    if [ "$owner" = - ]; then
        while [ "$1" != -- ]; do shift; done
        shift
        exec "$@"
    fi
    # The sandbox's user may not read the way to these folders (/root, the data folder), so they are mounted where it may.
    mount -t tmpfs -o mode=0755,size=64k,nr_inodes=64 stage "$stage"
    number=0
    places=
    for source in "$@"; do
        if [ "$source" = -- ]; then break; fi
        if [ -d "$source" ]; then places="$places $stage/$number"; else : > "$stage/$number"; fi
        number=$((number + 1))
    done
    # One program for all: each costs milliseconds of every start.
    mkdir $places
    number=0
    while [ "$1" != -- ]; do
        mount --bind "$1" "$stage/$number"
        number=$((number + 1))
        shift
    done
    shift
    exec setpriv --reuid="$owner" --regid="$owner" --clear-groups --inh-caps=-all --no-new-privs "$@"
) &
