# Sets SKIPPED, and says why, where what is replayed was recorded from names.txt and these are not at hand.
if(NAMES_AT_HAND)
  execute_process(COMMAND ${NAMES_AT_HAND}
    OUTPUT_VARIABLE why OUTPUT_STRIP_TRAILING_WHITESPACE RESULT_VARIABLE SKIPPED)
  if(SKIPPED)
    message("SKIPPED: ${why}")
  endif()
endif()
