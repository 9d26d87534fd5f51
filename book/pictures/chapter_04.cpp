// The pictures of chapter 4.
#include "pictures.hpp"

namespace microgpt::pictures {

std::vector<Picture> chapter_04() { return {}; }

}  // namespace microgpt::pictures
