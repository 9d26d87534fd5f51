# Exercises: a check of what a reader has made of a copy of some files. The copies stand in a folder of the
# reader's, and here are files that include them, in the place of the originals.
option(MICROGPT_EXERCISES "Make the exercises' tests, too: each solved, as given, and cheated" OFF)
add_custom_target(solutions)
add_custom_target(exercises)
add_dependencies(exercises solutions)

# exercise-NAME: the check, with the files that the patch touches from `folder`; with no folder the
# originals, which are the solution.
function(microgpt_add_check target chapter source folder)
  get_filename_component(exercises ${source} DIRECTORY)
  get_filename_component(here ${exercises} DIRECTORY)
  add_executable(${target} EXCLUDE_FROM_ALL ${source}.cpp)
  set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/exercises)
  target_link_libraries(${target} PRIVATE microgpt-${chapter})
  target_compile_options(${target} PRIVATE -O1 -Werror=return-type)  # it is compiled again and again
  if(folder)
    target_compile_options(${target} PRIVATE -Wno-unused -Wno-unused-parameter)  # what is not done yet
    set(stand_in ${PROJECT_BINARY_DIR}/exercises/stand-in/${target})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source}.patch)
    file(STRINGS ${source}.patch touched REGEX "^\\+\\+\\+ b/")
    foreach(line ${touched})
      string(REPLACE "+++ b/" "" path ${line})
      get_filename_component(file ${path} NAME)
      file(CONFIGURE OUTPUT ${stand_in}/${path} CONTENT "#include \"${folder}/${file}\"\n" @ONLY)
      if(file MATCHES "[.]cpp$")
        target_sources(${target} PRIVATE ${stand_in}/${path})
      endif()
    endforeach()
    file(RELATIVE_PATH chapter_folder ${PROJECT_SOURCE_DIR} ${here})
    target_include_directories(${target} BEFORE PRIVATE ${stand_in}/src ${stand_in}/${chapter_folder})
  endif()
  target_include_directories(${target} PRIVATE ${here} ${PROJECT_SOURCE_DIR}/chapters)
endfunction()

# The tests: the solution prints what is recorded; what was given, and each cheat, is told what is missing.
# A cheat is a line in the place of what is asked, with the constant 1, or with the number that the third
# hint expects.
function(microgpt_add_exercise_tests chapter name source)
  set(exercise exercise-${chapter}-${name})
  microgpt_add_check(${exercise}-solved ${chapter} ${source} "")
  target_compile_options(${exercise}-solved PRIVATE -Werror)
  add_dependencies(solutions ${exercise}-solved)
  set(reads_names "")
  file(STRINGS ${source}.cpp loads REGEX "load_names|measure[.]hpp")
  if(loads)
    set(reads_names NEEDS_NAMES)
  endif()
  microgpt_add_replay("exercise ${chapter}-${name}: the solution prints its recorded output" ${exercise}-solved
    LABEL exercises ${reads_names} DEFINITIONS RECORDED=${source}.txt)

  set(variants given)
  file(STRINGS ${source}.cpp cheat REGEX "Cheat: ")
  if(cheat)
    list(APPEND variants constant copied)
  endif()
  foreach(variant ${variants})
    set(folder ${PROJECT_BINARY_DIR}/exercises/${chapter}-${name}-${variant})
    microgpt_add_check(${exercise}-${variant} ${chapter} ${source} ${folder})
    file(STRINGS ${source}.patch files REGEX "^\\+\\+\\+ b/")
    list(TRANSFORM files REPLACE ".*/" ${folder}/)
    add_custom_command(OUTPUT ${files}
      COMMAND ${PROJECT_SOURCE_DIR}/scripts/exercise give ${chapter}-${name} ${folder} ${variant}
      DEPENDS ${source}.patch ${source}.cpp ${PROJECT_SOURCE_DIR}/scripts/exercise
      VERBATIM COMMENT "Cutting ${chapter}-${name}: ${variant}")
    add_custom_target(${exercise}-${variant}-files DEPENDS ${files})
    add_dependencies(${exercise}-${variant} ${exercise}-${variant}-files)
    if(variant STREQUAL copied)
      add_dependencies(${exercise}-copied-files ${exercise}-given)  # whose hint is copied
    endif()
    add_dependencies(exercises ${exercise}-${variant})
    add_test(NAME "exercise ${chapter}-${name}: ${variant}, it is told what is missing"
      COMMAND ${exercise}-${variant})
    set_tests_properties("exercise ${chapter}-${name}: ${variant}, it is told what is missing"
      PROPERTIES LABELS exercises PASS_REGULAR_EXPRESSION "^not yet: ")
  endforeach()
endfunction()

function(microgpt_add_exercises chapter directory)
  file(GLOB pages CONFIGURE_DEPENDS ${directory}/exercises/*.md)
  foreach(page ${pages})
    string(REGEX REPLACE "[.]md$" "" source ${page})
    get_filename_component(name ${source} NAME)
    microgpt_add_check(exercise-${chapter}-${name} ${chapter} ${source}
      ${PROJECT_SOURCE_DIR}/exercises/${chapter}-${name})
    if(MICROGPT_EXERCISES AND TARGET catch-main)
      microgpt_add_exercise_tests(${chapter} ${name} ${source})
    endif()
  endforeach()
endfunction()
