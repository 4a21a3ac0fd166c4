#pragma once
// Nothing is called from outside: the library takes a program's place when that is started with it (start.c).
