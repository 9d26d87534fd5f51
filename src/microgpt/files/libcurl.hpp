// Libcurl: its functions, loaded when there is something to fetch.
#pragma once

#include <curl/curl.h>

namespace microgpt {

/// Those that are used here, by libcurl's own types, and its names without curl_easy_ or curl_. It
/// brings some thirty libraries along, and a program that fetches nothing should not wait for them.
struct Libcurl {
    decltype(&curl_easy_init) init;
    decltype(&curl_easy_setopt) setopt;
    decltype(&curl_easy_perform) perform;
    decltype(&curl_easy_getinfo) getinfo;
    decltype(&curl_easy_cleanup) cleanup;
    decltype(&curl_url) url;
    decltype(&curl_url_set) url_set;
    decltype(&curl_url_get) url_get;
    decltype(&curl_url_cleanup) url_cleanup;
    decltype(&curl_free) free;
};

/// Loads it at the first call. Throws Error where that cannot be done.
const Libcurl& libcurl();

}  // namespace microgpt
