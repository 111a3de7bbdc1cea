#ifndef TASKS_CSQLITE_H
#define TASKS_CSQLITE_H

#include <sqlite3.h>

/* SQLITE_TRANSIENT is a cast in a macro, which Swift does not import: SQLite copies the value before it returns. */
static inline sqlite3_destructor_type tasks_sqlite_transient(void) { return SQLITE_TRANSIENT; }

/* What a database that came from somewhere else can do is bounded: its schema calls no function with side effects, and
   SQL writes neither to the schema nor to the tables behind the full-text index. (Variadic, so out of Swift's reach.) */
static inline int tasks_sqlite_defend(sqlite3 *db) {
  int code = sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)0);
  return code == SQLITE_OK ? sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0) : code;
}

/* No counting of memory, which costs a lock for every allocation. To be called before anything else is. */
static inline int tasks_sqlite_skip_statistics(void) {
  return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

#endif
