"""The command line of a Java function: AWS's runtime interface client with the function's code on its class path."""

import os
import platform
import shutil
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
_copying = threading.Lock()


def jars(folder: Path) -> list[str]:
    return sorted(str(path) for path in folder.glob("*.jar"))


def executable() -> str:
    path = Path(settings.JAVA_HOME, "bin", "java")
    if not settings.JAVA_HOME or not os.access(path, os.X_OK):
        raise LambdaRuntimeException(f"no Java at {path}: LOCALAWS_JAVA_HOME must name a JDK's directory")
    return str(path)


def runtime_client() -> Path:
    """The folder with the runtime interface client's jars.

    They are copied at the first use, because a build may replace the originals while this process starts functions.
    """
    copy = settings.TEMPORARY / "runtime-client"
    with _copying:
        if not copy.exists():
            if not jars(settings.RIC_JARS):
                missing = f"{settings.RIC_JARS} has no jars: LOCALAWS_RIC_JARS must name their directory"
                raise LambdaRuntimeException(missing)
            part = copy.with_name("runtime-client.part")
            shutil.rmtree(part, ignore_errors=True)
            shutil.copytree(settings.RIC_JARS, part)
            part.rename(copy)
    return copy


def jni_library() -> Path:
    """The native library, unpacked once and passed by a system property.

    By default, the client unpacks it to a fixed path, where JVMs that start at the same time overwrite each other's
    copy and crash.
    """
    client = runtime_client()
    machine = "x86_64" if platform.machine() == "x86_64" else "aarch_64"
    name = f"libaws-lambda-jni.linux-{machine}.so"
    jar = next(client.glob("aws-lambda-java-runtime-interface-client*.jar"))
    target = settings.TEMPORARY / "jni" / jar.stem / name
    with _copying:
        if not target.exists():
            with zipfile.ZipFile(jar) as archive:
                durable.write(target, archive.read(f"jni/{name}"))
    return target


def class_path(version: FunctionVersion, code: Path) -> list[str]:
    layers = [Path(layer.code.get_unzipped_code_location()) for layer in version.config.layers or [] if layer.code]
    layer_jars = [jar for layer in layers for jar in jars(layer / "java" / "lib")]
    return [*jars(runtime_client()), str(code), *jars(code / "lib"), *layer_jars]


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
