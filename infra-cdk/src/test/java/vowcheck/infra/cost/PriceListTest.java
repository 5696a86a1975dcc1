package vowcheck.infra.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PriceListTest {
    private static final String HEADER = "name,usd,unit,source,date";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret,0.40,month,unverified",
                "secret,0.40,month,,2026-11",
                "secret,0.40,month,unverified,lately",
                "secret,-0.40,month,unverified,2026-11",
                "secret,NaN,month,unverified,2026-11",
            })
    void aLineThatIsNoPriceIsRefusedByItsNumber(String line) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PriceList.of(List.of(HEADER, "alarm,0.10,month,unverified,2026-11", line)))
                .withMessageStartingWith("prices.csv, line 3 is '" + line + "': expected ");
    }

    @Test
    void aPriceThatIsNoNumberIsRefusedByItsText() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PriceList.of(List.of(HEADER, "secret,little,month,unverified,2026-11")))
                .withMessage("prices.csv, line 2: the price is 'little': expected a number");
    }

    @Test
    void aPriceStandsOnceOnly() {
        var line = "secret,0.40,month,unverified,2026-11";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PriceList.of(List.of(HEADER, line, line)))
                .withMessageContaining("each name once");
    }

    @Test
    void aPriceThatIsMissingIsNamed() {
        assertThatThrownBy(() -> PriceList.of(List.of(HEADER)).usd("secret"))
                .isInstanceOf(UnpricedResource.class)
                .hasMessage("prices.csv has no price 'secret'");
    }

    @Test
    void itSaysHowManyPricesNobodyHasVerified() {
        var prices = PriceList.of(List.of(
                HEADER,
                "secret,0.40,month,unverified,2026-11",
                "encryption key,1,month,https://aws.amazon.com/kms/pricing/,2026-10"));

        assertThat(prices.reservation())
                .isEqualTo("1 of 2 prices are unverified, written down from memory in 2026-11: "
                        + "compare them with AWS's before you rely on the sum.");
    }

    @Test
    void theCommittedListCanBeRead() {
        assertThat(PriceList.read().names()).contains("secret", "database storage");
    }
}
