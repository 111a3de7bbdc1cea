// Lets the wall clock of a program stand: it is preloaded, and TEST_CLOCK says when it is, as 2025-11-21 14:00:00 where the
// program is. Clocks that measure how long something takes go on, so that deadlines and pauses are what they are.
//
// And not libfaketime, which leaves a semaphore behind under the number of each process, and goes wrong when a later process
// gets that number.
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

// The moment in seconds; -1 where the clock is to be the right one.
static time_t moment(void) {
  static _Atomic time_t known = -2;
  if (known == -2) {
    const char *text = getenv("TEST_CLOCK");
    struct tm parts = {.tm_isdst = -1};
    known = text != NULL && strptime(text, "%Y-%m-%d %H:%M:%S", &parts) != NULL ? mktime(&parts) : -1;
  }
  return known;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  if ((clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) && moment() >= 0) {
    *time = (struct timespec){.tv_sec = moment()};
    return 0;
  }
  return (int)syscall(SYS_clock_gettime, clock, time);
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
  (void)zone;
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  *time = (struct timeval){.tv_sec = now.tv_sec, .tv_usec = now.tv_nsec / 1000};
  return 0;
}

time_t time(time_t *place) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (place != NULL) *place = now.tv_sec;
  return now.tv_sec;
}
