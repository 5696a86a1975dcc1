package vowcheck.launcher.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import vowcheck.adapters.deployment.StageName;
import vowcheck.core.clients.ClientName;
import vowcheck.core.clients.KeyId;
import vowcheck.launcher.clients.ListedKey.State;
import vowcheck.launcher.setup.CommandFailed;

class StageKeysTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final ClientName CLERKS = ClientName.CLERKS;

    private final AccountInMemory account = new AccountInMemory();
    private Instant now = Instant.parse("2026-11-01T12:00:00Z");
    private final StageKeys keys = new StageKeys(StageName.DEV, account.services(), () -> now, new Random(7));

    @BeforeEach
    void twoClientsAreDeployed() {
        account.deploy("clerks");
        account.deploy("portal");
    }

    @Test
    void eachClientGetsAFirstKeyOnce() {
        assertThat(keys.issueFirst()).containsExactly(CLERKS, new ClientName("portal"));
        var first = keys.newest();

        assertThat(keys.issueFirst()).isEmpty();

        assertThat(keys.newest()).isEqualTo(first);
        assertThat(first.values())
                .allSatisfy(key -> assertThat(account.admits(key.value())).isTrue());
        assertThat(account.keys).hasSize(2);
    }

    @Test
    void keysThatAreGoneFromApiGatewayComeBackWithTheirValues() {
        keys.issueFirst();
        var before = keys.newest(CLERKS);
        account.keys.clear();
        assertThat(keys.list()).extracting(ListedKey::state).containsOnly(State.MISSING);

        keys.restore();

        assertThat(account.admits(before.value())).isTrue();
        assertThat(keys.list()).extracting(ListedKey::state).containsOnly(State.VALID);
    }

    @Test
    void aNewKeyLeavesTheFormerOneValidUntilItsEnd() {
        keys.issueFirst();
        var former = keys.newest(CLERKS);
        keys.issue(CLERKS, DAY);

        assertThat(account.admits(former.value())).isTrue();
        assertThat(account.endsText()).contains("\"%s\":\"2026-11-02T12:00:00Z\"".formatted(former.id()));
        now = now.plus(DAY);
        keys.restore();

        assertThat(account.admits(former.value())).isFalse();
        assertThat(account.endsText()).contains(former.id().value());
        assertThat(keys.list()).extracting(ListedKey::state).containsExactly(State.ENDED, State.VALID, State.VALID);
    }

    /// The functions refuse it, whatever API Gateway does.
    @Test
    void aKeyHasItsEndBeforeApiGatewayIsAskedToDeleteIt() {
        keys.issueFirst();
        var revoked = keys.newest(CLERKS).id();
        account.deletes(false);

        assertThatThrownBy(() -> keys.revoke(revoked)).isInstanceOf(SdkClientException.class);

        assertThat(account.endsText()).contains("\"%s\":\"%s\"".formatted(revoked, now));
    }

    @Test
    void aKeyThatIsNotRememberedAnyMoreKeepsItsEndUntilApiGatewayHasDeletedIt() {
        keys.issueFirst();
        var forgotten = keys.newest(CLERKS).id();
        keys.issue(CLERKS, DAY);
        now = now.plus(Duration.ofDays(9));
        account.deletes(false);

        assertThatThrownBy(() -> keys.issue(CLERKS, DAY)).isInstanceOf(SdkClientException.class);
        assertThat(account.endsText()).contains(forgotten.value());
        account.deletes(true);
        keys.restore();

        assertThat(account.endsText()).doesNotContain(forgotten.value());
    }

    @Test
    void aKeyThatSomebodyElseHasOverwrittenIsNotGivenOut() {
        var secret = "vowcheck-dev/clients/clerks";
        var former = account.secrets.getOrDefault(secret, "");
        account.afterWrite(() -> account.secrets.put(secret, former));

        assertThatThrownBy(() -> keys.issue(CLERKS, DAY))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("repeat the command");
        assertThat(account.keys).isEmpty();
    }

    @Test
    void theKeysOfARemovedClientAreDeleted() {
        keys.issueFirst();
        var portal = new ClientName("portal");
        account.plans.remove("vowcheck-dev-client-portal");

        keys.restore();

        assertThat(account.keys).hasSize(1);
        assertThat(keys.list()).extracting(ListedKey::state).containsExactly(State.VALID, State.REMOVED);
        assertThatThrownBy(() -> keys.newest(portal)).hasMessageContaining("expected one of clerks");
    }

    @Test
    void whatSomebodyHasMadeByHandIsLeftAlone() {
        account.plans.add("vowcheck-dev-client-Not a name");
        keys.issueFirst();

        assertThat(keys.newest()).hasSize(2);
    }

    @Test
    void whoAsksForAKeyThatDoesNotExistIsTold() {
        assertThatThrownBy(() -> keys.revoke(new KeyId("clerks-Ab12Cd34")))
                .isInstanceOf(CommandFailed.class)
                .hasMessage("the client clerks has no key clerks-Ab12Cd34: ./vowcheck key list --stage dev");
        assertThatThrownBy(() -> keys.issue(new ClientName("nobody"), DAY))
                .hasMessage("the stage dev has no client 'nobody', expected one of clerks, portal");
    }

    @Test
    void aKeyMadeByHandIsShownAndLeftAlone() {
        keys.issueFirst();
        account.addByHand("by-hand", "a tester's", "portal");

        keys.restore();

        assertThat(keys.unmanaged())
                .containsExactly(new UnmanagedKey("by-hand", "a tester's", new ClientName("portal"), 0));
        assertThat(account.keys).containsKey("by-hand");
        assertThat(keys.list()).hasSize(2);
    }

    @Test
    void aClientsNewestKeyIsReadWithoutTheOthers() {
        keys.issueFirst();
        account.secrets.remove("vowcheck-dev/clients/portal");
        var secrets = new ClientSecrets(account.services().secrets(), StageName.DEV);

        assertThat(secrets.newestAt(CLERKS, now)).isEqualTo(keys.newest(CLERKS));
        assertThatThrownBy(() -> secrets.newestAt(new ClientName("portal"), now))
                .isInstanceOf(CommandFailed.class)
                .hasMessage(
                        "the secret vowcheck-dev/clients/portal does not exist or has no value: docs/operations.md says what to do");
        assertThatThrownBy(() -> keys.issue(new ClientName("portal"), DAY))
                .isInstanceOf(CommandFailed.class)
                .hasMessageStartingWith("the secret vowcheck-dev/clients/portal does not exist or has no value: ");
    }

    @Test
    void theListTellsWhatAKeyHasUsed() {
        keys.issueFirst();

        assertThat(keys.list().getFirst().usedToday()).isEqualTo(3);
        assertThat(keys.list().getFirst().quota()).contains(100);
    }
}
