"""The command line of a Java function: AWS's runtime interface client with the function's code on its class path."""

import os
import platform
import threading
import zipfile
from pathlib import Path

from localstack.services.lambda_.invocation.lambda_models import FunctionVersion
from localstack.services.lambda_.invocation.runtime_executor import LambdaRuntimeException

from localaws import durable, settings

MAIN_CLASS = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda"
JNI_PROPERTY = "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI"
JVM_VARIABLE = "JAVA_TOOL_OPTIONS"
"""The variable of a function's environment from which the JVM takes further options."""

INITIAL_HEAP = "-Xms8m"
"""The heap grows as needed; the JVM's default is a 64th of this machine's memory. A function with options of its own
decides itself: those of the command line would win."""

SMALLEST_HEAP_MB = 64
HEAP_SHARE = 0.8
"""Share of the function's memory size; the rest is for the JVM itself, as on AWS."""

OPTIONS = (
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-Xshare:auto",
    "-Xss512k",
    "-XX:ReservedCodeCacheSize=48m",
    "-XX:+IgnoreUnrecognizedVMOptions",
    "--enable-native-access=ALL-UNNAMED",
)
_unpacking = threading.Lock()


def jars(folder: Path) -> list[str]:
    return sorted(str(path) for path in folder.glob("*.jar"))


def executable() -> str:
    path = Path(settings.JAVA_HOME, "bin", "java")
    if not settings.JAVA_HOME or not os.access(path, os.X_OK):
        raise LambdaRuntimeException(f"no Java at {path}: LOCALAWS_JAVA_HOME must name a JDK's directory")
    return str(path)


def jni_library() -> Path:
    """The native library, unpacked once and passed by a system property.

    By default, the client unpacks it to a fixed path, where JVMs that start at the same time overwrite each other's
    copy and crash.
    """
    machine = "x86_64" if platform.machine() == "x86_64" else "aarch_64"
    name = f"libaws-lambda-jni.linux-{machine}.so"
    jar = next(settings.RIC_JARS.glob("aws-lambda-java-runtime-interface-client*.jar"))
    target = settings.TEMPORARY / "jni" / jar.stem / name
    with _unpacking:
        if not target.exists():
            with zipfile.ZipFile(jar) as archive:
                durable.write(target, archive.read(f"jni/{name}"))
    return target


def class_path(version: FunctionVersion, code: Path) -> list[str]:
    client = jars(settings.RIC_JARS)
    if not client:
        raise LambdaRuntimeException(f"{settings.RIC_JARS} has no jars: LOCALAWS_RIC_JARS must name their directory")
    layers = [Path(layer.code.get_unzipped_code_location()) for layer in version.config.layers or [] if layer.code]
    return [*client, str(code), *jars(code / "lib"), *(jar for layer in layers for jar in jars(layer / "java" / "lib"))]


def command(version: FunctionVersion, code: Path) -> list[str]:
    config = version.config
    if not str(config.runtime).startswith("java"):
        raise LambdaRuntimeException(
            f"function {version.id.function_name} has runtime {config.runtime}: localaws runs Java functions only"
        )
    return [
        executable(),
        *OPTIONS,
        *(() if JVM_VARIABLE in (config.environment or {}) else (INITIAL_HEAP,)),
        f"-Xmx{max(SMALLEST_HEAP_MB, int(config.memory_size * HEAP_SHARE))}m",
        f"-D{JNI_PROPERTY}={jni_library()}",
        "-cp",
        ":".join(class_path(version, code)),
        MAIN_CLASS,
        config.handler,
    ]
