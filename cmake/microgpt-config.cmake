# What find_package(microgpt) reads: microgpt::microgpt is all of the library, microgpt::core what computes,
# microgpt::data what reads texts. With COMPONENTS core no network library has to be there.
include(${CMAKE_CURRENT_LIST_DIR}/microgpt-targets.cmake)
include(CMakeFindDependencyMacro)
list(APPEND CMAKE_MODULE_PATH ${CMAKE_CURRENT_LIST_DIR})
find_dependency(Threads)
find_dependency(hwy)
get_target_property(type microgpt::data TYPE)
if(type STREQUAL STATIC_LIBRARY AND NOT microgpt_FIND_COMPONENTS STREQUAL core)
  find_dependency(CURL)
  find_dependency(OpenSSL)
  find_dependency(utf8proc)
endif()
list(REMOVE_ITEM CMAKE_MODULE_PATH ${CMAKE_CURRENT_LIST_DIR})
