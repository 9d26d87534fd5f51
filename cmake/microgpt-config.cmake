# What find_package(microgpt) reads: microgpt::microgpt is all of the library, microgpt::core what computes,
# microgpt::data what reads texts. With COMPONENTS core no other library has to be there.
include(${CMAKE_CURRENT_LIST_DIR}/microgpt-targets.cmake)
include(CMakeFindDependencyMacro)
list(APPEND CMAKE_MODULE_PATH ${CMAKE_CURRENT_LIST_DIR})
find_dependency(Threads)
get_target_property(type microgpt::data TYPE)
if(type STREQUAL STATIC_LIBRARY AND NOT microgpt_FIND_COMPONENTS STREQUAL core)
  find_dependency(utf8proc)
elseif(type STREQUAL STATIC_LIBRARY)  # CMake will name what it cannot find, and so say why
  get_target_property(links microgpt::data INTERFACE_LINK_LIBRARIES)
  set_property(TARGET microgpt::data PROPERTY INTERFACE_LINK_LIBRARIES
    $<$<NOT:$<TARGET_EXISTS:utf8proc::utf8proc>>:microgpt::data_NEEDS_find_package_WITHOUT_COMPONENTS_core> ${links})
endif()
list(REMOVE_ITEM CMAKE_MODULE_PATH ${CMAKE_CURRENT_LIST_DIR})
foreach(part IN LISTS microgpt_FIND_COMPONENTS)
  if(NOT TARGET microgpt::${part})
    set(microgpt_FOUND FALSE)
    set(microgpt_NOT_FOUND_MESSAGE "microgpt has no part '${part}': it has core, data, run and microgpt")
  endif()
endforeach()
