#pragma once
// What Swift's Glibc module leaves out: one is declared only under _GNU_SOURCE, the other in a header of its own.
#include <malloc.h>
extern int memfd_create(const char *name, unsigned int flags);
