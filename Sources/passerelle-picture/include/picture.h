#pragma once
#include <stddef.h>
#include <stdio.h>

// Writes a picture that pdftoppm has drawn (Netpbm P6: red, green, blue, one byte each, rows from the top) as PNG (ISO/IEC
// 15948). 0; else what was written counts for nothing: it is not one whole picture, or memory or the output has run out.
enum { NO_PICTURE = 1, NO_ROOM = 2 };
int write_png(const unsigned char *picture, size_t length, FILE *output);
