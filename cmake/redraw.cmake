# Runs the PROGRAM that draws the book's pictures and compares them with those that are kept.
include(${CMAKE_CURRENT_LIST_DIR}/names.cmake)
if(SKIPPED)
  return()
endif()
set(directory pictures-redrawn)
file(REMOVE_RECURSE ${directory})
execute_process(COMMAND ${PROGRAM} ${directory}
  OUTPUT_QUIET ERROR_VARIABLE errors RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  message(FATAL_ERROR "${PROGRAM} ended with ${status}: ${errors}")
endif()
include(${CMAKE_CURRENT_LIST_DIR}/same_pictures.cmake)
require_same_pictures(${directory} "make figures")
