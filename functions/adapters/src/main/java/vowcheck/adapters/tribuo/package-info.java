/// Reads Tribuo's model files, protobuf around XGBoost's Universal Binary JSON, without Tribuo's
/// deserialisation and without native code. For any input, reading gives trees or throws
/// [vowcheck.core.model.UnusableModel].
@NullMarked
package vowcheck.adapters.tribuo;

import org.jspecify.annotations.NullMarked;
