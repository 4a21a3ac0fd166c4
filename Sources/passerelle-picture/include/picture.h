#pragma once
#include <stddef.h>
#include <stdio.h>

// Writes a picture that pdftoppm has drawn (Netpbm P6: red, green, blue, one byte each, rows from the top) as PNG (ISO/IEC
// 15948). 0; -1 when it is not one whole picture, or memory or the output has run out: what was written counts for nothing.
int write_png(const unsigned char *picture, size_t length, FILE *output);
