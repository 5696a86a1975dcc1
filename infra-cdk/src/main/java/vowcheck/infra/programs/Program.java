package vowcheck.infra.programs;

import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.iam.IGrantable;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.sqs.IQueue;
import vowcheck.adapters.settings.Setting;
import vowcheck.infra.data.DatabaseRole;
import vowcheck.infra.data.DatabaseServer;
import vowcheck.infra.data.ModelBucket;
import vowcheck.infra.data.UnloggedQueues;

/// A program of this system: a Lambda function or a container task. Each method that gives a program access to
/// something sets the settings by which the program finds it and grants the rights to use it; one is useless without
/// the other.
public interface Program {
    /// Sets an environment variable.
    void set(Setting setting, String value);

    /// How many of it run at a time at most.
    int mostAtOnce();

    /// Its security group in the network. Throws [IllegalStateException] if it runs in none.
    SecurityGroup group();

    /// What rights are granted to.
    IGrantable grantee();

    /// The folder of the program's code in the program's own file system.
    String codeFolder();

    /// Lets the program work in the database as a role, and as no other, on one connection at a time.
    default void worksAs(DatabaseServer database, DatabaseRole role) {
        database.expect(role.roleName(), mostAtOnce());
        database.admit(group());
        database.settings(codeFolder(), role).forEach(this::set);
        database.grantLogin(role, grantee());
    }

    /// Lets the program find and read the model in production.
    default void readsModels(ModelBucket models) {
        set(Setting.MODEL_BUCKET, models.bucket().getBucketName());
        models.grantModelReads(grantee());
    }

    /// Lets the program find, read and replace the model in production.
    default void promotesModels(ModelBucket models) {
        readsModels(models);
        models.grantPointerWrites(grantee());
    }

    /// Lets the program send predictions that PostgreSQL has not stored to their queue, and write those that are
    /// too large for it to the bucket.
    default void sendsUnlogged(UnloggedQueues queues, ModelBucket models) {
        set(Setting.MODEL_BUCKET, models.bucket().getBucketName());
        models.grantUnloggedWrites(grantee());
        sendsTo(Setting.UNLOGGED_QUEUE_URL, queues.waiting());
    }

    /// Lets the program find and delete predictions that wait in the bucket to be stored; it cannot read them.
    default void erasesUnlogged(ModelBucket models) {
        set(Setting.MODEL_BUCKET, models.bucket().getBucketName());
        models.grantUnloggedErasure(grantee());
    }

    /// Lets the program read the predictions that messages of the queue name, delete those that are stored, and
    /// send those that PostgreSQL refuses to the dead-letter queue. The queue itself invokes the program.
    default void storesUnlogged(UnloggedQueues queues, ModelBucket models) {
        set(Setting.MODEL_BUCKET, models.bucket().getBucketName());
        models.grantUnloggedReads(grantee());
        models.grantUnloggedErasure(grantee());
        set(Setting.UNLOGGED_QUEUE_URL, queues.waiting().getQueueUrl());
        sendsTo(Setting.UNLOGGED_DEAD_LETTER_QUEUE_URL, queues.deadLetters());
    }

    /// Lets the program ask how many predictions PostgreSQL refuses; it may not read them. The right to send to the
    /// other queue includes the same right there.
    default void countsDeadLetters(UnloggedQueues queues) {
        set(Setting.UNLOGGED_DEAD_LETTER_QUEUE_URL, queues.deadLetters().getQueueUrl());
        queues.deadLetters().grant(grantee(), "sqs:GetQueueAttributes");
    }

    /// Lets the program read a secret, which it finds by a setting.
    default void readsSecret(Setting setting, ISecret secret) {
        set(setting, secret.getSecretArn());
        secret.grantRead(grantee());
    }

    /// Lets the program send messages to a queue, which it finds by a setting.
    default void sendsTo(Setting setting, IQueue queue) {
        set(setting, queue.getQueueUrl());
        queue.grantSendMessages(grantee());
    }

    /// Lets the program call MLflow.
    default void callsMlflow(MlflowAccess mlflow) {
        set(Setting.MLFLOW_URL, mlflow.url());
        mlflow.admit(group());
        readsSecret(Setting.MLFLOW_SECRET, mlflow.login());
    }
}
