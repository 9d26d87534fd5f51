# What `cmake --install` puts where: headers, libraries, the program, and what CMake and pkg-config find
# them by.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
set(package ${CMAKE_INSTALL_LIBDIR}/cmake/microgpt)
install(TARGETS microgpt-cli)
install(TARGETS microgpt microgpt-headers microgpt-core microgpt-data microgpt-run EXPORT microgpt
  INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT microgpt NAMESPACE microgpt:: FILE microgpt-targets.cmake DESTINATION ${package})
install(DIRECTORY src/microgpt DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
  FILES_MATCHING PATTERN *.hpp PATTERN simd EXCLUDE PATTERN cluster EXCLUDE PATTERN page EXCLUDE
  PATTERN libcurl.hpp EXCLUDE)
if(TARGET microgpt-mpi)
  install(TARGETS microgpt-mpi)
endif()
write_basic_package_version_file(${PROJECT_BINARY_DIR}/microgpt-config-version.cmake
  COMPATIBILITY SameMajorVersion)
install(FILES cmake/microgpt-config.cmake ${PROJECT_BINARY_DIR}/microgpt-config-version.cmake
  cmake/Findutf8proc.cmake DESTINATION ${package})

# A shared library finds what it needs, and need not be told what that is.
if(BUILD_SHARED_LIBS)
  set(if_shared .private)
  set(here $<IF:$<PLATFORM_ID:Darwin>,@loader_path,$ORIGIN>)
  set_target_properties(microgpt-cli microgpt-core microgpt-data microgpt-run PROPERTIES
    INSTALL_RPATH "${here};${here}/../${CMAKE_INSTALL_LIBDIR}")
endif()
string(REGEX REPLACE "[^/]+" ".." up ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
configure_file(cmake/microgpt.pc.in microgpt.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/microgpt.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
