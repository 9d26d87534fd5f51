// The pictures of chapter 3.
#include "pictures.hpp"

namespace microgpt::pictures {

std::vector<Picture> chapter_03() { return {}; }

}  // namespace microgpt::pictures
