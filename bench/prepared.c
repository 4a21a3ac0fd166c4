/* Loaded before SQLite: writes every statement that the program prepares to the file named in PREPARED_STATEMENTS,
   each ended by a NUL. So the plans that are checked are those of the program's own statements. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

typedef int prepare_v3(void *, const char *, int, unsigned, void **, const char **);

int sqlite3_prepare_v3(void *db, const char *sql, int length, unsigned flags, void **statement, const char **tail) {
    static prepare_v3 *next;
    if (!next) next = (prepare_v3 *)dlsym(RTLD_NEXT, "sqlite3_prepare_v3");
    const char *path = getenv("PREPARED_STATEMENTS");
    int file = path ? open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
    if (file >= 0) {
        struct iovec parts[2] = {
            {(void *)sql, length < 0 ? strlen(sql) : strnlen(sql, (size_t)length)}, {"", 1}};
        if (writev(file, parts, 2) < 0) abort();
        close(file);
    }
    return next(db, sql, length, flags, statement, tail);
}
