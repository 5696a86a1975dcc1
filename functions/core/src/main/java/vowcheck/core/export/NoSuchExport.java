package vowcheck.core.export;

/// No export of this id was ordered, or its file was deleted meanwhile.
public final class NoSuchExport extends RuntimeException {

    public NoSuchExport() {
        super("there is no export of this id: one is deleted a day or two after it was ordered");
    }
}
