package vowcheck.adapters.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import vowcheck.adapters.aws.AwsOnLoopback;
import vowcheck.adapters.bundle.BaselineBundle;
import vowcheck.adapters.bundle.ModelBundle;
import vowcheck.adapters.deployment.BucketKeys;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.ModelStoreUnavailable;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.ModelsInService;
import vowcheck.core.model.Sha256;
import vowcheck.core.model.ShadowPointer;
import vowcheck.core.model.ShadowPointer.NamedShadow;
import vowcheck.core.model.ShadowPointer.NoShadow;
import vowcheck.core.model.ShadowPointer.UnreadableShadow;
import vowcheck.core.model.UnusableModel;

class S3ModelStoreTest {

    private static final ModelVersion ONE = new ModelVersion("1");
    private static final byte[] MODEL = BaselineBundle.model();

    /// Two manifests of the same version, as a registry gives it that counts from 1 again.
    private static final byte[] FORMER = AwsOnLoopback.manifest("1");

    private static final byte[] RENUMBERED = new String(FORMER, StandardCharsets.UTF_8)
            .replace("\"seed\" : 42", "\"seed\" : 43")
            .getBytes(StandardCharsets.UTF_8);

    private final InMemoryS3 s3 = new InMemoryS3();
    private final S3ModelStore store = new S3ModelStore(s3, "bucket", FeatureSchema.CURRENT);
    private final List<ShadowPointer> ended = new ArrayList<>();

    @Test
    void aBundleIsFoundByItsManifestsHash() {
        var identity = store.publish(ONE, FORMER, MODEL);

        assertThat(identity).isEqualTo(identity(FORMER));
        assertThat(store.load(identity).identity()).isEqualTo(identity);
        assertThat(s3.objects())
                .containsOnlyKeys(
                        "models/1/%s/model.pb".formatted(identity.manifestHash()),
                        "models/1/%s/manifest.json".formatted(identity.manifestHash()));
    }

    @Test
    void aVersionThatIsGivenAgainLeavesTheFormerBundleAsItIs() {
        var former = store.publish(ONE, FORMER, MODEL);
        var objects = new TreeMap<>(s3.objects());

        var renumbered = store.publish(ONE, RENUMBERED, MODEL);

        assertThat(renumbered).isNotEqualTo(former);
        assertThat(s3.objects()).containsAllEntriesOf(objects).hasSize(4);
        assertThat(store.load(former).manifest().settings().seed()).isEqualTo(42);
        assertThat(store.load(renumbered).manifest().settings().seed()).isEqualTo(43);
    }

    @Test
    void bundlesAreListedNewestFirstWhateverTheirNumbers() {
        var two = store.publish(new ModelVersion("2"), AwsOnLoopback.manifest("2"), MODEL);
        var former = store.publish(ONE, FORMER, MODEL);
        var renumbered = store.publish(ONE, RENUMBERED, MODEL);

        assertThat(store.published(10)).containsExactly(renumbered, former, two);
        assertThat(store.published(2)).containsExactly(renumbered, former);
        assertThat(store.published(ONE)).containsExactly(renumbered, former);
        assertThat(store.published(new ModelVersion("3"))).isEmpty();
    }

    @Test
    void aBundleOfEarlierBuildsIsListedByItsManifest() {
        s3.objects().put("models/1/manifest.json", FORMER);
        s3.objects().put("models/1/model.pb", MODEL);
        s3.objects().put("models/1/notes.txt", new byte[0]);
        s3.objects().put("models/+/manifest.json", FORMER);
        s3.objects().put("models/manifest.json", FORMER);

        assertThat(store.published(10)).containsExactly(identity(FORMER));
        store.publish(ONE, FORMER, MODEL);
        assertThat(store.published(10)).containsExactly(identity(FORMER));
        assertThat(store.load(store.published(ONE).getFirst()).identity()).isEqualTo(identity(FORMER));
    }

    @Test
    void aVersionIsNotListedWithThoseThatBeginLikeIt() {
        store.publish(new ModelVersion("12"), AwsOnLoopback.manifest("12"), MODEL);

        assertThat(store.published(ONE)).isEmpty();
    }

