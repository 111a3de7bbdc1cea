// What Linux can do and Swift's Glibc does not offer.

#ifndef TASKS_LINUX_H
#define TASKS_LINUX_H

#include <sys/eventfd.h>
#include <errno.h>
#include <malloc.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <fcntl.h>
#include <linux/stat.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>

// https://man7.org/linux/man-pages/man2/statx.2.html
// The file's number and when it was made; 0 where the file system does not know. Returns 0, or the error.
static inline int tasks_file_birth(const char *path, uint64_t *inode, int64_t *seconds, uint32_t *nanoseconds) {
  struct statx info;
  if (syscall(SYS_statx, AT_FDCWD, path, 0, STATX_INO | STATX_BTIME, &info) != 0) return errno;
  *inode = info.stx_ino;
  *seconds = (info.stx_mask & STATX_BTIME) ? info.stx_btime.tv_sec : 0;
  *nanoseconds = (info.stx_mask & STATX_BTIME) ? info.stx_btime.tv_nsec : 0;
  return 0;
}

// https://man7.org/linux/man-pages/man7/rtnetlink.7.html
// A socket that has something to read when an address or a link comes or goes. Returns it, or -1 with errno.
static inline int tasks_network_changes(void) {
  int socket_ = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);
  if (socket_ < 0) return -1;
  struct sockaddr_nl address = {0};
  address.nl_family = AF_NETLINK;
  address.nl_groups = RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR | RTMGRP_IPV4_ROUTE | RTMGRP_IPV6_ROUTE;
  if (bind(socket_, (struct sockaddr *)&address, sizeof address) != 0) {
    int code = errno;
    close(socket_);
    errno = code;
    return -1;
  }
  return socket_;
}

// https://man7.org/linux/man-pages/man3/mallopt.3.html
// Pieces of memory of this size and more are the system's again when they are freed.
static inline void tasks_return_pieces(int size) { mallopt(M_MMAP_THRESHOLD, size); }

// https://man7.org/linux/man-pages/man2/open.2.html
// A file without a name, gone when it is closed; O_TMPFILE is for GNU code only. Returns its descriptor, or -1 with errno: not every file system has it.
static inline int tasks_open_nameless(const char *folder) {
  return open(folder, __O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
}

// https://man7.org/linux/man-pages/man2/memfd_create.2.html
// A file that is memory. Returns its descriptor, or -1 with errno.
static inline int tasks_open_memory(void) { return (int)syscall(SYS_memfd_create, "tasks", 1 /* MFD_CLOEXEC */); }

// A descriptor by which one thread calls another.
static inline int tasks_eventfd(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

#endif
