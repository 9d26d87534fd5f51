// Draws the book's pictures into the folder that is named.
#include "pictures.hpp"

#include <cstdio>
#include <exception>

#include "plot/figure.hpp"

using namespace microgpt;

int main(int argc, char** argv) try {
    if (argc != 2) {
        std::fputs("usage: pictures FOLDER\n", stderr);
        return 2;
    }
    for (const auto page :
         {pictures::introduction, pictures::chapter_01, pictures::chapter_02, pictures::chapter_03,
          pictures::chapter_04, pictures::chapter_05, pictures::chapter_06, pictures::chapter_07,
          pictures::chapter_08, pictures::chapter_09, pictures::chapter_10, pictures::chapter_11,
          pictures::appendix_a}) {
        for (const pictures::Picture& picture : page()) {
            plot::write_figure(picture.name, picture.draw(), argv[1]);
        }
    }
} catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
}
