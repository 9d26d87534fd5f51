// The pictures of chapter 1.
#include "pictures.hpp"

namespace microgpt::pictures {

std::vector<Picture> chapter_01() { return {}; }

}  // namespace microgpt::pictures
