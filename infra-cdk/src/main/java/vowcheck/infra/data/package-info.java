/// What outlives a deployment: the network, the database, the model bucket, the queues and the secrets.
@NullMarked
package vowcheck.infra.data;

import org.jspecify.annotations.NullMarked;
