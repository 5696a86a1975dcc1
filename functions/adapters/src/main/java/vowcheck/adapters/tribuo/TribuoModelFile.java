package vowcheck.adapters.tribuo;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import org.tribuo.common.xgboost.protos.XGBoostModelProto;
import org.tribuo.protos.core.CategoricalIDInfoProto;
import org.tribuo.protos.core.FeatureDomainProto;
import org.tribuo.protos.core.ImmutableFeatureMapProto;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.protos.core.RealIDInfoProto;
import org.tribuo.protos.core.VariableInfoProto;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.BoostedTrees;
import vowcheck.core.model.UnusableModel;

/// A model as Tribuo's protobuf stores it: `ModelProto` → `XGBoostModelProto` → one booster in Universal Binary
/// JSON. No class that the file names is loaded or run.
///
/// @param tribuoVersion the Tribuo release that wrote the file, such as `4.3.2`. Any release is read: the file states
///     the versions of Tribuo's own messages, and these are checked
/// @param xgboostVersion the XGBoost release that trained the booster, such as `3.0.4`
/// @param trees the booster's trees, with the features in the order of the model's manifest
public record TribuoModelFile(String tribuoVersion, String xgboostVersion, BoostedTrees trees) {

    private static final String MODEL_CLASS = "org.tribuo.common.xgboost.XGBoostModel";

    /// Reads a file's bytes. Throws [UnusableModel] if they are damaged, if the model has features other than
    /// those of `schema` or an objective other than `binary:logistic`, or if it was written by a release
    /// that `readable` lacks.
    public static TribuoModelFile read(byte[] file, FeatureSchema schema, ReadableReleases readable) {
        var opened = open(file, schema, readable);
        return new TribuoModelFile(
                opened.tribuoVersion(),
                opened.booster().version(),
                opened.booster().trees(schema, opened.featuresById()));
    }

    /// Reads a file of a release that this build reads; throws as the other method does.
    public static TribuoModelFile read(byte[] file, FeatureSchema schema) {
        return read(file, schema, ReadableReleases.OF_THIS_BUILD);
    }

    /// The importance of each feature in the model of a file that this build reads, in the order of `schema`; throws
    /// as [#read] does.
    public static SequencedMap<Feature, FeatureImportance> importances(byte[] file, FeatureSchema schema) {
        var opened = open(file, schema, ReadableReleases.OF_THIS_BUILD);
        return opened.booster().importances(schema, opened.featuresById());
    }

    /// XGBoost's own model within a file that this build reads; throws as [#read] does.
    public static XgboostModel xgboost(byte[] file, FeatureSchema schema) {
        var opened = open(file, schema, ReadableReleases.OF_THIS_BUILD);
        return new XgboostModel(opened.bytes(), opened.featuresById());
    }

    private static Opened open(byte[] file, FeatureSchema schema, ReadableReleases readable) {
        try {
            var outer = ModelProto.parseFrom(file);
            if (!outer.getClassName().equals(MODEL_CLASS) || outer.getVersion() != 0) {
                throw new UnusableModel("The model file holds version %d of '%s', expected version 0 of '%s'"
                        .formatted(outer.getVersion(), outer.getClassName(), MODEL_CLASS));
            }
            var model = unpack(outer.getSerializedData(), XGBoostModelProto.class);
            if (model.getModelsCount() != 1) {
                throw new UnusableModel(
                        "The model file holds %d boosters, expected one".formatted(model.getModelsCount()));
            }
            var features = featuresById(model.getMetadata().getFeatureDomain(), schema);
            var bytes = model.getModels(0);
            var booster = new Booster(UniversalBinaryJson.read(bytes.asReadOnlyByteBuffer()));
            readable.require("The release of XGBoost that wrote the model file", booster.version());
            return new Opened(model.getMetadata().getTribuoVersion(), features, booster, bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new UnusableModel("The model file is no Tribuo protobuf: " + e.getMessage(), e);
        }
    }

    /// Tribuo numbers features in the lexicographic order of their names. The file states the numbers, so they are
    /// read from it.
    private static List<Feature> featuresById(FeatureDomainProto domain, FeatureSchema schema)
            throws InvalidProtocolBufferException {
        requireVersion("feature map", domain.getVersion());
        var map = unpack(domain.getSerializedData(), ImmutableFeatureMapProto.class);
        var byId = new Feature[schema.size()];
        var absent = new LinkedHashSet<>(schema.features());
        for (var info : map.getInfoList()) {
            requireVersion("feature", info.getVersion());
            var numbered = numbered(info);
            var feature = schema.named(numbered.name())
                    .orElseThrow(() -> new UnusableModel("The model file has the feature '%s', expected one of %s"
                            .formatted(numbered.name(), schema)));
            if (numbered.id() < 0 || numbered.id() >= byId.length || byId[numbered.id()] != null) {
                throw new UnusableModel("The model file gives %s the id %d, expected one of its own from 0 to %d"
                        .formatted(numbered.name(), numbered.id(), byId.length - 1));
            }
            byId[numbered.id()] = feature;
            absent.remove(feature);
        }
        if (!absent.isEmpty()) {
            throw new UnusableModel("The model file lacks the features %s".formatted(absent));
        }
        return Arrays.asList(byId);
    }

    /// Tribuo raises the version of a message, not only its own release, when the message gets another meaning.
    private static void requireVersion(String message, int version) {
        if (version != 0) {
            throw new UnusableModel(
                    "The model file holds version %d of a %s, expected version 0".formatted(version, message));
        }
    }

    private static NumberedName numbered(VariableInfoProto info) throws InvalidProtocolBufferException {
        var data = info.getSerializedData();
        if (data.is(CategoricalIDInfoProto.class)) {
            var few = data.unpack(CategoricalIDInfoProto.class);
            return new NumberedName(few.getName(), few.getId());
        }
        var real = unpack(data, RealIDInfoProto.class);
        return new NumberedName(real.getName(), real.getId());
    }

    private static <M extends Message> M unpack(Any data, Class<M> type) throws InvalidProtocolBufferException {
        if (!data.is(type)) {
            throw new UnusableModel(
                    "The model file holds '%s', expected a %s".formatted(data.getTypeUrl(), type.getSimpleName()));
        }
        return data.unpack(type);
    }

    /// A feature and its number in Tribuo, which uses different messages for features with few and with many
    /// distinct values.
    private record NumberedName(String name, int id) {}

    private record Opened(String tribuoVersion, List<Feature> featuresById, Booster booster, ByteString bytes) {}
}
