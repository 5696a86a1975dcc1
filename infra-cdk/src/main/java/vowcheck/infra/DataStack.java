package vowcheck.infra;

import java.util.List;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.constructs.Construct;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.infra.data.AccessSecrets;
import vowcheck.infra.data.DatabaseServer;
import vowcheck.infra.data.ModelBucket;
import vowcheck.infra.data.Network;
import vowcheck.infra.data.ReaderAccess;
import vowcheck.infra.data.TombstoneSecret;
import vowcheck.infra.data.TrackingSecrets;
import vowcheck.infra.data.UnloggedQueues;
import vowcheck.infra.stage.Stage;

/// What must outlive every deployment: the network, the database, the models, the predictions that wait to be
/// stored, and the secrets.
public final class DataStack extends Stack {
    private final Network network;
    private final DatabaseServer database;
    private final ModelBucket models;
    private final UnloggedQueues unlogged;
    private final AccessSecrets access;
    private final TrackingSecrets tracking;
    private final TombstoneSecret tombstones;

    DataStack(Construct scope, String id, StackProps props, Stage stage) {
        super(scope, id, props);
        network = new Network(this, "Network", stage);
        database = new DatabaseServer(this, "Database", stage, network);
        if (stage.network().readers() == Stage.Readers.BY_IAM) {
            new ReaderAccess(this, "Readers", stage, network, database);
        }
        models = new ModelBucket(this, "Models", stage);
        unlogged = new UnloggedQueues(this, "Unlogged", stage);
        access = new AccessSecrets(this, "Access", stage);
        tracking = new TrackingSecrets(this, "Tracking", stage);
        tombstones = new TombstoneSecret(this, "Tombstones", stage);
        database.createAfter(network, models, unlogged, access, tracking, tombstones);

        output(StackOutput.DATABASE_HOST, database.host());
        output(StackOutput.DATABASE_PORT, database.port());
        output(StackOutput.DATABASE_NAME, DatabaseServer.NAME);
        output(StackOutput.DATABASE_OWNER_SECRET_NAME, database.ownerSecretName());
        output(StackOutput.MODEL_BUCKET_NAME, models.bucket().getBucketName());
        output(StackOutput.UNLOGGED_QUEUE_URL, unlogged.waiting().getQueueUrl());
        output(
                StackOutput.UNLOGGED_DEAD_LETTER_QUEUE_URL,
                unlogged.deadLetters().getQueueUrl());
        output(StackOutput.OPERATORS_SECRET_NAME, access.operatorsName());
    }

    /// The region's first two zones, whichever they are in the account. Otherwise CDK would ask the account during
    /// the synthesis and store the answer in a file.
    @Override
    public List<String> getAvailabilityZones() {
        return List.of(Fn.select(0, Fn.getAzs()), Fn.select(1, Fn.getAzs()));
    }

    /// The network of the functions, the containers and the database.
    public Network network() {
        return network;
    }

    /// The PostgreSQL server and the secrets of its roles.
    public DatabaseServer database() {
        return database;
    }

    /// The model bundles and the pointer to the one in production.
    public ModelBucket models() {
        return models;
    }

    /// The queues of the predictions that PostgreSQL has not stored yet.
    public UnloggedQueues unlogged() {
        return unlogged;
    }

    /// The credentials of the API's callers.
    public AccessSecrets access() {
        return access;
    }

    /// MLflow's secrets.
    public TrackingSecrets tracking() {
        return tracking;
    }

    /// The key by which erased loans and requests are recognised.
    public TombstoneSecret tombstones() {
        return tombstones;
    }

    private void output(StackOutput output, String value) {
        CfnOutput.Builder.create(this, output.outputName()).value(value).build();
    }
}
