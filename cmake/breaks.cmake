# Breaks: a chapter's program once more, with a mistake in it. Each is a patch that the build applies
# to copies, in build/break; the sources stay as they are.

# Makes break-CHAPTER-SLUG of a patch. Copies take the place of the files that it touches. A source is
# compiled again if it was touched, or may include a header that was: one above it in the list of
# modules. All else is the library's. NEEDS_NAMES as in microgpt_add_replay().
function(microgpt_add_break chapter patch)
  get_filename_component(slug ${patch} NAME_WE)
  get_filename_component(directory ${patch} DIRECTORY)
  file(RELATIVE_PATH main ${PROJECT_SOURCE_DIR} ${directory}/../main.cpp)
  set(folder ${PROJECT_BINARY_DIR}/break/${chapter}-${slug})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${patch})
  file(STRINGS ${patch} touched REGEX "^\\+\\+\\+ b/")
  list(TRANSFORM touched REPLACE "^\\+\\+\\+ b/" "")

  set(sources ${main})
  set(header_touched OFF)
  foreach(part 01 02 03 04 05 06 07 08 09 10 11)
    if(part STRGREATER chapter)
      break()
    endif()
    foreach(module ${modules_${part}})
      set(source src/microgpt/${module}.cpp)
      if(src/microgpt/${module}.hpp IN_LIST touched)
        set(header_touched ON)
      endif()
      if(header_touched AND EXISTS ${PROJECT_SOURCE_DIR}/${source})
        list(APPEND sources ${source})
      endif()
    endforeach()
  endforeach()
  list(REMOVE_ITEM sources ${touched})
  set(copies ${touched})
  list(TRANSFORM sources PREPEND ${PROJECT_SOURCE_DIR}/)
  list(TRANSFORM touched PREPEND ${PROJECT_SOURCE_DIR}/)
  list(TRANSFORM copies PREPEND ${folder}/)
  add_custom_command(OUTPUT ${copies} COMMAND ${PROJECT_SOURCE_DIR}/scripts/break ${patch} ${folder}
    DEPENDS ${patch} ${touched} ${PROJECT_SOURCE_DIR}/scripts/break VERBATIM COMMENT "Breaking ${chapter}: ${slug}")
  add_executable(break-${chapter}-${slug} ${sources} ${copies})
  target_include_directories(break-${chapter}-${slug} BEFORE PRIVATE ${folder}/src)
  target_link_libraries(break-${chapter}-${slug} PRIVATE microgpt-${chapter} plot $<$<STREQUAL:${chapter},08>:flops>)
  add_dependencies(breaks break-${chapter}-${slug})

  if(TARGET catch-main)
    microgpt_add_replay("chapter ${chapter}, broken by ${slug}, prints its recorded output"
      break-${chapter}-${slug} LABEL breaks ${ARGN}
      DEFINITIONS BROKEN=ON RECORDED=${directory}/${slug}.txt ${started_${chapter}})
  endif()
endfunction()
