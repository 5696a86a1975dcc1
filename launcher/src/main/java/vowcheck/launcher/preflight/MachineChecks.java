package vowcheck.launcher.preflight;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Asks this machine for the programs of a deployment.
///
/// @param environment the variables of this process
/// @param architecture as the JVM names it
/// @param emulation the kernel's file about QEMU for ARM64
record MachineChecks(Map<String, String> environment, String architecture, Path emulation) {

    private static final int NODE = 20;
    private static final Pattern NODE_VERSION = Pattern.compile("v(?<major>\\d{1,4})\\..*");

    /// The variable by which CDK is told the engine.
    private static final String ENGINE = "CDK_DOCKER";

    /// F: the emulator is opened when it is registered, so that a container needs none of its own.
    private static final Pattern REGISTERED = Pattern.compile("enabled\\n.*flags: \\w*F\\w*\\n.*", Pattern.DOTALL);

    static MachineChecks ofThisMachine() {
        return new MachineChecks(
                System.getenv(), System.getProperty("os.arch"), Path.of("/proc/sys/fs/binfmt_misc/qemu-aarch64"));
    }

    List<Finding> findings() {
        return List.of(node(), engine(), arm64());
    }

    private static Finding node() {
        var needed = "Node.js %d or later".formatted(NODE);
        var found = output("node", "--version").orElse("none");
        var version = NODE_VERSION.matcher(found);
        return Finding.enough(
                version.matches() && Integer.parseInt(version.group("major")) >= NODE,
                needed,
                found,
                "install it from https://nodejs.org");
    }

    private Finding engine() {
        var program = environment.getOrDefault(ENGINE, "docker");
        // It also asks the engine behind the program, where there is one.
        var answer = output(program, "version");
        return Finding.enough(
                answer.isPresent(),
                "an engine that builds the images",
                answer.isPresent() ? program : "'%s version' fails".formatted(program),
                "install and start Docker, or set %s to finch or podman".formatted(ENGINE));
    }

    private Finding arm64() {
        var needed = "ARM64 for the images";
        var advice = "docker run --privileged --rm tonistiigi/binfmt --install arm64";
        if (architecture.equals("aarch64")) {
            return Finding.ok(needed, "this machine");
        }
        var folder = emulation.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return Finding.unknown(
                    needed, "this system has no binfmt_misc", "an engine in a virtual machine has its own");
        }
        try {
            return Files.exists(emulation)
                            && REGISTERED.matcher(Files.readString(emulation)).matches()
                    ? Finding.ok(needed, "QEMU is registered")
                    : Finding.missing(needed, "QEMU is not registered", advice);
        } catch (IOException e) {
            return Finding.unknown(needed, "%s cannot be read".formatted(emulation), advice);
        }
    }

    /// A program's output in one line, if there is the program and it succeeds.
    private static Optional<String> output(String... command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0
                    ? Optional.of(text.lines().findFirst().orElse("").strip())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
