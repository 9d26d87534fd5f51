// Text for a message: control characters become blanks.
#include "one_line.hpp"

#include <cctype>

namespace microgpt {

std::string one_line(std::string text) {
    for (char& c : text) {
        if (std::iscntrl(static_cast<unsigned char>(c)) != 0) c = ' ';
    }
    return text;
}

}  // namespace microgpt
