package vowcheck.adapters.tribuo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuo.common.xgboost.protos.XGBoostModelProto;
import org.tribuo.protos.core.ImmutableFeatureMapProto;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.protos.core.RealIDInfoProto;
import org.tribuo.protos.core.VariableInfoProto;
import vowcheck.adapters.bundle.BaselineBundle;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.UnusableModel;

class TribuoModelFileTest {

    private static final byte[] BASELINE = BaselineBundle.model();

    @Test
    void theBaselinesTreesAreRead() {
        var file = TribuoModelFile.read(BASELINE, FeatureSchema.CURRENT);
        assertThat(file.tribuoVersion()).isEqualTo("4.3.2");
        assertThat(file.xgboostVersion()).isEqualTo("3.0.4");
        assertThat(file.trees().treeCount()).isEqualTo(100);
        assertThat(file.trees().rootHessianSum(0)).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"2E-1", "0.2", "[2E-1]", "[0.2]"})
    void baseScoresOfAllReleasesFromThreeOnAreRead(String written) throws InvalidProtocolBufferException {
        var trees = TribuoModelFile.read(withBaseScore(written), FeatureSchema.CURRENT)
                .trees();
        assertThat(trees.baseMargin()).isCloseTo((float) -Math.log(4), within(1e-6f));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "-1", "NaN", "Infinity", "", "[]", "[0.2", "[2E-1,3E-1]", "half"})
    void aBaseScoreThatIsNoProbabilityIsRefused(String written) throws InvalidProtocolBufferException {
        var file = withBaseScore(written);
        assertThatThrownBy(() -> TribuoModelFile.read(file, FeatureSchema.CURRENT))
                .isInstanceOf(UnusableModel.class)
                .hasMessageContaining("base");
    }

    @Test
    void anotherXgboostReleaseIsRefused() throws InvalidProtocolBufferException {
        var file = withBooster(booster -> replaced(booster, "i\u0003i\u0000i\u0004", "i\u0003i\u0001i\u0004"));
        assertThatThrownBy(() -> TribuoModelFile.read(file, FeatureSchema.CURRENT))
                .isInstanceOf(UnusableModel.class)
                .hasMessage("The release of XGBoost that wrote the model file is '3.1.4', expected one that this build"
                        + " reads: 3.0.4, 3.4.0");
    }

    @Test
    void anotherTribuoReleaseIsReadAsLongAsItsMessagesHaveTheSameVersions() throws InvalidProtocolBufferException {
        var file = with(model -> {
            var raised = model.toBuilder();
            raised.getMetadataBuilder().setTribuoVersion("4.4.0");
            return raised.build();
        });
        var read = TribuoModelFile.read(file, FeatureSchema.CURRENT);
        assertThat(read.tribuoVersion()).isEqualTo("4.4.0");
        assertThat(read.trees().treeCount()).isEqualTo(100);
    }

    @Test
    void aLaterVersionOfTribuosModelIsRefused() throws InvalidProtocolBufferException {
        var file =
                ModelProto.parseFrom(BASELINE).toBuilder().setVersion(1).build().toByteArray();
        assertThatThrownBy(() -> TribuoModelFile.read(file, FeatureSchema.CURRENT))
                .isInstanceOf(UnusableModel.class)
                .hasMessage("The model file holds version 1 of 'org.tribuo.common.xgboost.XGBoostModel', expected"
                        + " version 0 of 'org.tribuo.common.xgboost.XGBoostModel'");
    }

    @Test
    void aLaterVersionOfTribuosFeaturesIsRefused() throws InvalidProtocolBufferException {
        var map = with(model -> {
            var raised = model.toBuilder();
            raised.getMetadataBuilder().getFeatureDomainBuilder().setVersion(1);
            return raised.build();
        });
        assertThatThrownBy(() -> TribuoModelFile.read(map, FeatureSchema.CURRENT))
                .isInstanceOf(UnusableModel.class)
                .hasMessage("The model file holds version 1 of a feature map, expected version 0");
        var feature = withFeatures(features -> features.toBuilder()
                .setInfo(0, features.getInfo(0).toBuilder().setVersion(2))
                .build());
        assertThatThrownBy(() -> TribuoModelFile.read(feature, FeatureSchema.CURRENT))
                .isInstanceOf(UnusableModel.class)
                .hasMessage("The model file holds version 2 of a feature, expected version 0");
    }

    @Test
    void anotherObjectiveIsRefused() throws InvalidProtocolBufferException {
        var file = withBooster(booster -> replaced(booster, "binary:logistic", "binary:logitraw"));
        assertThatThrownBy(() -> TribuoModelFile.read(file, FeatureSchema.CURRENT))
                .isInstanceOf(UnusableModel.class)
                .hasMessage("learner.objective.name of the booster is 'binary:logitraw', expected 'binary:logistic'");
    }

    @Test
    void aFeatureThatTheSchemaLacksIsRefused() throws InvalidProtocolBufferException {
        var file = withFeatures(
                map -> map.toBuilder().setInfo(0, feature("Shoe_Size", 0)).build());
        assertThatThrownBy(() -> TribuoModelFile.read(file, FeatureSchema.CURRENT))
                .isInstanceOf(UnusableModel.class)
                .hasMessage("The model file has the feature 'Shoe_Size', expected one of " + FeatureSchema.CURRENT);
    }

    @Test
    void aMissingFeatureIsRefused() throws InvalidProtocolBufferException {
        var file = withFeatures(map -> map.toBuilder().removeInfo(0).build());
        assertThatThrownBy(() -> TribuoModelFile.read(file, FeatureSchema.CURRENT))
                .isInstanceOf(UnusableModel.class)
                .hasMessageStartingWith("The model file lacks the features ");
    }

    @Test
    void anIdThatTwoFeaturesHaveIsRefused() throws InvalidProtocolBufferException {
        var file = withFeatures(
                map -> map.toBuilder().addInfo(feature("Age_Days", 3)).build());
        assertThatThrownBy(() -> TribuoModelFile.read(file, FeatureSchema.CURRENT))
                .isInstanceOf(UnusableModel.class)
                .hasMessageStartingWith("The model file gives Age_Days the id 3");
    }

    @Test
    void anIdOutOfRangeIsRefused() throws InvalidProtocolBufferException {
        var file = withFeatures(map -> ImmutableFeatureMapProto.newBuilder()
                .addInfo(feature("Age_Days", -1))
                .build());
        assertThatThrownBy(() -> TribuoModelFile.read(file, FeatureSchema.CURRENT))
                .isInstanceOf(UnusableModel.class);
    }

    @Test
    void anotherKindOfModelIsRefused() throws InvalidProtocolBufferException {
        var file = ModelProto.parseFrom(BASELINE).toBuilder()
                .setClassName("org.tribuo.common.tree.TreeModel")
                .build()
                .toByteArray();
        assertThatThrownBy(() -> TribuoModelFile.read(file, FeatureSchema.CURRENT))
                .isInstanceOf(UnusableModel.class)
                .hasMessageContaining("TreeModel");
    }

    @Test
    void twoBoostersAreRefused() throws InvalidProtocolBufferException {
        var file = with(model -> model.toBuilder().addModels(model.getModels(0)).build());
        assertThatThrownBy(() -> TribuoModelFile.read(file, FeatureSchema.CURRENT))
                .isInstanceOf(UnusableModel.class)
                .hasMessage("The model file holds 2 boosters, expected one");
    }

    @Test
    void anEmptyFileIsRefused() {
        assertThatThrownBy(() -> TribuoModelFile.read(new byte[0], FeatureSchema.CURRENT))
                .isInstanceOf(UnusableModel.class);
    }

    @Test
    void aFileThatIsCutOffAnywhereIsRefused() {
        for (int length = 0; length < BASELINE.length; length += 7) {
            var cutOff = Arrays.copyOf(BASELINE, length);
            assertThatThrownBy(() -> TribuoModelFile.read(cutOff, FeatureSchema.CURRENT))
                    .isInstanceOf(UnusableModel.class);
        }
    }

    @Test
    void aBoosterThatIsCutOffAnywhereIsRefused() throws InvalidProtocolBufferException {
        int size = model().getModels(0).size();
        for (int length = 0; length < size; length += length < 2_000 ? 1 : 97) {
            int cutOff = length;
            var file = withBooster(booster -> Arrays.copyOf(booster, cutOff));
            assertThatThrownBy(() -> TribuoModelFile.read(file, FeatureSchema.CURRENT))
                    .isInstanceOf(UnusableModel.class);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void damagedBytesGiveTreesOrARefusal(long seed) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var values = new float[10];
        for (int attempt = 0; attempt < 500; attempt++) {
            var damaged = BASELINE.clone();
            int faults = 1 + random.nextInt(3);
            for (int fault = 0; fault < faults; fault++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            readOrRefuse(damaged, values);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void damagedBoostersGiveTreesOrARefusal(long seed) throws InvalidProtocolBufferException {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var values = new float[10];
        for (int attempt = 0; attempt < 500; attempt++) {
            var file = withBooster(booster -> {
                booster[random.nextInt(booster.length)] ^= (byte) (1 << random.nextInt(8));
                return booster;
            });
            readOrRefuse(file, values);
        }
    }

    /// Any other exception fails the calling test.
    private static void readOrRefuse(byte[] file, float[] values) {
        try {
            var margin =
                    TribuoModelFile.read(file, FeatureSchema.CURRENT).trees().margin(values);
            assertThat(margin).isNotNaN();
        } catch (UnusableModel refused) {
            assertThat(refused).hasMessageMatching("(?s).+");
        }
    }

    private static XGBoostModelProto model() throws InvalidProtocolBufferException {
        return ModelProto.parseFrom(BASELINE).getSerializedData().unpack(XGBoostModelProto.class);
    }

    private static byte[] with(UnaryOperator<XGBoostModelProto> change) throws InvalidProtocolBufferException {
        return ModelProto.parseFrom(BASELINE).toBuilder()
                .setSerializedData(Any.pack(change.apply(model())))
                .build()
                .toByteArray();
    }

    private static byte[] withBooster(UnaryOperator<byte[]> change) throws InvalidProtocolBufferException {
        return with(model -> model.toBuilder()
                .setModels(
                        0, ByteString.copyFrom(change.apply(model.getModels(0).toByteArray())))
                .build());
    }

    private static byte[] withFeatures(UnaryOperator<ImmutableFeatureMapProto> change)
            throws InvalidProtocolBufferException {
        var map = model().getMetadata().getFeatureDomain().getSerializedData().unpack(ImmutableFeatureMapProto.class);
        return with(model -> {
            var changed = model.toBuilder();
            changed.getMetadataBuilder().getFeatureDomainBuilder().setSerializedData(Any.pack(change.apply(map)));
            return changed.build();
        });
    }

    private static VariableInfoProto feature(String name, int id) {
        return VariableInfoProto.newBuilder()
                .setSerializedData(Any.pack(
                        RealIDInfoProto.newBuilder().setName(name).setId(id).build()))
                .build();
    }

    /// The base score is a text, preceded by its 64-bit length.
    private static byte[] withBaseScore(String text) throws InvalidProtocolBufferException {
        return withBooster(booster -> {
            var bytes = new String(booster, ISO_8859_1);
            int from = bytes.indexOf("base_scoreSL") + "base_scoreSL".length();
            int length = bytes.charAt(from + 7);
            return (bytes.substring(0, from + 7) + (char) text.length() + text + bytes.substring(from + 8 + length))
                    .getBytes(ISO_8859_1);
        });
    }

    private static byte[] replaced(byte[] booster, String part, String instead) {
        var bytes = new String(booster, ISO_8859_1);
        assertThat(bytes).contains(part);
        return bytes.replace(part, instead).getBytes(ISO_8859_1);
    }
}
