#ifndef TASKS_CZSTD_H
#define TASKS_CZSTD_H

#include <zstd.h>
#include <zstd_errors.h>

#endif
