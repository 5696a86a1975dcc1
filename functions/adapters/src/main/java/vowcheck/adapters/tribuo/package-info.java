/// Tribuo's model files, read without Tribuo's deserialisation and without native code: protobuf around
/// XGBoost's Universal Binary JSON. Whatever a file holds, reading it ends with trees or with
/// [vowcheck.core.model.UnusableModel].
@NullMarked
package vowcheck.adapters.tribuo;

import org.jspecify.annotations.NullMarked;
