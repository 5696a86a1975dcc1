-- How long predictions are kept. The role of the function that sees to it owns nothing and reads no prediction: it may
-- call the functions below, which run as the owner of the tables and refuse what no run of it can want.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'retention') THEN
        CREATE ROLE retention LOGIN;
    END IF;
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO retention', current_database());
END
$$;

COMMENT ON ROLE retention IS 'makes and drops the partitions of the predictions, and deletes requests without rows';

GRANT USAGE ON SCHEMA public TO retention;

-- The name of a month's partition, in the way that V11 has named the first ones.
CREATE FUNCTION prediction_partition_name(month DATE) RETURNS TEXT
    LANGUAGE sql IMMUTABLE
    SET search_path = public, pg_temp
    RETURN to_char(month, '"predictions_y"YYYY"m"MM');

-- The months (UTC) that have a partition.
CREATE FUNCTION prediction_partitions() RETURNS TABLE (month DATE)
    LANGUAGE sql STABLE
    SET search_path = public, pg_temp
AS $$
    SELECT to_date(partition.relname, '"predictions_y"YYYY"m"MM')
    FROM pg_inherits
    JOIN pg_class AS partition ON partition.oid = inhrelid
    WHERE inhparent = 'predictions'::regclass AND inhrelid <> 'predictions_default'::regclass
$$;

-- How many rows of which months (UTC) lie outside every partition.
CREATE FUNCTION predictions_outside_partitions() RETURNS TABLE (month DATE, row_count BIGINT)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp
AS $$
    SELECT date_trunc('month', "timestamp" AT TIME ZONE 'UTC')::date, count(*)
    FROM predictions_default
    GROUP BY 1
$$;

-- Makes the partition of a month (UTC), however old, and moves the month's rows, if any, from the default partition
-- into it; false if there is one. PostgreSQL attaches no partition whose rows lie in the default one, so nothing may be
-- stored there until this has ended. Rows that other partitions take are stored meanwhile.
CREATE FUNCTION make_prediction_partition(month DATE) RETURNS BOOLEAN
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp
    -- Statements queue up behind a lock that is waited for, and a prediction is stored within a second or goes to the
    -- queue.
    SET lock_timeout = '500ms'
AS $$
DECLARE
    partition_name TEXT := prediction_partition_name(month);
    begins_at TIMESTAMPTZ := month::timestamp AT TIME ZONE 'UTC';
    ends_at TIMESTAMPTZ := (month + INTERVAL '1 month') AT TIME ZONE 'UTC';
BEGIN
    IF extract(DAY FROM month) IS DISTINCT FROM 1
        OR month NOT BETWEEN DATE '0001-01-01' AND (now() AT TIME ZONE 'UTC')::date + INTERVAL '1 year' THEN
        RAISE invalid_parameter_value
            USING MESSAGE =
                format('month is %s, expected the first day of a month of the year 1 to a year from now', month);
    END IF;
    -- Two calls make nothing twice. Others read and store meanwhile.
    LOCK TABLE ONLY predictions IN SHARE UPDATE EXCLUSIVE MODE;
    IF to_regclass(partition_name) IS NOT NULL THEN
        RETURN FALSE;
    END IF;
    LOCK TABLE predictions_default IN ACCESS EXCLUSIVE MODE;
    -- Attached, not made as a partition: that would lock all of predictions.
    EXECUTE format('CREATE TABLE %I (LIKE predictions INCLUDING ALL)', partition_name);
    EXECUTE format(
        $move$
            WITH moved AS (DELETE FROM predictions_default WHERE "timestamp" >= $1 AND "timestamp" < $2 RETURNING *)
            INSERT INTO %I SELECT * FROM moved
        $move$,
        partition_name) USING begins_at, ends_at;
    EXECUTE format(
        'ALTER TABLE predictions ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', partition_name, begins_at, ends_at);
    EXECUTE format(
        'COMMENT ON TABLE %I IS %L',
        partition_name,
        format('one row is one scored application of %s (UTC)', to_char(month, 'YYYY-MM')));
    RETURN TRUE;
END
$$;

-- Drops the partition of a month (UTC) with its rows; false if there is none. DETACH CONCURRENTLY, which lets others
-- work on, cannot run in a function; what this locks, it locks for milliseconds.
CREATE FUNCTION drop_prediction_partition(month DATE, kept_months INTEGER) RETURNS BOOLEAN
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp
    SET lock_timeout = '500ms'
AS $$
BEGIN
    IF kept_months IS NULL OR kept_months < 6 THEN
        RAISE invalid_parameter_value USING MESSAGE = format('kept_months is %s, expected at least 6', kept_months);
    END IF;
    IF (month + INTERVAL '1 month' <= (now() AT TIME ZONE 'UTC')::date - make_interval(months => kept_months))
        IS NOT TRUE THEN
        RAISE invalid_parameter_value
            USING MESSAGE = format('month is %s, expected one that ended at least %s months ago', month, kept_months);
    END IF;
    LOCK TABLE ONLY predictions IN ACCESS EXCLUSIVE MODE;
    IF month NOT IN (SELECT existing.month FROM prediction_partitions() AS existing) THEN
        RETURN FALSE;
    END IF;
    EXECUTE format('DROP TABLE %I', prediction_partition_name(month));
    RETURN TRUE;
END
$$;

-- Deletes requests that are older than every partition and have no row in the default one, so that none of their rows
-- is left, and returns how many. One statement sees requests and rows as they are at one moment: a request that arrives
-- late keeps its rows.
CREATE FUNCTION delete_requests_without_rows(most INTEGER) RETURNS INTEGER
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp
    SET lock_timeout = '500ms'
AS $$
DECLARE
    deleted INTEGER;
BEGIN
    DELETE FROM scoring_requests
    WHERE id IN (
        SELECT id
        FROM scoring_requests
        WHERE "timestamp" < (SELECT min(month)::timestamp AT TIME ZONE 'UTC' FROM prediction_partitions())
          AND NOT EXISTS (SELECT FROM predictions_default WHERE scoring_request = scoring_requests.id)
        LIMIT most);
    GET DIAGNOSTICS deleted = ROW_COUNT;
    RETURN deleted;
END
$$;

REVOKE ALL ON FUNCTION
    prediction_partition_name(DATE),
    prediction_partitions(),
    predictions_outside_partitions(),
    make_prediction_partition(DATE),
    drop_prediction_partition(DATE, INTEGER),
    delete_requests_without_rows(INTEGER)
FROM PUBLIC;

GRANT EXECUTE ON FUNCTION
    prediction_partitions(),
    predictions_outside_partitions(),
    make_prediction_partition(DATE),
    drop_prediction_partition(DATE, INTEGER),
    delete_requests_without_rows(INTEGER)
TO retention;
