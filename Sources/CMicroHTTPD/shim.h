#ifndef TASKS_CMICROHTTPD_H
#define TASKS_CMICROHTTPD_H

#include <microhttpd.h>

#endif
