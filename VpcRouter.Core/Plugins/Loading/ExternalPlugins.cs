namespace VpcRouter.Plugins.Loading;

/// <summary>The plugins in the plugin directories. Each is loaded when it is asked for, so one that is broken hinders only those who want it. Thread-safe.</summary>
internal sealed class ExternalPlugins(IReadOnlyList<string> directories)
{
    // The one plugin of vpc-router that is known to have been in use, and the package that succeeds it.
    private const string OldRomanaName = "vpcrouter_romana_plugin.romana";
    private const string RomanaPackage = "VpcRouter.Romana";

    private readonly Lazy<IReadOnlyList<ExternalPlugin>> _found = new(() => Find(directories));

    public static ExternalPlugins None { get; } = new([]);

    public bool HasDirectories => directories.Count > 0;

    public IReadOnlyList<ExternalPlugin> Found => _found.Value;

    public IReadOnlyList<PluginDescriptor> LoadedSoFar => _found.IsValueCreated ? [.. Found.SelectMany(plugin => plugin.LoadedSoFar)] : [];

    /// <summary>Loads the plugins of a name; a watcher and a monitor of one package may have the same.</summary>
    /// <returns>Empty when there is none.</returns>
    /// <exception cref="PluginException">There are two, or it can't be loaded.</exception>
    public IReadOnlyList<PluginDescriptor> Load(string name)
    {
        if (directories.Count == 0 || !name.Contains('.', StringComparison.Ordinal))
            return [];
        var answering = Found.Where(plugin => plugin.Answers(name)).ToList();
        if (TwiceProblem(name, answering) is { } twice)
            throw twice;
        return answering is [var plugin] ? [.. plugin.Load().Where(loaded => loaded.Name.Equals(name, StringComparison.OrdinalIgnoreCase))] : [];
    }

    /// <summary>Why a folder that was found can't be used, after loading it.</summary>
    public string? ProblemOf(ExternalPlugin plugin)
    {
        try
        {
            plugin.Load();
            return plugin.Manifest!.Plugins.Select(declared => TwiceProblem(declared.Name, [.. Found.Where(other => other.Answers(declared.Name))])).FirstOrDefault(twice => twice is not null)?.Message;
        }
        catch (PluginException e)
        {
            return e.Message;
        }
    }

    /// <summary>Where was looked, what is there, and what to do, for somebody who asked for something else.</summary>
    public string Describe(string name)
    {
        var where = string.Join(", ", directories.Select(directory => Directory.Exists(directory) ? directory : $"{directory} (missing)"));
        var remedy = $"check the name, install it (vpcrouter plugins add {(name.Equals(OldRomanaName, StringComparison.OrdinalIgnoreCase) ? RomanaPackage : name)}), or name the directory that holds it (--plugin-dir)";
        var named = Found.FirstOrDefault(plugin => plugin.Folder.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return named is { Manifest.Plugins.Count: 0, MainAssembly: { } empty } ? $"{empty} declares no plugin: the assembly has no [assembly: VpcRouterPlugin(…)]"
            : named is { Manifest: { } manifest, MainAssembly: { } main } ? $"{main} declares {string.Join(", ", manifest.Plugins.Select(plugin => plugin.Name))}; give one of these"
            : Found.Count == 0 ? $"the plugin directories hold no plugin, they are {where}; {remedy}"
            : $"the plugin directories {where} hold {string.Join(", ", Found.SelectMany(Names).Distinct(StringComparer.OrdinalIgnoreCase))}; {remedy}";
    }

    private static IEnumerable<string> Names(ExternalPlugin plugin) => plugin.Manifest?.Plugins.Select(declared => declared.Name) ?? [plugin.Folder.Name];

    private static PluginException? TwiceProblem(string name, List<ExternalPlugin> answering) => answering.Count > 1
        ? new PluginException($"Plugin \"{name}\" is there {(answering.Count == 2 ? "twice" : $"{answering.Count} times")}: in {string.Join(" and in ", answering.Select(plugin => plugin.Folder.Location))}; remove one.")
        : null;

    // A link to a directory that is named too would make everything in it be there twice.
    private static string RealPath(string directory) =>
        Path.TrimEndingDirectorySeparator(Directory.ResolveLinkTarget(directory, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(directory));

    private static List<ExternalPlugin> Find(IReadOnlyList<string> directories)
    {
        var found = new List<ExternalPlugin>();
        foreach (var directory in directories.Where(Directory.Exists).DistinctBy(RealPath))
        {
            try
            {
                found.AddRange(PluginFolder.In(directory).Select(ExternalPlugin.Find));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new PluginException($"The plugin directory {directory} can't be read: {OneLine.Of(e)}", e);
            }
        }

        return found;
    }
}
