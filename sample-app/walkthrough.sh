#!/usr/bin/env bash
# A correction, its reason, the diff, yesterday's answer, an assistant that was wrong, the undo and the proof: each step is a call
# of the running sample, and is checked. It ends as it began, so it can be run again. It needs bash, curl and POSIX tools.
#
# BASE_URL and the passwords READER_PASSWORD, STEWARD_PASSWORD, AUDITOR_PASSWORD and ASSISTANT_PASSWORD can be set.
set -euo pipefail

base=${BASE_URL:-http://localhost:8080}
answer=''

password() {
  case $1 in
    reader) echo "${READER_PASSWORD:-reader}" ;;
    steward) echo "${STEWARD_PASSWORD:-steward}" ;;
    auditor) echo "${AUDITOR_PASSWORD:-auditor}" ;;
    assistant) echo "${ASSISTANT_PASSWORD:-assistant}" ;;
  esac
}

fail() {
  printf '\nFAILED: %s\n' "$1" >&2
  [ -z "$answer" ] || printf 'The answer was: %s\n' "$answer" >&2
  exit 1
}

step() {
  printf '\n== %s\n' "$1"
}

# call STATUS USER PATH [curl arguments]: calls the service, shows how, and keeps the answer.
call() {
  local status=$1 user=$2 path=$3 argument got
  shift 3
  printf "$ curl -u %s:*** '%s%s'" "$user" "$base" "$path"
  for argument in "$@"; do
    case $argument in
      -*) printf ' %s' "$argument" ;;
      *) printf " '%s'" "$argument" ;;
    esac
  done
  printf '\n'
  answer=''
  # The password goes in by a file, so that the list of processes does not show it.
  answer=$(curl -sS -g -w '\n%{http_code}' -K <(printf 'user = "%s:%s"\n' "$user" "$(password "$user")") "$@" "$base$path") \
    || fail "$base does not answer; is the sample running?"
  got=${answer##*$'\n'}
  answer=${answer%$'\n'*}
  [ "$got" = "$status" ] || fail "expected the status $status, not $got"
}

# write STATUS USER PATH REASON [JSON]
write() {
  call "$1" "$2" "$3" -H 'Content-Type: application/json' -H "X-Change-Reason: $4" -d "${5-}"
}

# expect TEXT: the answer contains it.
expect() {
  case $answer in
    *"$1"*) printf '  %s\n' "$1" ;;
    *) fail "expected $1" ;;
  esac
}

refuse() {
  case $answer in
    *"$1"*) fail "did not expect $1" ;;
    *) printf '  (not there: %s)\n' "$1" ;;
  esac
}

# number NAME: the first number of that name in the answer.
number() {
  local digits
  digits=$(printf '%s' "$answer" | sed -n "s/.*[{,]\"$1\":\([0-9][0-9]*\).*/\1/p")
  [ -n "$digits" ] || fail "expected a number '$1'"
  printf '%s' "$digits"
}

capital() {
  call 200 reader "/countries/$1$2"
  expect "\"capital\":[$3]"
}

# as_in_the_beginning CODE CAPITAL: takes back what a walk-through that stopped half-way has left.
as_in_the_beginning() {
  call 200 reader "/countries/$1"
  case $answer in
    *"\"capital\":[$2]"*) ;;
    *) write 200 steward "/countries/$1/corrections" 'a walk-through has stopped half-way' "{\"capital\":[$2]}" ;;
  esac
}

step 'What is the capital of Eswatini?'
as_in_the_beginning SWZ '"Lobamba"'
as_in_the_beginning KAZ '"Astana"'
capital SWZ '' '"Lobamba"'

