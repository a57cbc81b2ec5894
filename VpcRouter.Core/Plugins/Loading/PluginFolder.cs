namespace VpcRouter.Plugins.Loading;

/// <summary>A folder that holds one plugin with its dependencies.</summary>
/// <param name="Name">The folder's name.</param>
/// <param name="Location">Its full path.</param>
internal sealed record PluginFolder(string Name, string Location)
{
    /// <summary>The folders in a plugin directory, by name. One whose name begins with a dot is none: something is being installed or removed there.</summary>
    public static IReadOnlyList<PluginFolder> In(string directory) =>
        [.. new DirectoryInfo(directory).GetDirectories().Where(folder => !folder.Name.StartsWith('.')).OrderBy(folder => folder.Name, StringComparer.OrdinalIgnoreCase).Select(folder => new PluginFolder(folder.Name, folder.FullName))];

    /// <summary>The assembly that declares the plugin: the one named like the folder, or else the one that the folder's only <c>.deps.json</c> belongs to.</summary>
    public string? FindMainAssembly()
    {
        const string Dependencies = ".deps.json";
        var files = Directory.GetFiles(Location);
        if (Array.Find(files, file => Path.GetFileName(file).Equals(Name + ".dll", StringComparison.OrdinalIgnoreCase)) is { } named)
            return named;
        var lists = Array.FindAll(files, file => file.EndsWith(Dependencies, StringComparison.OrdinalIgnoreCase));
        return lists.Length == 1 && lists[0][..^Dependencies.Length] + ".dll" is { } main && File.Exists(main) ? main : null;
    }
}
