// What Linux can say of a file and Swift's Glibc does not: https://man7.org/linux/man-pages/man2/statx.2.html

#ifndef TASKS_LINUX_H
#define TASKS_LINUX_H

#include <errno.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <fcntl.h>
#include <linux/stat.h>

// The file's number and when it was made; 0 where the file system does not know. Returns 0, or the error.
static inline int tasks_file_birth(const char *path, uint64_t *inode, int64_t *seconds, uint32_t *nanoseconds) {
  struct statx info;
  if (syscall(SYS_statx, AT_FDCWD, path, 0, STATX_INO | STATX_BTIME, &info) != 0) return errno;
  *inode = info.stx_ino;
  *seconds = (info.stx_mask & STATX_BTIME) ? info.stx_btime.tv_sec : 0;
  *nanoseconds = (info.stx_mask & STATX_BTIME) ? info.stx_btime.tv_nsec : 0;
  return 0;
}

#endif