    @Test
    void aMissingPointerIsNoModelAndAStoreOutOfReachIsUnavailable() {
        assertThatThrownBy(store::production)
                .isInstanceOf(UnusableModel.class)
                .hasMessage("production.json is missing: no model is in production");
        s3.reachable(false);
        assertThatThrownBy(store::production).isInstanceOf(ModelStoreUnavailable.class);
        assertThatThrownBy(() -> store.published(1)).isInstanceOf(ModelStoreUnavailable.class);
    }

    @Test
    void anInterruptedPublicationIsCompleted() {
        var identity = store.publish(ONE, FORMER, MODEL);
        s3.objects().remove(manifestKey(identity));
        assertThatThrownBy(() -> store.load(identity))
                .isInstanceOf(UnusableModel.class)
                .hasMessage(
                        "the bundle of version 1 with the manifest %s is missing".formatted(identity.manifestHash()));

        store.publish(ONE, FORMER, MODEL);
        store.publish(ONE, FORMER, MODEL);

        assertThat(store.load(identity).identity()).isEqualTo(identity);
    }

    @Test
    void otherContentInABundlesPlaceIsNotOverwritten() {
        var model = BucketKeys.bundleFile(identity(FORMER), ModelBundle.MODEL_FILE);
        s3.objects().put(model, new byte[] {1});

        assertThatThrownBy(() -> store.publish(ONE, FORMER, MODEL))
                .isInstanceOf(UnusableModel.class)
                .hasMessage("%s is in the bucket already: its SHA-256 is %s, expected %s"
                        .formatted(model, Sha256.of(new byte[] {1}), Sha256.of(MODEL)));
        assertThat(s3.objects()).containsOnlyKeys(model);
        assertThat(s3.objects().get(model)).containsExactly(1);
    }

    @Test
    void aManifestThatWasChangedIsRefused() {
        var identity = store.publish(ONE, FORMER, MODEL);
        s3.objects().put(manifestKey(identity), RENUMBERED);

        assertThatThrownBy(() -> store.load(identity))
                .isInstanceOf(UnusableModel.class)
                .hasMessage("the manifest of version 1 was changed: its SHA-256 is %s, expected %s"
                        .formatted(Sha256.of(RENUMBERED), Sha256.of(FORMER)));
    }

    @Test
    void aBundleOfAnEarlierBuildIsReadIfItsManifestIsTheExpectedOne() {
        earlierBuildPublishes(FORMER);

        assertThat(store.load(identity(FORMER)).identity()).isEqualTo(identity(FORMER));
        assertThatThrownBy(() -> store.load(identity(RENUMBERED)))
                .isInstanceOf(UnusableModel.class)
                .hasMessageEndingWith("is missing");
        assertThat(store.load(ONE).identity()).isEqualTo(identity(FORMER));
    }

    @Test
    void aVersionAloneNamesTheBundleOfAnEarlierBuildOrElseTheOnlyOne() {
        assertThatThrownBy(() -> store.load(ONE))
                .isInstanceOf(UnusableModel.class)
                .hasMessage("the bundle of version 1 is missing");

        store.publish(ONE, RENUMBERED, MODEL);
        assertThat(store.load(ONE).identity()).isEqualTo(identity(RENUMBERED));

        store.publish(ONE, FORMER, MODEL);
        assertThatThrownBy(() -> store.load(ONE))
                .isInstanceOf(UnusableModel.class)
                .hasMessageStartingWith("2 bundles have version 1, expected one: ")
                .hasMessageContaining(Sha256.of(FORMER).hex())
                .hasMessageContaining(Sha256.of(RENUMBERED).hex());

        earlierBuildPublishes(FORMER);
        assertThat(store.load(ONE).identity()).isEqualTo(identity(FORMER));
    }

