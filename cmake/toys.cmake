# Toys: programs that a reader types, step by step, before the library does the same. Each step of
# chapters/*/toy prints what is recorded beside it, and so does a step with a mistake in it: a patch there.
add_custom_target(toys)

function(microgpt_add_toy chapter name source)
  add_executable(toy-${chapter}-${name} ${source})
  target_compile_features(toy-${chapter}-${name} PRIVATE cxx_std_20)
  add_dependencies(toys toy-${chapter}-${name})
  add_dependencies(test-${chapter} toy-${chapter}-${name})
  microgpt_add_replay("chapter ${chapter}, the toy: ${name} prints its recorded output" toy-${chapter}-${name}
    LABEL chapter-${chapter} DEFINITIONS RECORDED=${CMAKE_CURRENT_SOURCE_DIR}/${directory}/toy/${name}.txt)
endfunction()

function(microgpt_add_toys chapter directory)
  file(GLOB steps CONFIGURE_DEPENDS ${directory}/toy/*.cpp)
  foreach(step ${steps})
    get_filename_component(name ${step} NAME_WE)
    microgpt_add_toy(${chapter} ${name} ${step})
  endforeach()

  file(GLOB patches CONFIGURE_DEPENDS ${directory}/toy/*.patch)
  foreach(patch ${patches})
    get_filename_component(name ${patch} NAME_WE)
    file(STRINGS ${patch} touched REGEX "^\\+\\+\\+ b/")
    string(REPLACE "+++ b/" "" touched ${touched})
    set(folder ${PROJECT_BINARY_DIR}/break/toy-${chapter}-${name})
    add_custom_command(OUTPUT ${folder}/${touched} COMMAND ${PROJECT_SOURCE_DIR}/scripts/break ${patch} ${folder}
      DEPENDS ${patch} ${PROJECT_SOURCE_DIR}/${touched} ${PROJECT_SOURCE_DIR}/scripts/break
      VERBATIM COMMENT "Breaking the toy of ${chapter}: ${name}")
    microgpt_add_toy(${chapter} ${name} ${folder}/${touched})
  endforeach()
endfunction()
