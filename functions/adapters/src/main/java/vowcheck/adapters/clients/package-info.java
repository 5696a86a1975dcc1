/// The API keys of clients as Secrets Manager holds them, and their ends as S3 does.
@NullMarked
package vowcheck.adapters.clients;

import org.jspecify.annotations.NullMarked;
