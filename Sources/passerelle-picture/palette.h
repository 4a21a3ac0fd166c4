#pragma once
#include <png.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

// The most colours that a palette is looked for with, and four places for each in the table where they are found.
enum { MOST_COLOURS = 4096, COLOUR_PLACES = 4 * MOST_COLOURS, PALETTE = 256 };
// How far a colour may lie from its place: more is a picture that was made to take long.
enum { MOST_STEPS = 64 };

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

// Where another colour begins, or `end`. A page of text is white for the most part, so runs of grey are looked for eight
// bytes at a time.
static inline const unsigned char *end_of_run(const unsigned char *pixel, const unsigned char *end) {
    const unsigned char *next = pixel + 3;
    uint64_t eight, bytes;
    if (pixel[0] != pixel[1] || pixel[0] != pixel[2]) {
        while (next < end && !memcmp(next, pixel, 3)) next += 3;
        return next;
    }
    memset(&eight, pixel[0], sizeof eight);
    while (end - next >= 8 && (memcpy(&bytes, next, sizeof bytes), bytes == eight)) next += 8;
    while (next < end && *next == pixel[0]) next++;
    return next - (next - pixel) % 3;
}

// Finds the colours of so many pixels; false when there are more than MOST_COLOURS, or one takes more than MOST_STEPS.
bool find_colours(struct colours *colours, const unsigned char *pixels, size_t count);

// Gives each colour its entry in a palette. The number of entries; 0 when 256 cannot stand for them all.
int make_palette(struct colours *colours, png_color palette[PALETTE]);

// The entry of a colour that was found before.
uint8_t entry_of(struct colours *colours, uint32_t value);
