// At most 256 colours, and which of them each colour of a picture becomes.
#include "palette.h"

#include <stdlib.h>

static struct colour *place_of(struct colours *colours, uint32_t value) {
    uint32_t first = value * 2654435761u >> 18; // 14 bits, one for each place
    for (uint32_t step = 0; step < MOST_STEPS; step++) {
        struct colour *place = &colours->places[(first + step) % COLOUR_PLACES];
        if (!place->pixels || place->value == value) return place;
    }
    return NULL;
}

bool find_colours(struct colours *colours, const unsigned char *pixels, size_t count) {
    const unsigned char *next, *end = pixels + 3 * count;
    for (const unsigned char *pixel = pixels; pixel < end; pixel = next) {
        next = end_of_run(pixel, end);
        struct colour *colour = place_of(colours, colour_at(pixel));
        if (!colour) return false;
        bool is_known = colour->pixels;
        colour->pixels += (next - pixel) / 3;
        if (is_known) continue;
        if (colours->count == MOST_COLOURS) return false;
        colour->value = colour_at(pixel);
        colours->all[colours->count++] = colour;
    }
    return true;
}

uint8_t entry_of(struct colours *colours, uint32_t value) { return place_of(colours, value)->entry; }

static bool is_near(const png_color *one, uint32_t other, int tolerance) {
    return abs(one->red - (int)(other >> 16)) <= tolerance && abs(one->green - (int)(other >> 8 & 0xFF)) <= tolerance
        && abs(one->blue - (int)(other & 0xFF)) <= tolerance;
}

// Each colour takes the first entry that is near enough, or becomes a new one.
static int cover(struct colours *colours, int tolerance, png_color palette[PALETTE]) {
    int count = 0;
    for (struct colour **one = colours->all; one < colours->all + colours->count; one++) {
        uint32_t value = (*one)->value;
        int entry = tolerance ? 0 : count;
        while (entry < count && !is_near(&palette[entry], value, tolerance)) entry++;
        if (entry == PALETTE) return 0;
        if (entry == count) palette[count++] = (png_color){value >> 16, value >> 8 & 0xFF, value & 0xFF};
        (*one)->entry = entry;
    }
    return count;
}

// The most frequent first; where they are as frequent, in an order that is always the same.
static int by_pixels(const void *left, const void *right) {
    const struct colour *one = *(struct colour *const *)left, *other = *(struct colour *const *)right;
    if (one->pixels != other->pixels) return one->pixels < other->pixels ? 1 : -1;
    return one->value < other->value ? 1 : -1;
}

int make_palette(struct colours *colours, png_color palette[PALETTE]) {
    // How far a colour may move, per channel of 255: nothing when all fit, else as little as it takes. Eight steps are the
    // soft edges of letters; a picture that needs more keeps its true colours.
    static const int tolerances[] = {0, 2, 4, 8};
    qsort(colours->all, colours->count, sizeof colours->all[0], by_pixels);
    for (size_t step = 0; step < sizeof tolerances / sizeof tolerances[0]; step++) {
        int count = cover(colours, tolerances[step], palette);
        if (count) return count;
    }
    return 0;
}
