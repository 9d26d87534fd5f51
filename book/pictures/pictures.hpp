// Pictures: what the book shows and no chapter's own program draws.
#pragma once

#include <string>
#include <vector>

namespace microgpt::pictures {

/// A file's name, and what draws it. Every call draws the same bytes.
struct Picture {
    std::string name;
    std::string (*draw)();
};

// ---- Those of each page, in the order in which it shows them

std::vector<Picture> introduction();
std::vector<Picture> chapter_01();
std::vector<Picture> chapter_02();
std::vector<Picture> chapter_03();
std::vector<Picture> chapter_04();
std::vector<Picture> chapter_05();
std::vector<Picture> chapter_06();
std::vector<Picture> chapter_07();
std::vector<Picture> chapter_08();
std::vector<Picture> chapter_09();
std::vector<Picture> chapter_10();
std::vector<Picture> chapter_11();
std::vector<Picture> appendix_a();

// ---- And those that take a file of their own

std::string tape_picture();
std::string softmax_picture();
std::string rmsnorm_picture();
std::string descent_picture();
std::string network_picture();
std::string scale_picture();
std::string heads_picture();
std::string mask_picture();
std::string gradient_picture();
std::string residual_picture();
std::string embedding_picture();
std::string by_heart_picture();
std::string lanes_picture();
std::string roofline_picture();
std::string factors_picture();
std::string frameworks_picture();
std::string tree_picture();
std::string holders_picture();
std::string collectives_picture();
std::string letters_picture();
std::string rotary_picture();

}  // namespace microgpt::pictures
