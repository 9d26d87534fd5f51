# Runs a PROGRAM, on as many RANKS as are asked for, and compares what it prints with what was RECORDED,
# where that is named, and what it draws in the folder figures with book/figures. Where numbers were
# MEASURED, those before a unit may be others, and so may pictures. Losses of long trainings by the fast
# engine, whose last bits are the processor's, may be NEAR what was recorded: off by so many ten
# thousandths. A BROKEN program may end as it does: its last words belong to the record, and its
# pictures do not. To RECORD is to keep what it prints. What was recorded from names.txt is SKIPPED
# where these are not at hand.
if(NAMES_AT_HAND)
  execute_process(COMMAND ${NAMES_AT_HAND}
    OUTPUT_VARIABLE why OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE SKIPPED)
  if(SKIPPED)
    message("SKIPPED: ${why}")
    return()
  endif()
endif()

# ---- The run
get_filename_component(name ${PROGRAM} NAME)
set(directory ${name}-replay)
file(REMOVE_RECURSE ${directory})
file(MAKE_DIRECTORY ${directory})
separate_arguments(ARGUMENTS UNIX_COMMAND "${ARGUMENTS}")
if(RANKS)
  set(start ${CMAKE_CURRENT_LIST_DIR}/../scripts/cluster ${RANKS})
endif()
execute_process(COMMAND ${start} ${PROGRAM} ${ARGUMENTS} WORKING_DIRECTORY ${directory}
  OUTPUT_VARIABLE printed ERROR_VARIABLE errors RESULT_VARIABLE status)
if(NOT status EQUAL 0 AND NOT BROKEN)
  message(FATAL_ERROR "${name} ended with ${status}: ${errors}")
endif()
if(NOT status EQUAL 0)
  string(APPEND printed "${errors}(it ended with ${status})\n")
endif()
if(RECORD)
  file(WRITE ${RECORDED} "${printed}")
  return()
endif()

# ---- What it prints
if(RECORDED)
  file(READ ${RECORDED} recorded)
else()
  set(recorded "${printed}")
endif()
foreach(text printed recorded)
  if(MEASURED)
    string(REGEX REPLACE " +[0-9.]+ (ms|us|x|KB|%|GB/s|GFLOP/s|nats)" " # \\1" ${text} "${${text}}")
  endif()
  string(REGEX REPLACE " +-?nan" " nan" ${text} "${${text}}")  # its sign is the processor's choice
endforeach()
if(NEAR)
  set(loss "[0-9]+\\.[0-9][0-9][0-9][0-9]")
  string(REGEX MATCHALL "${loss}" found "${printed}")
  string(REGEX MATCHALL "${loss}" wanted "${recorded}")
  string(REGEX REPLACE "${loss}" "#" printed_words "${printed}")
  string(REGEX REPLACE "${loss}" "#" recorded_words "${recorded}")
  set(are_near TRUE)
  foreach(one other IN ZIP_LISTS found wanted)
    foreach(number one other)  # in ten thousandths, and none begins with a 0
      string(REPLACE "." "" ${number} "${${number}}")
      string(REGEX REPLACE "^0+(.)" "\\1" ${number} "${${number}}")
    endforeach()
    math(EXPR off "${one} - ${other}")
    if(off GREATER NEAR OR off LESS -${NEAR})
      set(are_near FALSE)
    endif()
  endforeach()
  if(are_near AND printed_words STREQUAL recorded_words)
    set(printed "${recorded}")
  endif()
endif()
if(NOT printed STREQUAL recorded)
  file(WRITE ${directory}/output.txt "${printed}")
  file(WRITE ${directory}/recorded.txt "${recorded}")
  execute_process(COMMAND diff -u ${directory}/recorded.txt ${directory}/output.txt)
  message(FATAL_ERROR "${name} no longer prints ${RECORDED}: if that is meant, `make record`")
endif()

# ---- What it draws
if(MEASURED OR BROKEN)
  return()
endif()
set(kept ${CMAKE_CURRENT_LIST_DIR}/../book/figures)
file(GLOB pictures RELATIVE ${CMAKE_CURRENT_BINARY_DIR}/${directory}/figures ${directory}/figures/*.svg)
foreach(picture ${pictures})
  execute_process(COMMAND ${CMAKE_COMMAND} -E compare_files ${directory}/figures/${picture} ${kept}/${picture}
    RESULT_VARIABLE differ ERROR_QUIET)
  if(differ)
    message(FATAL_ERROR "${directory}/figures/${picture} is not the one in book/figures: if that is meant, `make record` or, for what no chapter draws, `make figures`")
  endif()
endforeach()