    @Test
    void aPointerWithAHashInCapitalsIsRead() {
        var hash = Sha256.of(FORMER).hex().toUpperCase(Locale.ROOT);
        s3.objects().put(BucketKeys.POINTER, """
                {"model_version": "1", "manifest_sha256": "%s"}""".formatted(hash).getBytes(StandardCharsets.UTF_8));

        assertThat(store.production()).isEqualTo(new ModelPointer(identity(FORMER)));
    }

    @Test
    void aPointerThatCannotBeReadIsNamed() {
        s3.objects().put(BucketKeys.POINTER, """
                {"model_version": "1", "manifest_sha256": "abc"}""".getBytes(StandardCharsets.UTF_8));

        for (ThrowingCallable read : List.<ThrowingCallable>of(store::production, store::inProduction)) {
            assertThatThrownBy(read)
                    .isInstanceOf(UnusableModel.class)
                    .hasMessageStartingWith("production.json cannot be read: ")
                    .hasMessageContaining("'abc', expected 64 hexadecimal digits");
        }
        s3.reachable(false);
        assertThatThrownBy(store::inProduction).isInstanceOf(ModelStoreUnavailable.class);
    }

    @Test
    void aPointerIsReadAsAShellWroteIt() {
        var json = """
                {"model_version": "1", "manifest_sha256": "%s"}""".formatted(identity(FORMER).manifestHash());
        for (var written : List.of(
                ("\uFEFF" + json).getBytes(StandardCharsets.UTF_8),
                ("\uFEFF" + json).getBytes(StandardCharsets.UTF_16LE))) {
            s3.objects().put(BucketKeys.POINTER, written);

            assertThat(store.production().model()).isEqualTo(identity(FORMER));
            assertThat(store.inProduction()).map(ModelPointer::model).hasValue(identity(FORMER));
        }
    }

    @Test
    void aPointerThatIsNoTextCannotBeRead() {
        s3.objects().put(BucketKeys.POINTER, new byte[] {'{', '"', (byte) 0xC3, '"'});

        assertThatThrownBy(store::production).isInstanceOf(UnusableModel.class);
        assertThatThrownBy(store::inProduction).isInstanceOf(UnusableModel.class);
    }

    @Test
    void aPointerStatesWhichModelServedBefore() {
        var pointer = new ModelPointer(identity(FORMER)).replacedBy(identity(RENUMBERED));
        assertThat(store.replace(Optional.empty(), pointer)).isTrue();

        assertThat(store.production()).isEqualTo(pointer);
        assertThat(store.production().former()).hasValue(identity(FORMER));
    }

    @Test
    void aPointerThatOthersHaveWrittenIsNotOverwritten() {
        var first = new ModelPointer(identity(FORMER));
        var second = first.replacedBy(identity(RENUMBERED));
        var another = second.replacedBy(identity(FORMER));
        assertThat(store.replace(Optional.empty(), first)).isTrue();

        assertThat(store.replace(Optional.empty(), another))
                .as("there was none")
                .isFalse();
        assertThat(store.replace(Optional.of(another), second))
                .as("another one was there")
                .isFalse();
        assertThat(store.withdraw(Optional.of(another), _ -> {})).isFalse();
        assertThat(store.withdraw(Optional.empty(), _ -> {})).isFalse();
        assertThat(store.inProduction()).hasValue(first);

        assertThat(store.replace(Optional.of(first), second)).isTrue();
        assertThat(store.replace(Optional.of(first), second)).as("repeated").isTrue();
        assertThat(store.withdraw(Optional.of(second), _ -> {})).isTrue();
        assertThat(store.inProduction()).isEmpty();
    }

    /// The object is read before it is written, too: only S3 can tell what happens in between.
    @Test
    void aPointerThatOthersWriteAfterItWasReadIsNotOverwritten() {
        var first = new ModelPointer(identity(FORMER));
        var second = first.replacedBy(identity(RENUMBERED));
        var another = second.replacedBy(identity(FORMER));

        s3.meanwhile(() -> store.replace(Optional.empty(), first));
        assertThat(store.replace(Optional.empty(), another)).as("created").isFalse();
        assertThat(store.inProduction()).hasValue(first);

        s3.meanwhile(() -> store.replace(Optional.of(first), second));
        assertThat(store.replace(Optional.of(first), another)).as("replaced").isFalse();
        assertThat(store.inProduction()).hasValue(second);

        s3.meanwhile(() -> s3.objects().remove(BucketKeys.POINTER));
        assertThat(store.replace(Optional.of(second), another)).as("removed").isFalse();
        assertThat(store.inProduction()).isEmpty();

        s3.meanwhile(() -> store.replace(Optional.empty(), another));
        assertThat(store.replace(Optional.empty(), another))
                .as("by the same call")
                .isTrue();
    }

