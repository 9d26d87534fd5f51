# How we build for ourselves: strictly, and under sanitizers if asked. No other project gets any of it.
option(MICROGPT_WERROR "Let a warning stop the build" OFF)
option(MICROGPT_SANITIZE "Run under AddressSanitizer and UndefinedBehaviorSanitizer" OFF)
option(MICROGPT_FUZZ "Build the fuzzers, with clang++" OFF)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set_property(GLOBAL PROPERTY TARGET_MESSAGES OFF)  # say what is built, not what is already there

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  add_compile_options(-Wno-restrict)  # warns of "a" + std::string, and is wrong (GCC bug 105651)
endif()
if(MICROGPT_WERROR)
  add_compile_options(-Werror)
endif()
set(sanitize -fsanitize=address,undefined)
set(compile_sanitized ${sanitize} -fno-sanitize-recover=all)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  list(APPEND compile_sanitized -Wno-maybe-uninitialized)  # its manual: with -fsanitize it is often wrong
endif()
if(MICROGPT_SANITIZE)
  add_compile_options(${compile_sanitized})
  add_link_options(${sanitize})
endif()
