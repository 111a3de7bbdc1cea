#ifndef TASKS_CSODIUM_H
#define TASKS_CSODIUM_H

#include <sodium.h>

#endif
