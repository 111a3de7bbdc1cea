#ifndef TASKS_CSSH2_H
#define TASKS_CSSH2_H

#include <libssh2.h>

#endif
