namespace VpcRouter.Cli.Doctor;

/// <summary>Finds out whether a folder can be written to, leaving nothing behind.</summary>
internal static class WritableFolder
{
    /// <summary>The folder, or the one in which it would have to be made.</summary>
    public static string NearestTo(string folder)
    {
        var nearest = Path.GetFullPath(folder);
        while (!Path.Exists(nearest) && Path.GetDirectoryName(nearest) is { } parent)
            nearest = parent;
        return nearest;
    }

    /// <summary>Why an existing folder can't be written to; <see langword="null"/> when it can.</summary>
    public static string? ErrorAt(string folder)
    {
        if (!Directory.Exists(folder))
            return $"{folder} is no folder";
        try
        {
            using var file = new FileStream(Path.Combine(folder, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }
}
