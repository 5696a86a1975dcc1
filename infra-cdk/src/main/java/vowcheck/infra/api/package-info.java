/// The HTTP API: its methods, who may call them, and what API Gateway itself answers.
@NullMarked
package vowcheck.infra.api;

import org.jspecify.annotations.NullMarked;
