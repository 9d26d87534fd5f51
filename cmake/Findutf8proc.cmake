# utf8proc, by its files, both of them from one place: not every system has a CMake package of it.
find_path(UTF8PROC_INCLUDE_DIR utf8proc.h)
get_filename_component(prefix "${UTF8PROC_INCLUDE_DIR}" DIRECTORY)
find_library(UTF8PROC_LIBRARY utf8proc HINTS "${prefix}" PATH_SUFFIXES lib)
mark_as_advanced(UTF8PROC_INCLUDE_DIR UTF8PROC_LIBRARY)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(utf8proc REQUIRED_VARS UTF8PROC_LIBRARY UTF8PROC_INCLUDE_DIR)
if(utf8proc_FOUND AND NOT TARGET utf8proc::utf8proc)
  add_library(utf8proc::utf8proc UNKNOWN IMPORTED)
  set_target_properties(utf8proc::utf8proc PROPERTIES
    IMPORTED_LOCATION ${UTF8PROC_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${UTF8PROC_INCLUDE_DIR})
endif()
