package vowcheck.core.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import vowcheck.core.clients.ClientName;
import vowcheck.core.scoring.LoanId;
import vowcheck.core.scoring.RequestId;

class TombstoneKeyTest {

    private static final TombstoneKey KEY = new TombstoneKey("k".repeat(32));
    private static final LoanId LOAN = new LoanId("L-1");
    private static final RequestId REQUEST = new RequestId("u.1");

    /// As Python computes them: `hmac.new(b"k" * 32, b"loan\0L-1", hashlib.sha256).hexdigest()`, and
    /// `b"request\0clerks\0u.1"`, `b"request of anyone\0u.1"`.
    @Test
    void aTombstoneIsTheHmacOfWhatItStandsFor() {
        assertThat(KEY.of(LOAN).hex()).isEqualTo("9a3aae6047bd68b8bfa937171acd5e01087ff4384475dd8f276df91caa674e8f");
        assertThat(KEY.of(ClientName.CLERKS, REQUEST).hex())
                .isEqualTo("8e403ef04289db75f5f3efaf0bdc1989ad5b1d649c79352d1784554b33af95d3");
        assertThat(KEY.ofAnyone(REQUEST).hex())
                .isEqualTo("ad5c1c15afb73880242ed41af64d69b43ff9c86bcf777d4a7fb9c9b66902f511");
    }

    @Test
    void aRequestHasATombstoneWithItsClientAndOneWithout() {
        assertThat(KEY.all(new ErasureSubject.OfRequest(ClientName.CLERKS, REQUEST)))
                .containsExactly(KEY.of(ClientName.CLERKS, REQUEST), KEY.ofAnyone(REQUEST));
        assertThat(KEY.all(new ErasureSubject.OfLoan(LOAN))).containsExactly(KEY.of(LOAN));
    }

    @Test
    void anotherKeyMakesAnotherTombstone() {
        assertThat(new TombstoneKey("l".repeat(32)).of(LOAN)).isNotEqualTo(KEY.of(LOAN));
    }

    @Test
    void theRequestsOfTwoClientsHaveTwoTombstones() {
        assertThat(KEY.of(new ClientName("others"), REQUEST)).isNotEqualTo(KEY.of(ClientName.CLERKS, REQUEST));
    }

    @Test
    void aShortKeyIsRefusedAndNotShown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TombstoneKey("short"))
                .withMessage("the key of tombstones has 5 bytes, expected 32 or more");
        assertThat(KEY.toString()).doesNotContain("kk");
    }

    @Test
    void noSubjectShowsItsId() {
        assertThat(new ErasureSubject.OfLoan(LOAN).toString()).doesNotContain("L-1");
        assertThat(new ErasureSubject.OfRequest(ClientName.CLERKS, REQUEST).toString())
                .doesNotContain("u.1");
    }
}
