#pragma once
#include "../CPDFKeeper/protocol.h"

// Runs qpdf on the file, in a process that does nothing else, and ends it. `arguments` end with NULL.
_Noreturn void be_child(
    const struct pdf_keeper_request *request, const char *const *arguments, int file, int output);

// The same qpdf on a file of our own: what it sets up once, children find set up.
// 0, or -1 when that file was not found sound.
int warm_up(void);

// From here on only the system calls of a parser: no program, no process, no socket, no file for writing.
// 0, or -1 with errno.
int allow_only_parsing(void);
