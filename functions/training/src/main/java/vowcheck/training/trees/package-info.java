/// Tribuo's way to the trees that the contract asks for. Tribuo's stock trainer always trains `multi:softprob`,
/// so its extension points are used instead; models remain plain `XGBoostModel`s.
@NullMarked
package vowcheck.training.trees;

import org.jspecify.annotations.NullMarked;
