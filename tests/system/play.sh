#!/bin/sh
# usage: play.sh STRATA CHECKOUT FILE.touch [OPTION OF RUN…]
# Plays a finger script on a device of its own. Files are named relative to the checkout.
set -u
checkout=$2
script=$3
. "$(dirname "$0")/device.sh"
shift 3
cd -- "$checkout" || exit 1
device_start "$@"
check strata play "$script"
check strata stop
