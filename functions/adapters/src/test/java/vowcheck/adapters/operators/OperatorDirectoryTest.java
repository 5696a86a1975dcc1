package vowcheck.adapters.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.adapters.secrets.BasicCredentials;
import vowcheck.adapters.secrets.RememberedSecret;
import vowcheck.adapters.secrets.SecretUnavailable;
import vowcheck.core.scoring.MovableClock;

class OperatorDirectoryTest {

    private final SecureRandom random = new SecureRandom();
    private final MovableClock clock = new MovableClock();
    private final Operator ada = new Operator("ada", OperatorRole.AUDITOR, PasswordHash.of("right", random));
    private String secret = OperatorsJson.write(List.of(ada));
    private final OperatorDirectory directory =
            new OperatorDirectory(new RememberedSecret<>(() -> secret, OperatorsJson::read, clock), random);

    @Test
    void theRightPasswordNamesThePersonAndTheirRole() {
        assertThat(verified("ada", "right")).contains(ada);
        assertThat(verified("ada", "right")).contains(ada);
    }

    @Test
    void aWrongPasswordOrAnUnknownNameIsNoOperator() {
        assertThat(verified("ada", "wrong")).isEmpty();
        assertThat(verified("bob", "right")).isEmpty();
        assertThat(verified("bob", "")).isEmpty();
    }

    @Test
    void aChangedSecretIsReadAfterFiveMinutes() {
        verified("ada", "right");
        secret = OperatorsJson.write(List.of());

        clock.pass(Duration.ofMinutes(5));
        assertThat(verified("ada", "right")).contains(ada); // she is remembered

        clock.pass(Duration.ofMillis(1));
        assertThat(verified("ada", "right")).isEmpty();
    }

    @Test
    void aChangedPasswordWorksAtOnce() {
        verified("ada", "right");
        secret =
                OperatorsJson.write(List.of(new Operator("ada", OperatorRole.AUDITOR, PasswordHash.of("new", random))));
        clock.pass(Duration.ofSeconds(4));

        assertThat(verified("ada", "new")).isPresent();
        assertThat(verified("ada", "right")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{operators:[{name:ada", "", "[]", "{\"operators\": 7}", "{\"operators\": [null]}"})
    void whoWasKnownStaysKnownWhenTheWholeSecretIsDamaged(String damaged) {
        verified("ada", "right");
        secret = damaged;
        clock.pass(Duration.ofMinutes(6));

        assertThat(verified("ada", "right")).contains(ada);
        assertThat(directory.unreadable()).isEqualTo(1);
    }

    @Test
    void aBadEntryHidesNoGoodOneAndItsPersonStaysKnown() {
        verified("ada", "right");
        var bob = new Operator("bob", OperatorRole.OPERATOR, PasswordHash.of("bobs", random));
        secret = OperatorsJson.write(List.of(ada, bob)).replace("auditor", "king");
        clock.pass(Duration.ofMinutes(6));

        assertThat(verified("bob", "bobs")).contains(bob);
        assertThat(verified("ada", "right")).contains(ada);
        assertThat(directory.unreadable()).isEqualTo(1);
    }

    @Test
    void whereNobodyIsKnownTheSecretIsUnavailable() {
        secret = secret.replace("auditor", "king");

        assertThatThrownBy(() -> verified("ada", "right")).isInstanceOf(SecretUnavailable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{operators:[{name:ada", "", "{\"operators\": [null]}"})
    void aMendedSecretIsReadSoonWhereNobodyWasKnown(String damaged) {
        var mended = secret;
        secret = damaged;
        assertThatThrownBy(() -> verified("ada", "right")).isInstanceOf(SecretUnavailable.class);
        secret = mended;
        clock.pass(Duration.ofSeconds(4));

        assertThat(verified("ada", "right")).contains(ada);
    }

    @Test
    void aBadEntryIsNamedByItsPlaceAndFieldWithoutAHash() {
        var hash = ada.password().hash();

        assertThat(OperatorsJson.read(secret.replace("auditor", "king")).unreadable())
                .containsExactly(new OperatorEntries.Unreadable(
                        "operators[0]: the field role: a role is 'king', expected operator or auditor", "ada"));
        assertThat(OperatorsJson.read(secret.replace(hash, "%" + hash)).unreadable())
                .containsExactly(new OperatorEntries.Unreadable("operators[0]: the field hash: not Base64", "ada"));
        for (var value : List.of(hash, ada.password().salt())) {
            assertThat(OperatorsJson.read(secret.replace(value, "")).unreadable())
                    .singleElement()
                    .extracting(OperatorEntries.Unreadable::reason)
                    .asString()
                    .endsWith(": empty, expected Base64");
        }
        assertThat(OperatorsJson.read(secret.replace("210000", "0")).unreadable())
                .singleElement()
                .extracting(OperatorEntries.Unreadable::reason)
                .asString()
                .startsWith("operators[0]: the field iterations is 0");
        assertThat(OperatorsJson.read(secret.replace("\"name\"", "\"nom\"")).unreadable())
                .containsExactly(new OperatorEntries.Unreadable(
                        "operators[0]: the field name is nothing, expected a string", null));
    }

    /// Made with Python: `hashlib.pbkdf2_hmac("sha256", b"right", bytes(16), 600_000)`.
    @Test
    void anEntryOfAFormerReleaseStillWorks() {
        secret = """
                {"operators":[{"name":"ada","role":"auditor","iterations":600000,"salt":"AAAAAAAAAAAAAAAAAAAAAA==",
                 "hash":"i1hBni+Qr/bhZ1ZlfVLn52R26A/zp/inrwjtDm6/r24="}]}""";

        assertThat(verified("ada", "right")).map(Operator::role).contains(OperatorRole.AUDITOR);
        assertThat(verified("ada", "wrong")).isEmpty();
        assertThat(verified("bob", "right")).isEmpty();
    }

    @Test
    void anUnknownAlgorithmIsNamed() {
        assertThat(OperatorsJson.read(secret.replace("sha512", "md5")).unreadable())
                .containsExactly(new OperatorEntries.Unreadable(
                        "operators[0]: the field algorithm: an algorithm is 'md5', expected sha256 or sha512", "ada"));
    }

    @Test
    void twoHashesOfOnePasswordDiffer() {
        assertThat(PasswordHash.of("same", random)).isNotEqualTo(PasswordHash.of("same", random));
    }

    private Optional<Operator> verified(String name, String password) {
        return directory.verified(new BasicCredentials(name, password));
    }
}
