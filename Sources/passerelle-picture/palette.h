#pragma once
#include <png.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// The most colours that a palette is looked for with, and four places for each in the table where they are found.
enum { MOST_COLOURS = 4096, COLOUR_PLACES = 4 * MOST_COLOURS, PALETTE = 256 };

struct colour {
    uint32_t value;  // 0xRRGGBB
    uint32_t pixels; // of this colour; 0: the place is free
    uint8_t entry;   // of the palette
};

struct colours {
    struct colour places[COLOUR_PLACES];
    struct colour *all[MOST_COLOURS];
    size_t count;
};

static inline uint32_t colour_at(const unsigned char *pixel) {
    return (uint32_t)pixel[0] << 16 | (uint32_t)pixel[1] << 8 | pixel[2];
}

// Finds the colours of so many pixels; false when there are more than MOST_COLOURS.
bool find_colours(struct colours *colours, const unsigned char *pixels, size_t count);

// Gives each colour its entry in a palette. The number of entries; 0 when 256 cannot stand for them all.
int make_palette(struct colours *colours, png_color palette[PALETTE]);

// The entry of a colour that was found before.
uint8_t entry_of(struct colours *colours, uint32_t value);
