# Tests that run a program once more, and hold what it prints and draws against what was recorded.

# What Open MPI takes, it leaves to the system, and a build with sanitizers would complain of it.
set(no_leaks_of_mpi ASAN_OPTIONS=detect_leaks=0)

# Runs `program`, a target, by replay.cmake, with definitions for that. What was recorded from names.txt
# NEEDS_NAMES, and is skipped without them.
function(microgpt_add_replay test program)
  cmake_parse_arguments(ARG "NEEDS_NAMES" "LABEL" "DEFINITIONS" ${ARGN})
  set(names "")
  if(ARG_NEEDS_NAMES)
    set(names -D NAMES_AT_HAND=$<TARGET_FILE:names-at-hand>)
    add_dependencies(${program} names-at-hand)
  endif()
  list(TRANSFORM ARG_DEFINITIONS PREPEND "-D;")
  add_test(NAME ${test} COMMAND ${CMAKE_COMMAND} -D PROGRAM=$<TARGET_FILE:${program}> ${names}
    ${ARG_DEFINITIONS} -P ${PROJECT_SOURCE_DIR}/cmake/replay.cmake)
  # Seconds on a quiet machine; chapter 11 under sanitizers, on a busy one, took four minutes.
  set_tests_properties(${test} PROPERTIES LABELS ${ARG_LABEL} TIMEOUT 600 SKIP_REGULAR_EXPRESSION "SKIPPED: ")
  if(ARG_NEEDS_NAMES)
    set_tests_properties(${test} PROPERTIES FIXTURES_REQUIRED names)
  endif()
  if(ARG_DEFINITIONS MATCHES "RANKS=")  # which wait for each other, and so for all else that has a core
    set_tests_properties(${test} PROPERTIES PROCESSORS 2 ENVIRONMENT ${no_leaks_of_mpi})
  endif()
endfunction()
