namespace VpcRouter.Cli.Doctor.Checks;

/// <summary>The journal can be written, and set aside when it has grown.</summary>
internal sealed class JournalCheck : ICheck
{
    public string Name => "journal";

    public Task<IReadOnlyList<Finding>> RunAsync(DoctorFacts facts, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Finding>>([Find(facts.Settings.Router.Journal)]);

    internal static Finding Find(string? journal)
    {
        if (string.IsNullOrEmpty(journal))
            return Finding.NotApplicable("none is kept; --journal FILE keeps one");
        var path = Path.GetFullPath(journal);
        // It is renamed in its folder and begun anew there, so the folder must be writable too.
        var error = WritableFolder.ErrorAt(Path.GetDirectoryName(path)!) ?? ErrorOf(path);
        return error is null
            ? Finding.Ok($"{path} can be written")
            : Finding.Failed($"{path} can't be written: {error}", "make its folder, or give --journal a file in a folder that this user may write to");
    }

    private static string? ErrorOf(string path)
    {
        if (!Path.Exists(path))
            return null;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }
}