    @Test
    void aPointerThatCannotBeReadIsReplacedUnlessOthersRepairIt() {
        var repaired = new ModelPointer(identity(FORMER));
        var another = repaired.replacedBy(identity(RENUMBERED));
        s3.objects().put(BucketKeys.POINTER, new byte[] {'{'});

        s3.meanwhile(() -> store.replace(Optional.empty(), repaired));
        assertThat(store.replace(Optional.empty(), another)).isFalse();
        assertThat(store.inProduction()).hasValue(repaired);

        s3.objects().put(BucketKeys.POINTER, new byte[] {'{'});
        assertThat(store.replace(Optional.of(repaired), another)).isFalse();
        assertThat(store.replace(Optional.empty(), another)).isTrue();
        assertThat(store.inProduction()).hasValue(another);
    }

    @Test
    void aPointerOfAnEarlierBuildStatesTheFormerVersionOnly() {
        s3.objects().put(BucketKeys.POINTER, """
                {"model_version": "1", "manifest_sha256": "%s", "former_model_version": "baseline"}""".formatted(Sha256.of(FORMER)).getBytes(StandardCharsets.UTF_8));

        assertThat(store.production()).isEqualTo(new ModelPointer(identity(FORMER), ModelVersion.BASELINE, null));
        assertThat(store.production().former()).isEmpty();
    }

    @Test
    void aShadowIsNamedWithThePointerAndStaysThroughAPromotionOfAnotherModel() {
        var first = new ModelPointer(identity(FORMER));
        var second = first.replacedBy(identity(RENUMBERED));
        var shadow = ModelFixtures.shadow("9");
        store.replace(Optional.empty(), first);
        assertThat(store.serving()).isEqualTo(new ModelsInService(first, NoShadow.NONE));

        assertThat(store.shadow(service(first), shadow)).isTrue();
        assertThat(store.shadow(service(first), shadow)).as("repeated").isTrue();
        assertThat(store.serving()).isEqualTo(new ModelsInService(first, shadow));
        assertThat(store.inProduction()).hasValue(first);
        assertThat(store.replace(Optional.of(first), second, this::ended)).isTrue();
        assertThat(store.serving()).isEqualTo(new ModelsInService(second, shadow));
        assertThat(ended).isEmpty();

        assertThat(store.shadow(new ModelsInService(first, shadow), NoShadow.NONE))
                .as("another model is in production")
                .isFalse();
        assertThat(store.shadow(new ModelsInService(second, shadow), NoShadow.NONE))
                .isTrue();
        assertThat(store.serving()).isEqualTo(service(second));
    }

    @Test
    void aShadowThatOthersChangeMeanwhileIsNotOverwritten() {
        var first = new ModelPointer(identity(FORMER));
        var eight = ModelFixtures.shadow("8");
        var nine = ModelFixtures.shadow("9");
        store.replace(Optional.empty(), first);
        store.shadow(service(first), eight);

        s3.meanwhile(() -> store.shadow(new ModelsInService(first, eight), nine));

        assertThat(store.shadow(new ModelsInService(first, eight), NoShadow.NONE))
                .isFalse();
        assertThat(store.serving()).isEqualTo(new ModelsInService(first, nine));
    }

    @Test
    void aShadowThatIsPromotedEndsAndIsTold() {
        var first = new ModelPointer(identity(FORMER));
        var second = first.replacedBy(identity(RENUMBERED));
        var shadow = shadowed(first, RENUMBERED);

        assertThat(store.replace(Optional.of(first), second, this::ended)).isTrue();
        assertThat(store.replace(Optional.of(first), second, this::ended))
                .as("repeated")
                .isTrue();

        assertThat(store.serving()).isEqualTo(service(second));
        assertThat(ended).containsExactly(shadow);
    }

