package vowcheck.launcher.chaos;

import static java.util.Collections.nCopies;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// The acts of a walk in their order, which the seed alone decides. Forty acts contain every kind.
///
/// @param acts with their arguments
record ChaosPlan(long seed, List<PlannedAct> acts) {

    /// Few rows lie before them, so that trainings are quick. One that learned from the last beats the others.
    private static final List<String> CUTOFFS = List.of("2023-05-22", "2023-08-01", "2024-01-01");

    private static final List<KilledFunction.Name> FUNCTIONS = List.of(KilledFunction.Name.values());
    private static final List<String> BUNDLE_FILES = List.of("manifest.json", "model.pb");
    private static final List<Integer> SLOW_MILLIS = List.of(300, 1_500);
    private static final int MOST_BAD_ROWS = 300;

    /// The remedy of an act comes at most that many acts later.
    private static final int LONGEST_LASTING = 3;

    /// The acts that wait for their turn to be drawn, each as often as it weighs. Remedies come in addition.
    private static final List<Drawn> DECK = List.of(
            new Drawn(1, _ -> new RegistryDeletion(RegistryDeletion.Entry.CHAMPIONS_RUN)),
            new Drawn(1, _ -> new RegistryDeletion(RegistryDeletion.Entry.CHAMPIONS_VERSION)),
            new Drawn(1, _ -> new RegistryDeletion(RegistryDeletion.Entry.FORMER_VERSION)),
            new Drawn(1, _ -> new RegistryDeletion(RegistryDeletion.Entry.REGISTERED_MODEL)),
            new Drawn(1, _ -> new RegistryDeletion(RegistryDeletion.Entry.EXPERIMENT)),
            new Drawn(1, random -> new KilledFunction(one(FUNCTIONS, random))),
            new Drawn(1, _ -> new KilledFunction(KilledFunction.Name.SCORING)),
            new Drawn(1, random -> new KilledTraining(KilledTraining.Moment.READS_ITS_ROWS, one(CUTOFFS, random))),
            new Drawn(1, random -> new KilledTraining(KilledTraining.Moment.REGISTERS_ITS_MODEL, one(CUTOFFS, random))),
            new Drawn(1, random -> new KilledPromotion(one(CUTOFFS, random))),
            new Drawn(1, _ -> new KilledMlflow()),
            new Drawn(1, _ -> new KilledDatabase(KilledDatabase.Part.SERVER)),
            new Drawn(1, _ -> new KilledDatabase(KilledDatabase.Part.CLIENT)),
            new Drawn(1, random -> new KilledLocalStack(one(CUTOFFS, random))),
            new Drawn(1, random -> pointer(DamagedPointer.Damage.HASH_IN_CAPITALS, random)),
            new Drawn(1, random -> pointer(DamagedPointer.Damage.HALF_OF_IT, random)),
            new Drawn(1, random -> pointer(DamagedPointer.Damage.UNKNOWN_VERSION, random)),
            new Drawn(1, random -> pointer(DamagedPointer.Damage.REMOVED, random)),
            new Drawn(
                    2,
                    random -> new DamagedBundle(one(BUNDLE_FILES, random), random.nextBoolean(), random.nextBoolean())),
            new Drawn(1, _ -> new DamagedOperators(DamagedOperators.Damage.WITHOUT_QUOTES, false)),
            new Drawn(1, _ -> new DamagedOperators(DamagedOperators.Damage.WITHOUT_QUOTES, true)),
            new Drawn(1, random -> new DamagedOperators(DamagedOperators.Damage.AN_UNKNOWN_ROLE, random.nextBoolean())),
            new Drawn(1, random -> new ChangedPassword(ChangedPassword.Login.MLFLOW, password(random))),
            new Drawn(1, random -> new ChangedPassword(ChangedPassword.Login.SCORING, password(random))),
            new Drawn(1, random -> badRows(BadRows.Fault.TURNED_SIGNS, random)),
            new Drawn(1, random -> badRows(BadRows.Fault.INFINITE_INCOME, random)),
            new Drawn(1, random -> new DriftOnBadRows(badRows(BadRows.Fault.IMPOSSIBLE_DATE, random), drift(random))),
            new Drawn(1, random -> new SlowDisk(one(SLOW_MILLIS, random))),
            new Drawn(1, ChaosPlan::drift),
            new Drawn(1, random -> new LauncherCommand("retrain", one(CUTOFFS, random))),
            new Drawn(1, _ -> new LauncherCommand("drift")),
            new Drawn(1, _ -> new LauncherCommand("up")),
            new Drawn(1, _ -> new RolledBack()),
            new Drawn(1, random -> new ErasedLoan("chaos-%08x".formatted(random.nextInt()))),
            new Drawn(1, _ -> new AppliedRetention()));

    /// @param weight how often it is in the deck
    private record Drawn(int weight, Function<RandomGenerator, Act> act) {}

    /// @param left after how many acts it is due
    private record Due(Act remedy, int left) {}

    ChaosPlan {
        acts = List.copyOf(acts);
    }

    /// The plan of a seed.
    static ChaosPlan of(long seed, int acts) {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var planned = new ArrayList<PlannedAct>();
        while (planned.size() < acts) {
            for (var act : inOrder(random)) {
                planned.add(new PlannedAct(act, one(CUTOFFS, random)));
            }
        }
        return new ChaosPlan(seed, planned.subList(0, acts));
    }

    private static List<Act> inOrder(RandomGenerator random) {
        var deck = new ArrayList<Function<RandomGenerator, Act>>();
        DECK.forEach(drawn -> deck.addAll(nCopies(drawn.weight(), drawn.act())));
        Collections.shuffle(deck, random);
        var acts = new ArrayList<Act>();
        var lasting = new ArrayList<Due>();
        for (var draw : deck) {
            var act = draw.apply(random);
            lasting.removeIf(due -> isOver(due, act) && acts.add(due.remedy()));
            acts.add(act);
            lasting.replaceAll(due -> new Due(due.remedy(), due.left() - 1));
            act.remedy().ifPresent(remedy -> lasting.add(new Due(remedy, random.nextInt(1, LONGEST_LASTING + 1))));
        }
        lasting.forEach(due -> acts.add(due.remedy()));
        return acts;
    }

    /// Whether an effect must have ended before the next act. A training or promotion must come as far as it is killed,
    /// what waits in LocalStack's queue would be lost with it, and what was not erased must be stored soon.
    private static boolean isOver(Due due, Act next) {
        return due.left() == 0
                || next.remedy().filter(due.remedy()::equals).isPresent()
                || next instanceof KilledLocalStack
                || next instanceof ErasedLoan
                || next instanceof KilledTraining
                || next instanceof KilledPromotion;
    }

    private static Act pointer(DamagedPointer.Damage damage, RandomGenerator random) {
        return new DamagedPointer(damage, random.nextBoolean());
    }

    private static RepeatedDrift drift(RandomGenerator random) {
        return new RepeatedDrift(checked(random), random.nextInt(2, 4));
    }

    private static BadRows badRows(BadRows.Fault fault, RandomGenerator random) {
        return new BadRows(fault, random.nextInt(1, MOST_BAD_ROWS + 1));
    }

    private static Instant checked(RandomGenerator random) {
        return LocalDate.parse(one(CUTOFFS, random))
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant()
                .plusSeconds(random.nextLong(Duration.ofDays(1).toSeconds()));
    }

    private static String password(RandomGenerator random) {
        return "chaos%016x".formatted(random.nextLong());
    }

    private static <T> T one(List<T> of, RandomGenerator random) {
        return of.get(random.nextInt(of.size()));
    }
}
