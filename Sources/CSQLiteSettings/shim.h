#pragma once
// sqlite3_config takes a list of arguments of any length, which Swift cannot call.
#include <sqlite3.h>

// SQLite counts its memory under one lock for all connections: two more turns of it for each piece that it takes, and as
// many when it is given back. Nobody asks for that sum. To be called before the first connection is opened; later it
// changes nothing, and says so (SQLITE_MISUSE).
static inline int sqlite_without_memory_statistics(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}
