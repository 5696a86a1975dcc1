# A part of `vowcheck`, which reads it for `test` and `bench`.
# shellcheck shell=bash

# What tests leave when they fail or are interrupted.
stop_tested() {
  local folder
  for folder in "$ROOT"/.local/test*; do
    [ ! -d "$folder" ] || VOWCHECK_LOCAL=$folder "$ROOT/vowcheck" down --wipe >/dev/null || true
  done
}

run_tests() {
  local excluded=long
  takes test --all "$@"
  [ $# = 0 ] || excluded=none
  trap 'exit 130' INT TERM
  lock_tools
  setup "test${1:+-all}"
  unlock_tools
  # Set only now: a test runs this command without its prerequisites, and must not stop systems that are being tested.
  trap stop_tested EXIT
  export TOOLS VOWCHECK_MLFLOW=$TOOLS/mlflow/bin/mlflow VOWCHECK_SCHEMATHESIS=$TOOLS/schemathesis/bin/st
  export VOWCHECK_LINTERS=$TOOLS/linters/bin
  say "testing the Python package and the Java modules, side by side"
  # The tests use what is built: none of the runs packages the functions again.
  "$TOOLS/venv/bin/python" -m localaws.side_by_side "$LOCAL/logs" \
    python 'cd localstack && PATH=$TOOLS/venv/bin:$PATH &&
      set -- . ../functions/training/src/main/resources ../launcher/src/test/mlflow-client &&
      ruff check --config pyproject.toml "$@" && ruff format --check --config pyproject.toml "$@" && python -m pytest -q' \
    modules 'mvn -B verify -Dtests.system.skip=true -Dassembly.skipAssembly=true'
  say "testing the whole system end to end on LocalStack, on two systems at a time"
  export LOCALAWS_IAM_RECORD=$LOCAL/logs/permissions
  rm -rf "$LOCALAWS_IAM_RECORD"
  "$TOOLS/venv/bin/python" -m localaws.side_by_side "$LOCAL/logs" \
    system "mvn -B verify -pl launcher -am -Dtests.modules.skip=true -Dspotless.check.skip=true \
      -Dassembly.skipAssembly=true -Dtests.excluded=$excluded"
  say "checking that each permission is needed by a call of these tests"
  "$TOOLS/venv/bin/python" -m localaws.iam.permissions "$LOCALAWS_IAM_RECORD" infra-cdk/permissions-without-call.txt \
    "$LOCAL/logs/permissions.txt"
  [ "$excluded" = none ] || {
    say "all tests passed"
    return 0
  }
  say "building the container images, and running them"
  infra-cdk/check-images | tee "$LOCAL/logs/images.log"
  say "all tests passed, but for what cannot be tried here:"
  sed -n 's/^not checked: /        /p' "$LOCAL/logs/images.log"
}

bench() {
  local arguments=() former
  while [ $# -gt 0 ]; do
    case $1 in
      serving | cold | micro | training | --quick | --large) arguments+=("$1") ;;
      --compare | --java)
        [ $# -gt 1 ] || wrong bench "$1 has no value, expected one after it"
        if [ "$1" = --compare ]; then
          former=$(cd "$CALLER" && readlink -m "$2") # named from where the caller is
          [ -f "$former" ] || wrong bench "--compare names $2, expected the file of a former run"
          arguments+=(--compare "$former")
        else
          arguments+=(--java "$2")
        fi
        shift
        ;;
      -*) takes bench "" "$1" ;;
      *) wrong bench "there is no part '$1', expected serving, cold, micro or training" ;;
    esac
    shift
  done
  lock_tools
  setup bench
  unlock_tools
  "$JAVA_HOME/bin/java" --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED \
    -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -cp "bench/target/classes:bench/target/lib/*" vowcheck.bench.Main \
    functions/lambda/target/vowcheck-functions.zip bench/target/runtime-interface-client \
    "$LOCAL/bench" "${arguments[@]}"
}
