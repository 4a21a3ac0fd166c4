#pragma once
#include <curl/curl.h>
// Swift cannot call C functions with a variable number of arguments.
CURLcode passerelle_set_long(CURL *curl, CURLoption option, long value);
CURLcode passerelle_set_string(CURL *curl, CURLoption option, const char *value);
CURLcode passerelle_set_pointer(CURL *curl, CURLoption option, void *value);
CURLcode passerelle_get_long(CURL *curl, CURLINFO info, long *value);

/// Called with up to `capacity` bytes to fill or `count` bytes to take; answers how many it did.
typedef size_t (*passerelle_transfer)(char *bytes, size_t one, size_t count, void *context);
/// What the server sends goes to `take`, which ends the transfer by taking fewer bytes than it was given.
CURLcode passerelle_on_receive(CURL *curl, passerelle_transfer take, void *context);
/// What is sent comes from `give`; 0 means the end.
CURLcode passerelle_on_send(CURL *curl, passerelle_transfer give, void *context);
