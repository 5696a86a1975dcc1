package vowcheck.lambda.http;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.features.Application;
import vowcheck.core.features.ApplicationForm;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.features.InvalidApplication;
import vowcheck.core.scoring.LoanId;
import vowcheck.core.scoring.SubmittedApplication;

/// Reads and writes the bodies of scoring requests. A body has the features of one schema, of which some may be
/// required only since a certain day, and may name its loan. Unknown fields are ignored, and all faults of a body are
/// collected. Thread-safe.
public final class ApplicationJson {

    /// After this many refused instances the rest of a batch is not read.
    private static final int MOST_REFUSED_INSTANCES = 50;

    private static final int MOST_SHOWN_CHARACTERS = 40;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(32).build())
            .build();

    private final FeatureSchema schema;
    private final InstantSource clock;

    /// @param schema the features that are read
    /// @param clock tells the day, which decides which features are required
    public ApplicationJson(FeatureSchema schema, InstantSource clock) {
        this.schema = schema;
        this.clock = clock;
    }

    /// The features that an application has, as a client sends them.
    public static JsonObject features(Application application) {
        var features = new JsonObject();
        application.schema().features().stream()
                .filter(application::has)
                .forEach(feature -> features.with(feature.fieldName(), application.value(feature)));
        return features;
    }

    /// Reads one application of a body that is in memory, as [#one(RequestBody)] does.
    public SubmittedApplication one(String body) {
        return one(RequestBody.of(body));
    }

    /// Reads one application.
    ///
    /// Throws [MalformedRequest] when the body is not one JSON object, and [InvalidApplication] with every fault.
    public SubmittedApplication one(RequestBody body) {
        return read(body, parser -> {
            expectObject(parser, "the body");
            return application(parser, today());
        });
    }

    /// Reads a batch of a body that is in memory, as [#batch(RequestBody, int)] does.
    public List<SubmittedApplication> batch(String body, int most) {
        return batch(RequestBody.of(body), most);
    }

    /// Reads a batch `{"instances":[…]}` of 1 to `most` instances, in their order.
    ///
    /// Throws [MalformedRequest] when the body has another shape, [TooManyInstances], and [InvalidInstances]
    /// with every fault of the first refused instances.
    public List<SubmittedApplication> batch(RequestBody body, int most) {
        return read(body, parser -> {
            expectObject(parser, "the body");
            List<SubmittedApplication> instances = null;
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                boolean named = parser.currentName().equals("instances");
                parser.nextToken();
                if (!named) {
                    parser.skipChildren();
                } else if (instances == null) {
                    instances = instances(parser, most);
                } else {
                    throw new MalformedRequest("the body has the field instances twice, expected it once");
                }
            }
            if (instances == null) {
                throw new MalformedRequest("the body has no field instances, expected an array of applications");
            }
            return instances;
        });
    }

    private List<SubmittedApplication> instances(JsonParser parser, int most) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new MalformedRequest("instances is %s, expected an array of applications".formatted(shown(parser)));
        }
        var today = today();
        var applications = new ArrayList<SubmittedApplication>();
        var refused = new ArrayList<InvalidInstances.Instance>();
        for (int index = 0; parser.nextToken() != JsonToken.END_ARRAY; index++) {
            if (index == most) {
                throw new TooManyInstances(most);
            }
            expectObject(parser, parser.currentToken(), "instance " + index);
            try {
                applications.add(application(parser, today));
            } catch (InvalidApplication e) {
                refused.add(new InvalidInstances.Instance(index, e.faults()));
                if (refused.size() == MOST_REFUSED_INSTANCES) {
                    break;
                }
            }
        }
        if (!refused.isEmpty()) {
            throw new InvalidInstances(refused);
        }
        if (applications.isEmpty()) {
            throw new MalformedRequest("instances is empty, expected 1 to %d applications".formatted(most));
        }
        return applications;
    }

    /// Reads the fields of the object at whose start the parser is.
    private SubmittedApplication application(JsonParser parser, LocalDate today) {
        var form = new ApplicationForm(schema, today);
        LoanId loanId = null;
        boolean named = false;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            int position = schema.position(name);
            var token = parser.nextToken();
            if (position < 0) {
                if (name.equals(LoanId.FIELD_NAME)) {
                    loanId = loanId(form, parser, named);
                    named = true;
                }
                parser.skipChildren();
            } else if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
                enter(form, position, parser);
            } else {
                form.refuse(position, shown(parser));
                parser.skipChildren();
            }
        }
        return new SubmittedApplication(form.application(), loanId);
    }

    /// The loan id at which the parser is; null if it is refused. No fault repeats it: it leads to a person.
    private static @Nullable LoanId loanId(ApplicationForm form, JsonParser parser, boolean again) {
        if (again) {
            form.refuse(new InvalidApplication.Fault(LoanId.FIELD_NAME, "it twice", "it once"));
            return null;
        }
        if (parser.currentToken() == JsonToken.VALUE_STRING && LoanId.isId(parser.getString())) {
            return new LoanId(parser.getString());
        }
        form.refuse(new InvalidApplication.Fault(LoanId.FIELD_NAME, kind(parser), LoanId.EXPECTED));
        return null;
    }

    private static String kind(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string of %d characters".formatted(parser.getStringLength());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            default -> parser.getString();
        };
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private void enter(ApplicationForm form, int position, JsonParser parser) {
        double value = parser.getDoubleValue();
        if (schema.features().get(position).accepts(value)) {
            form.enter(position, value);
        } else {
            form.refuse(position, shortened(parser.getString()));
        }
    }

    private static void expectObject(JsonParser parser, String what) {
        expectObject(parser, parser.nextToken(), what);
    }

    private static void expectObject(JsonParser parser, @Nullable JsonToken token, String what) {
        if (token != JsonToken.START_OBJECT) {
            var received = token == null ? "empty" : shown(parser);
            throw new MalformedRequest("%s is %s, expected a JSON object".formatted(what, received));
        }
    }

    private static String shown(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "the string \"" + shortened(parser.getString()) + "\"";
            default -> shortened(parser.getString());
        };
    }

    /// The beginning of a received text. Half of a surrogate pair, which JSON can escape and UTF-8 cannot encode,
    /// becomes a question mark.
    private static String shortened(String text) {
        var shown = text.length() <= MOST_SHOWN_CHARACTERS ? text : text.substring(0, MOST_SHOWN_CHARACTERS) + "…";
        return new String(shown.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static <T> T read(RequestBody body, Body<T> reader) {
        try (var parser = JSON.createParser(ObjectReadContext.empty(), body.reader())) {
            T result = reader.read(parser);
            if (parser.nextToken() != null) {
                throw new MalformedRequest("more text follows the JSON object, expected the end of the body");
            }
            return result;
        } catch (StreamConstraintsException e) {
            throw new MalformedRequest(
                    "the body is nested too deeply or holds a name, text or number of extreme length");
        } catch (JacksonException e) {
            var place = e.getLocation();
            throw new MalformedRequest(
                    "the body is not JSON, at line %d, column %d".formatted(place.getLineNr(), place.getColumnNr()));
        }
    }

    private interface Body<T> {
        T read(JsonParser parser);
    }
}
