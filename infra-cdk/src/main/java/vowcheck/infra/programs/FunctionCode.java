package vowcheck.infra.programs;

import software.amazon.awscdk.services.lambda.Code;

/// The zips of the functions' code.
public record FunctionCode(Code functions) {}