    /// The client writes again where the answer is lost, and S3 refuses its second write.
    @Test
    void theEndOfAShadowIsToldAlsoWhereTheAnswerToTheWriteIsLost() {
        var first = new ModelPointer(identity(FORMER));
        var second = first.replacedBy(identity(RENUMBERED));
        var shadow = shadowed(first, RENUMBERED);

        s3.meanwhile(() -> new S3ModelStore(s3, "bucket", FeatureSchema.CURRENT).replace(Optional.of(first), second));

        assertThat(store.replace(Optional.of(first), second, this::ended)).isTrue();
        assertThat(ended).containsExactly(shadow);
    }

    @Test
    void aShadowEndsWithThePointer() {
        var first = new ModelPointer(identity(FORMER));
        var shadow = ModelFixtures.shadow("9");
        store.replace(Optional.empty(), first);
        store.shadow(service(first), shadow);

        assertThat(store.withdraw(Optional.of(first), this::ended)).isTrue();

        assertThat(ended).containsExactly(shadow);
    }

    @Test
    void aShadowThatCannotBeReadDoesNotHideTheModelInProduction() {
        for (var shadow : List.of("3", "{}", "{\"model_version\": \"2\"}", """
                {"model_version": "2", "manifest_sha256": "%s", "started_at": "yesterday", "started_by": "ada",
                 "reason": "to compare it"}""".formatted(
                        identity(RENUMBERED).manifestHash()))) {
            s3.objects().put(BucketKeys.POINTER, """
                    {"model_version": "1", "manifest_sha256": "%s", "shadow": %s}""".formatted(identity(FORMER).manifestHash(), shadow)
                    .getBytes(StandardCharsets.UTF_8));

            assertThat(store.production()).isEqualTo(new ModelPointer(identity(FORMER)));
            assertThat(store.serving().shadow()).as(shadow).isInstanceOf(UnreadableShadow.class);
        }
        var first = store.production();
        assertThat(store.replace(Optional.of(first), first.replacedBy(identity(RENUMBERED)), this::ended))
                .isTrue();
        assertThat(ended).singleElement().isInstanceOf(UnreadableShadow.class);
        assertThat(store.serving().shadow()).isEqualTo(NoShadow.NONE);
    }

    @Test
    void aShadowThatCannotBeReadCanBeEnded() {
        s3.objects().put(BucketKeys.POINTER, """
                {"model_version": "1", "manifest_sha256": "%s", "shadow": 3}""".formatted(identity(FORMER).manifestHash())
                .getBytes(StandardCharsets.UTF_8));

        assertThat(store.shadow(store.serving(), NoShadow.NONE)).isTrue();

        assertThat(store.serving().shadow()).isEqualTo(NoShadow.NONE);
    }

    /// Puts a model into production, and makes another one its shadow.
    private NamedShadow shadowed(ModelPointer serving, byte[] manifest) {
        var shadow =
                new NamedShadow(identity(manifest), ModelFixtures.shadow("9").start());
        store.replace(Optional.empty(), serving);
        store.shadow(service(serving), shadow);
        return shadow;
    }

    private void ended(ShadowPointer shadow) {
        ended.add(shadow);
    }

    private static ModelsInService service(ModelPointer production) {
        return new ModelsInService(production, NoShadow.NONE);
    }

    private void earlierBuildPublishes(byte[] manifest) {
        s3.objects().put("models/1/manifest.json", manifest);
        s3.objects().put("models/1/model.pb", MODEL);
    }

    private static String manifestKey(ModelIdentity identity) {
        return BucketKeys.bundleFile(identity, ModelBundle.MANIFEST_FILE);
    }

    private static ModelIdentity identity(byte[] manifest) {
        return new ModelIdentity(ONE, Sha256.of(manifest));
    }
}
