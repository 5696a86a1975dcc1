#!/usr/bin/env bash
# make-baseline.sh [RELEASE]: builds model-artifacts/baseline again from the synthetic population, identical to the
# byte. With a release of XGBoost, such as 3.4.0, it builds model-artifacts/xgboost-RELEASE with that release instead.
# Needs JDK 25 as JAVA_HOME.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=model-artifacts/baseline
release=()
if (($#)); then
  folder=model-artifacts/xgboost-$1
  release=("-Dxgboost.version=$1")
fi
# clean: target/lib may hold the library of another release.
mvn -q -pl functions/training -am clean package -DskipTests ${release[@]+"${release[@]}"}
exec "${JAVA_HOME:?is not set: it must name a JDK 25}/bin/java" \
  --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
  -cp 'functions/training/target/classes:functions/training/target/lib/*' \
  vowcheck.training.Baseline "$folder"
