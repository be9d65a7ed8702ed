# Reads what a test program says in JSON lines (xunit's -reporter json), for ./test. `task` is one of:
#   progress  prints how many tests have finished
#   running   prints a line for each test that runs now: its id, its own time limit in ms (0: none), its name.
#             When none runs, the line `none-N 0 no test`, N being how many have finished.
#   report    prints what there is to say of tests that failed or were skipped, and of a program that broke off. Writes
#             to the file `counts` how many passed, failed and were skipped, and 1 or 0 for whether the program came to
#             its end; adds to `times` the seconds and names of tests, and to `failures` the names of those that failed.

BEGIN { FS = "\n" }

# Only whole messages count: the last line may still be being written, and a test may have printed before one.
{ at = index($0, "{\"$type\":\"") }
!at || $0 !~ /}$/ { other[others++ % 100] = $0; next }
{
  json = substr($0, at)
  type = substr(json, 11, index(substr(json, 11), "\"") - 1)
}

type == "test-starting" {
  id = text("TestUniqueID")
  names[id] = text("TestDisplayName")
  limits_ms[id] = number("Timeout")
}
type == "test-finished" { finished++; seconds[text("TestUniqueID")] = number("ExecutionTime") }
type == "test-passed" { passed++ }
type == "test-failed" { failed++; if (task == "report") tell_failure(names[text("TestUniqueID")], "[FAIL]") }
type == "test-skipped" { skipped++; if (task == "report") tell_skip(names[text("TestUniqueID")]) }
# What went wrong outside of a test: in a fixture, or in xunit itself.
type == "error-message" || type ~ /-cleanup-failure$/ { failed++; if (task == "report") tell_failure(type, "[ERROR]") }
type == "test-assembly-finished" { complete = 1 }

END {
  if (task == "progress") print finished + 0
  if (task == "running") tell_running()
  if (task == "report") {
    if (!complete) tell_unfinished()
    for (id in seconds) printf "%.3f\t%s\n", seconds[id], names[id] >>times
    printf "%d %d %d %d\n", passed, failed, skipped, complete >counts
  }
}

function tell_running(   id, some) {
  for (id in names) {
    if (id in seconds) continue
    some = 1
    printf "%s\t%d\t%s\n", id, limits_ms[id], names[id]
  }
  if (!some) printf "none-%d\t0\tno test\n", finished
}

function tell_skip(name) {
  printf "    %s [SKIP]\n", name
  tell_indented(text("Reason"))
}

function tell_failure(name, mark,   types, messages, traces, count, i, output) {
  printf "    %s %s\n", name, mark
  count = list("Messages", messages)
  list("ExceptionTypes", types)
  list("StackTraces", traces)
  for (i = 1; i <= count; i++) {
    tell_indented((i > 1 ? "---- " : "") types[i] ": " messages[i])
    tell_indented(traces[i])
  }
  output = text("Output")
  if (output != "") tell_indented("Output:\n" output)
  print name >>failures
}

function tell_indented(block) {
  sub(/\n+$/, "", block)
  gsub(/\n/, "\n      ", block)
  if (block != "") print "      " block
}

# What ran and what was printed last, of a program that broke off.
function tell_unfinished(   id, i, count) {
  for (id in names) {
    if (id in seconds) continue
    count++
    print "    " names[id] " [NOT FINISHED]"
    print names[id] >>failures
  }
  failed += count
  for (i = (others > 100 ? others - 100 : 0); i < others; i++) print "      " other[i % 100]
}

# ---- JSON: only what xunit writes, one object a line, without spaces ----------------------------------------------

# The text of `key`; empty when it is not there. Inside a text no quote stands without a backslash before it, so what
# looks like a key is one.
function text(key,   from) {
  from = index(json, "\"" key "\":\"")
  return from ? plain(until_quote(hide_escapes(substr(json, from + length(key) + 4)))) : ""
}

function number(key,   from) {
  from = index(json, "\"" key "\":")
  return from ? substr(json, from + length(key) + 3) + 0 : 0
}

# Sets items[1]… to the texts of `key`; returns their number. An item that is null is empty.
function list(key, items,   from, rest, count) {
  from = index(json, "\"" key "\":[")
  if (!from) return 0
  rest = hide_escapes(substr(json, from + length(key) + 4))
  while (rest ~ /^("|null)/) {
    if (substr(rest, 1, 1) == "\"") {
      items[++count] = plain(until_quote(substr(rest, 2)))
      rest = substr(rest, length(until_quote(substr(rest, 2))) + 3)
    } else {
      items[++count] = ""
      rest = substr(rest, 5)
    }
    sub(/^,/, "", rest)
  }
  return count
}

function until_quote(rest) { return substr(rest, 1, index(rest, "\"") - 1) }

# \\ and \" become characters that no text has, so that the first quote is the end.
function hide_escapes(part) {
  gsub(/\\\\/, "\001", part)
  gsub(/\\"/, "\002", part)
  return part
}

function plain(part) {
  gsub(/\\r/, "", part)
  gsub(/\\n/, "\n", part)
  gsub(/\\t/, "\t", part)
  gsub(/\001/, "\\", part)
  gsub(/\002/, "\"", part)
  return part
}
