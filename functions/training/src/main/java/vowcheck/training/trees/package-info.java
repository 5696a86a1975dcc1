/// Training of the contract's trees with Tribuo. Tribuo's own trainer for classification always trains
/// `multi:softprob`, so its extension points are used instead; models remain ordinary `XGBoostModel`s.
@NullMarked
package vowcheck.training.trees;

import org.jspecify.annotations.NullMarked;
