# Fails unless every picture in a directory is in book/figures, byte for byte.
function(require_same_pictures directory command)
  set(kept ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/../book/figures)
  file(GLOB pictures RELATIVE ${CMAKE_CURRENT_BINARY_DIR}/${directory} ${directory}/*.svg)
  foreach(picture ${pictures})
    execute_process(COMMAND ${CMAKE_COMMAND} -E compare_files ${directory}/${picture} ${kept}/${picture}
      RESULT_VARIABLE differ ERROR_QUIET)
    if(differ)
      message(FATAL_ERROR "${directory}/${picture} is not the one in book/figures: if that is meant, `${command}`")
    endif()
  endforeach()
endfunction()
