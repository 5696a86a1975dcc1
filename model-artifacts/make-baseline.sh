#!/usr/bin/env bash
# Builds model-artifacts/baseline again from the synthetic population, identical to the byte. Needs JDK 25 as JAVA_HOME.
set -euo pipefail
cd "$(dirname "$0")/.."
mvn -q -pl functions/training -am package -DskipTests
exec "${JAVA_HOME:?is not set: it must name a JDK 25}/bin/java" \
  --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
  -cp 'functions/training/target/classes:functions/training/target/lib/*' \
  vowcheck.training.Baseline model-artifacts/baseline
