namespace VpcRouter.Plugins.Loading;

/// <summary>A plugin runs with all rights of the process, so nobody but its owner and group may be able to change it.</summary>
internal static class FolderSafety
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, MaxRecursionDepth = 16, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.None };

    /// <summary>The first of a plugin's folder, what is in it, and the folder around it that everybody may write to.</summary>
    public static string? FindOpen(string folder)
    {
        if (OperatingSystem.IsWindows())
            return null;
        string?[] around = [Path.GetDirectoryName(folder), folder];
        return around.OfType<string>().Concat(Directory.EnumerateFileSystemEntries(folder, "*", Everything)).SelectMany(Meant).FirstOrDefault(IsOpen);
    }

    /// <summary>Whether everybody may write to it; on Windows nobody knows.</summary>
    public static bool IsOpen(string path) => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & UnixFileMode.OtherWrite) != 0;

    // A link's own permissions mean nothing; those of what it leads to do, and of the folder in which that can be exchanged.
    private static IEnumerable<string> Meant(string path) =>
        File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName is not { } target ? [path]
        : Path.GetDirectoryName(target) is { } folder ? [target, folder]
        : [target];
}