step 'There is another one. Nobody changes it without a reason, and a reader not at all.'
call 400 steward /countries/SWZ/corrections -H 'Content-Type: application/json' -d '{"capital":["Mbabane","Lobamba"]}'
expect '"detail":"Say why, in the header X-Change-Reason"'
write 403 reader /countries/SWZ/corrections 'the king’s town is not the only one' '{"capital":["Mbabane","Lobamba"]}'
expect '"detail":"Your roles do not include this"'
write 200 steward /countries/SWZ/corrections 'the king’s town is not the only one' '{"capital":["Mbabane","Lobamba"]}'
expect '"who":"steward"'
expect '"why":"the king’s town is not the only one"'
correction=$(number revision)
capital SWZ '' '"Mbabane","Lobamba"'

step 'Who changed what, and why? Values are for the auditor; a steward sees which field it was.'
call 200 auditor "/actuator/deltatracehistory/$correction"
expect '"who":{"type":"human","id":"steward"}'
expect '"why":"the king’s town is not the only one"'
expect '{"path":"capital","kind":"CHANGED","before":["Lobamba"],"after":["Mbabane","Lobamba"]}'
call 200 steward "/actuator/deltatracehistory/$correction"
expect '"path":"capital"'
refuse 'Mbabane'

step 'What was said before it? The past answers like the present.'
capital SWZ "?asOf=$((correction - 1))" '"Lobamba"'
call 200 reader "/countries/MOZ/neighbours?asOf=$((correction - 1))"
expect '"code":"SWZ","name":"Eswatini"'
call 404 reader '/countries/SWZ?asOf=1000000000'
expect 'There is no state of revision 1000000000'

step 'A reader proposes a correction, and a steward decides.'
write 201 reader /countries/KAZ/proposals 'the short form is enough' '{"officialName":"Kazakhstan"}'
expect '"state":"OPEN"'
proposal=$(number id)
write 200 steward "/proposals/$proposal/reject" 'the official name is the long one'
expect '"what":"ProposalController.reject"'
write 409 steward "/proposals/$proposal/accept" 'or is it'
expect "\"detail\":\"Proposal $proposal is decided: it was rejected\""

step 'An assistant corrects, too. It says how sure it is.'
write 200 assistant '/assistant/countries/KAZ/corrections?confidence=0.62' 'an article of 2019 says so' '{"capital":["Nur-Sultan"]}'
expect '"actor":"ai"'
expect '"confidence":0.62'
guess=$(number revision)
capital KAZ '' '"Nur-Sultan"'

step 'Which changes is nobody quite sure of?'
call 200 steward '/changes?actor=ai&maxConfidence=0.8'
expect "\"revision\":$guess,"
expect '"why":"an article of 2019 says so"'
refuse "\"revision\":$correction,"

step 'That article is too old. An undo takes back one change, and nothing is erased.'
write 200 steward "/changes/$guess/undo" 'it has been Astana again since 2022'
expect "\"what\":\"undo of revision $guess\""
undo=$(number revision)
capital KAZ '' '"Astana"'
capital KAZ "?asOf=$guess" '"Nur-Sultan"'
call 200 auditor '/actuator/deltatracehistory/countries/KAZ?limit=2'
expect "\"revision\":$undo,"
expect "\"revision\":$guess,"

step 'Clients of delta_trace_db send their queries, and read what their role may read.'
call 200 reader /deltatrace/query -H 'Content-Type: application/json' \
  -d '{"type":"search","target":"neighbours","queryNode":{"type":"equals_","field":"of","value":"PRT"}}'
expect '"name":"Spain"'
call 403 reader /deltatrace/query -H 'Content-Type: application/json' -d '{"type":"clear","target":"countries"}'

step 'Has somebody tampered with the history?'
call 200 auditor /actuator/deltatraceverification -X POST
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
  call 200 auditor /actuator/deltatraceverification
  case $answer in
    *'"state":"RUNNING"'*) sleep 1 ;;
    *) break ;;
  esac
done
expect '"state":"COMPLETED"'
expect '"intact":true'

step 'So that this can be run again: the first correction is undone.'
write 200 steward "/changes/$correction/undo" 'the walk-through is over'
capital SWZ '' '"Lobamba"'

printf '\nAll as expected.\n'
