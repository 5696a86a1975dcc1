/// The Lambda functions: what each is given and what invokes it. The training workflow's function and the API's
/// authorizer are in the packages of the workflow and the API.
@NullMarked
package vowcheck.infra.functions;

import org.jspecify.annotations.NullMarked;
