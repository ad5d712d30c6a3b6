#!/bin/busybox sh
# The first process of the virtual machine: file systems, kernel modules, scenarios, end.
/bin/busybox mkdir -p /bin /sbin /usr/bin
/bin/busybox --install -s /bin
export PATH=/bin:/usr/bin
mount -t proc none /proc
mount -t sysfs none /sys
mount -t devtmpfs none /dev
mount -t tmpfs none /run
mount -t tmpfs none /tmp
for module in /modules/*; do
  case $module in
    # A controller with a port for each device.
    *dummy_hcd*) insmod "$module" num=12 ;;
    *) insmod "$module" ;;
  esac || echo "usb-bench: $module was not loaded"
done
mount -t configfs none /sys/kernel/config
cd /bench
node --test-reporter=tap scenarios.mjs
echo "usb-bench: ended with $?"
poweroff -f
