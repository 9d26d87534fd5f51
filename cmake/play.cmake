# Readers' own programs: each play/NAME.cpp is a target play-NAME, made only when it is asked for, so that
# one that doesn't compile is nobody else's trouble.
file(GLOB programs CONFIGURE_DEPENDS play/*.cpp)
foreach(program ${programs})
  get_filename_component(name ${program} NAME_WE)
  add_executable(play-${name} EXCLUDE_FROM_ALL ${program})
  target_link_libraries(play-${name} PRIVATE microgpt::microgpt)
  set_target_properties(play-${name} PROPERTIES OUTPUT_NAME ${name} RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/play)
endforeach()
