"""S3 objects that survive restarts and kill -9. LocalStack community keeps them in memory and unlinked temporary files.

    <state>/s3/<bucket>/bucket.json               the bucket's versioning
    <state>/s3/<bucket>/<hash of key>/versions.json   every version of one key, in order, with metadata and tags
    <state>/s3/<bucket>/<hash of key>/<random>.data   the bytes of one version

A request that changes an object is answered after its files are on disk: first the bytes, then, by one rename, the
versions.json that names them. An object is therefore either complete or absent. A bucket that is created again gets its
objects back. Multipart uploads in progress are not kept, nor are buckets whose objects each deployment uploads again
(NOT_KEPT).
"""
