// The pictures of chapter 2.
#include "pictures.hpp"

namespace microgpt::pictures {

std::vector<Picture> chapter_02() { return {}; }

}  // namespace microgpt::pictures
