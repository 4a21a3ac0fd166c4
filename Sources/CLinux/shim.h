#pragma once
// Glibc declares this only under _GNU_SOURCE, which Swift's Glibc module is built without.
extern int memfd_create(const char *name, unsigned int flags);
