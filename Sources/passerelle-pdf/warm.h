#pragma once

// Runs qpdf on a file of our own: what it sets up once, children find set up.
// 0, or -1 when that file was not found sound.
int warm_up(void);
