// A page as PNG. A page of text has few colours and becomes a palette picture, a third of the size that poppler's own PNG
// has; a page with photographs stays true colour, without loss.
#include "include/picture.h"

#include "palette.h"

#include <png.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

struct picture {
    uint32_t width, height;
    const unsigned char *pixels;
};

// A number, and the one white space behind it; NULL when there is none between 1 and `most`.
static const unsigned char *read_number(
    const unsigned char *text, const unsigned char *end, uint32_t most, uint32_t *number) {
    const unsigned char *start = text;
    for (*number = 0; text < end && *text >= '0' && *text <= '9'; text++) {
        *number = *number * 10 + (*text - '0');
        if (*number > most) return NULL;
    }
    bool is_ended = text > start && text < end && (*text == ' ' || *text == '\n');
    return is_ended && *number > 0 ? text + 1 : NULL;
}

// False unless the bytes are one whole picture: `P6`, width, height and 255, each followed by white space.
static bool read_picture(const unsigned char *bytes, size_t length, struct picture *picture) {
    const unsigned char *end = bytes + length, *text;
    uint32_t most;
    if (length < 3 || memcmp(bytes, "P6\n", 3)) return false;
    if (!(text = read_number(bytes + 3, end, PNG_USER_WIDTH_MAX, &picture->width))
        || !(text = read_number(text, end, PNG_USER_HEIGHT_MAX, &picture->height))
        || !(text = read_number(text, end, 255, &most)) || most != 255)
        return false;
    picture->pixels = text;
    return (size_t)(end - text) == (size_t)picture->width * picture->height * 3;
}

static void write_indexed_rows(png_structp png, const struct picture *picture, struct colours *colours, png_bytep row) {
    const unsigned char *pixel = picture->pixels, *next;
    for (uint32_t number = 0; number < picture->height; number++) {
        const unsigned char *end = pixel + (size_t)picture->width * 3;
        for (png_bytep column = row; pixel < end; pixel = next) {
            next = end_of_run(pixel, end);
            size_t run = (next - pixel) / 3;
            memset(column, entry_of(colours, colour_at(pixel)), run);
            column += run;
        }
        png_write_row(png, row);
    }
}

static void write_rows(png_structp png, const struct picture *picture) {
    for (uint32_t row = 0; row < picture->height; row++)
        png_write_row(png, picture->pixels + (size_t)row * picture->width * 3);
}

// `colours` is NULL for true colours. NO_ROOM when libpng gives up: it jumps back to here.
static int write_file(
    png_structp png, png_infop info, const struct picture *picture, struct colours *colours, png_bytep row,
    FILE *output) {
    png_color palette[PALETTE];
    if (setjmp(png_jmpbuf(png))) return NO_ROOM;
    int entries = colours ? make_palette(colours, palette) : 0;
    png_init_io(png, output);
    png_set_IHDR(
        png, info, picture->width, picture->height, 8, entries ? PNG_COLOR_TYPE_PALETTE : PNG_COLOR_TYPE_RGB,
        PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    if (entries) png_set_PLTE(png, info, palette, entries);
    // Text is runs of one colour: looked for as runs it takes half the time, and a few percent more bytes. Photographs
    // compress best as differences to the pixel on the left.
    png_set_compression_level(png, 6);
    png_set_compression_strategy(png, entries ? Z_RLE : Z_DEFAULT_STRATEGY);
    png_set_filter(png, PNG_FILTER_TYPE_BASE, entries ? PNG_FILTER_NONE : PNG_FILTER_SUB);
    png_write_info(png, info);
    if (entries) {
        write_indexed_rows(png, picture, colours, row);
    } else {
        write_rows(png, picture);
    }
    png_write_end(png, NULL);
    return 0;
}

int write_png(const unsigned char *bytes, size_t length, FILE *output) {
    struct picture picture;
    if (!read_picture(bytes, length, &picture)) return NO_PICTURE;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    struct colours *colours = calloc(1, sizeof *colours);
    png_bytep row = malloc(picture.width);
    int result = NO_ROOM;
    if (info && colours && row) {
        bool are_few = find_colours(colours, picture.pixels, (size_t)picture.width * picture.height);
        result = write_file(png, info, &picture, are_few ? colours : NULL, row, output);
    }
    free(row);
    free(colours);
    png_destroy_write_struct(&png, &info);
    return result || fflush(output) ? NO_ROOM : 0;
}
