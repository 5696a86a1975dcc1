package vowcheck.adapters.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingSizeTest {

    @ParameterizedTest
    @CsvSource({"512, 1024", "512, 4096", "1024, 2048", "2048, 16384", "4096, 30720", "8192, 61440", "16384, 122880"})
    void whatFargateOffersIsAllowed(int cpu, int memoryMib) {
        var size = new TrainingSize(cpu, memoryMib);

        assertThat(size.rows()).isPositive();
        assertThat(size.heapMib()).isLessThan(memoryMib);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1000  | 2048  | training.size.cpu is 1000: expected one of [512, 1024, 2048, 4096, 8192, 16384]",
                "1024  | 1024  | training.size.memoryMib is 1024: with a cpu of 1024, expected one of [2048, 3072, 4096",
                "1024  | 2000  | training.size.memoryMib is 2000: with a cpu of 1024, expected one of [2048, 3072, 4096",
                "8192  | 17408 | training.size.memoryMib is 17408: with a cpu of 8192, expected one of [16384, 20480",
                "16384 | 65535 | training.size.memoryMib is 65535: with a cpu of 16384, expected one of [32768, 40960"
            })
    void whatFargateDoesNotOfferIsRefused(int cpu, int memoryMib, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TrainingSize(cpu, memoryMib))
                .withMessageStartingWith(message);
    }

    @Test
    void moreMemoryIsGoodForMoreRows() {
        assertThat(new TrainingSize(1024, 4096).rows()).isGreaterThan(2 * new TrainingSize(1024, 2048).rows());
    }

    /// The table of sizes rounds the rows down to hundreds of thousands.
    @Test
    void theTableOfSizesHasTheseRows() throws IOException {
        var row = Pattern.compile("\\| ([0-9,]+)[^|]*\\| ([0-9,]+) \\| ([0-9,]+) \\|.*");
        var sizes = Files.readAllLines(Path.of("../../docs/scaling.md")).stream()
                .map(row::matcher)
                .filter(Matcher::matches)
                .toList();

        assertThat(sizes).hasSizeGreaterThan(5).allSatisfy(size -> {
            int rows = new TrainingSize(number(size.group(1)), number(size.group(2))).rows();
            assertThat(number(size.group(3))).isEqualTo(rows - rows % 100_000);
        });
    }

    private static int number(String text) {
        return Integer.parseInt(text.replace(",", ""));
    }

    @Test
    void theHeapGrowsWithTheRows() {
        assertThat(TrainingSize.heapMib(2_000_000)).isGreaterThan(TrainingSize.heapMib(200_000) + 200);
    }
}
