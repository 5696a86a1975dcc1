package vowcheck.training.imports;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.zip.ZipException;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.imports.LabelledRow;
import vowcheck.core.imports.LabelledRowExists;
import vowcheck.core.imports.LabelledRowSource;
import vowcheck.core.imports.LabelledRowsLoad;
import vowcheck.core.training.LabelledRowsUnavailable;

/// Loads the labelled rows of a file, all of them or none. The file is read once, and sent while it is read: memory
/// holds one portion of it. After the first fault, the rest is only read, so that the report has every fault.
public final class RowsImport {

    private final Supplier<? extends LabelledRowsLoad> loads;
    private final FeatureSchema schema;
    private final InstantSource clock;

    /// @param loads begins a load
    /// @param schema the features of the rows
    public RowsImport(Supplier<? extends LabelledRowsLoad> loads, FeatureSchema schema, InstantSource clock) {
        this.loads = loads;
        this.schema = schema;
        this.clock = clock;
    }

    /// Imports a file; what is refused or fails is in the report.
    ///
    /// @param seen is given each row without a fault
    public ImportReport run(InputStream file, ImportOrder order, Consumer<LabelledRow> seen) {
        try (var load = loads.get()) {
            return imported(file, order, load, seen);
        } catch (ImportRefused e) {
            return ImportReport.refused("%s; nothing was loaded".formatted(e.getMessage()));
        } catch (LabelledRowsUnavailable e) {
            return ImportReport.failed("%s; nothing was loaded".formatted(e.getMessage()));
        } catch (EOFException | ZipException e) {
            return ImportReport.refused("the compressed file is damaged or not complete; nothing was loaded");
        } catch (IOException e) {
            return ImportReport.failed("the file could not be read to its end; nothing was loaded");
        }
    }

    private ImportReport imported(
            InputStream file, ImportOrder order, LabelledRowsLoad load, Consumer<LabelledRow> seen) throws IOException {
        var text = FileText.of(file);
        var format = order.format().isPresent() ? order.format().get() : FileFormat.of(FileText.beginning(text));
        var faults = new ImportFaults();
        var sending = new Sending(load, faults);
        var table = new TableRows(schema, source(format), today(), faults, (row, line) -> {
            seen.accept(row);
            sending.send(row, line);
        });
        var loans = new ArrayList<ImportReport.Count>();
        read(text, format, order, table, loans);
        sending.end();

        var counts = new ArrayList<ImportReport.Count>(loans);
        counts.add(new ImportReport.Count("rows checked", table.read()));
        counts.add(new ImportReport.Count("rows with faults", faults.faultyRows()));
        if (load.erased() > 0) {
            counts.add(new ImportReport.Count("rows of erased loans, left out", load.erased()));
        }
        table.unused().forEach(column -> counts.add(new ImportReport.Count("column not used: " + column, 1)));
        if (faults.count() > 0) {
            var message = String.format(
                    Locale.ROOT, "%,d of %,d rows are refused; nothing was loaded", faults.faultyRows(), table.read());
            return new ImportReport(ImportReport.Outcome.REFUSED, message, counts, faults.inWords());
        }
        if (table.read() == 0) {
            throw new ImportRefused("the file has no rows that can be loaded");
        }
        if (order.dryRun()) {
            var message =
                    String.format(Locale.ROOT, "%,d labelled rows can be loaded; a dry run loads nothing", load.rows());
            return new ImportReport(ImportReport.Outcome.DRY_RUN, message, counts, List.of());
        }
        try {
            load.commit();
        } catch (LabelledRowsUnavailable e) {
            return ImportReport.failed(
                    "%s: whether the rows are loaded is not known; import the file again, which is refused if they are"
                            .formatted(e.getMessage()));
        }
        var message = String.format(Locale.ROOT, "%,d labelled rows are loaded", load.rows());
        return new ImportReport(ImportReport.Outcome.LOADED, message, counts, List.of());
    }

    private static void read(
            BufferedReader text, FileFormat format, ImportOrder order, TableRows table, List<ImportReport.Count> steps)
            throws IOException {
        switch (format) {
            case CSV -> CsvFile.read(text, table);
            case DUMP -> DumpFile.read(text, table);
            case LOANS -> {
                var first = order.firstDay()
                        .orElseThrow(() -> new ImportRefused(
                                "the auto-loan data have no dates: give the day of the first rows (--first-day)"));
                var loans = new AutoLoanRows(table, first, order.rowsADay());
                CsvFile.read(text, loans);
                steps.addAll(loans.steps());
            }
        }
    }

    private static LabelledRowSource source(FileFormat format) {
        return switch (format) {
            case DUMP -> LabelledRowSource.DUMP;
            case CSV, LOANS -> LabelledRowSource.IMPORT;
        };
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /// Sends rows as long as the file has no fault.
    private static final class Sending {

        private final LabelledRowsLoad load;
        private final ImportFaults faults;

        Sending(LabelledRowsLoad load, ImportFaults faults) {
            this.load = load;
            this.faults = faults;
        }

        void send(LabelledRow row, long line) {
            tried(() -> load.add(line, row));
        }

        void end() {
            tried(load::flush);
        }

        private void tried(Runnable sends) {
            if (faults.count() > 0) {
                return;
            }
            try {
                sends.run();
            } catch (LabelledRowExists e) {
                faults.note(
                        e.line(),
                        LabelledRow.INDEX_FIELD,
                        "in the table already, or on an earlier line: was the file imported before?");
            }
        }
    }
}
