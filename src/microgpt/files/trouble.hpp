// Trouble: what may go wrong below HTTP, in our words.
#pragma once

#include <string>

namespace microgpt {

/// Why nothing came. libcurl's own words for it differ from version to version.
struct Trouble {
    std::string words;
    bool may_pass = false;  ///< whether another attempt can help
};

/// What an error of libcurl means, a CURLcode.
Trouble trouble_of(int code);

}  // namespace microgpt
