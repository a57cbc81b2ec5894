using VpcRouter.Cli.Settings;
using VpcRouter.Plugins;
using VpcRouter.Plugins.Loading;

namespace VpcRouter.Cli.Installing;

/// <summary>Installs and removes external plugins in a plugin directory.</summary>
/// <param name="directory">The directory.</param>
/// <param name="all">Every directory that plugins are looked for in.</param>
internal sealed class PluginInstaller(string directory, IReadOnlyList<string> all)
{
    /// <summary>Installs a plugin, instead of the version that is there.</summary>
    /// <returns>What was done, in a line.</returns>
    /// <exception cref="PluginException">It can't be loaded, or there would be two of its name.</exception>
    /// <exception cref="CommandFailedException">It can't be fetched or written.</exception>
    public async Task<string> AddAsync(string source, PluginSupply supply, IReadOnlyList<string> packageSources, CancellationToken cancellationToken)
    {
        if (supply.Kind == PluginSupplyKind.Folder && IsIn(supply.Path!))
            throw new PluginException($"\"{source}\" is not installed: the plugin directory {directory} is in it; give the folder that \"dotnet publish\" made.");
        try
        {
            MakeDirectory();
            if (FolderSafety.IsOpen(directory))
                throw new PluginException($"\"{source}\" is not installed: everybody can write to {directory}, and from such a folder no plugin is loaded; take that right away (chmod o-w), or name a folder in it.");
            using var taken = PluginDirectoryLock.Take(directory);
            using var staged = new StagedPlugin(directory);
            await FillAsync(staged.Content, supply, packageSources, cancellationToken).ConfigureAwait(false);
            var plugin = staged.Check(source);
            var loaded = plugin.Load();
            OwnFlags.RefuseClash(SettingSet.OwnSettings, loaded);
            var old = RefuseSecond(source, plugin);
            var place = staged.PutInPlace(old?.Folder.Location);
            var what = string.Join(", ", loaded.Select(one => $"{one.Kind.ToString().ToLowerInvariant()} {one.Name}"));
            return old is null
                ? $"Added {plugin.Folder.Name} {plugin.Manifest!.Version} in {place}: {what}"
                : $"Replaced {plugin.Folder.Name} {old.Manifest?.Version ?? "(broken)"} by {plugin.Manifest!.Version} in {place}: {what}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException)
        {
            throw new CommandFailedException($"\"{source}\" is not installed in {directory}: {OneLine.Of(e)}");
        }
    }

    /// <summary>Removes a plugin by its name or its folder's.</summary>
    /// <returns>What was done, in a line.</returns>
    /// <exception cref="UsageException">It isn't there.</exception>
    /// <exception cref="CommandFailedException">It can't be removed.</exception>
    public string Remove(string name)
    {
        using var taken = TakeIfThere();
        var found = new ExternalPlugins([directory]).Found.Where(plugin => plugin.Folder.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || plugin.Answers(name)).ToList();
        if (found is not [var plugin])
            throw new UsageException(found.Count > 0 ? $"\"{name}\" is in {string.Join(" and in ", found.Select(one => one.Folder.Location))}; give the folder's name"
                : $"there is no plugin \"{name}\" in {directory}; vpcrouter plugins lists what there is, and --plugin-dir says where");
        try
        {
            // Out of sight in one step; a deletion takes many.
            var gone = PluginDirectoryLock.NewRubbish(directory);
            Directory.Move(plugin.Folder.Location, gone);
            PluginDirectoryLock.Delete(gone);
            return $"Removed {plugin.Folder.Name}{(plugin.Manifest is { } manifest ? " " + manifest.Version : "")} from {directory}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"{plugin.Folder.Location} can't be removed: {OneLine.Of(e)}");
        }
    }

    private void MakeDirectory()
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(directory);
        else
            Directory.CreateDirectory(directory, BoundedCopy.OfFolders);
    }

    private bool IsIn(string folder) =>
        (directory + Path.DirectorySeparatorChar).StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private PluginDirectoryLock? TakeIfThere()
    {
        try
        {
            return Directory.Exists(directory) ? PluginDirectoryLock.Take(directory) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"{directory} can't be changed: {OneLine.Of(e)}");
        }
    }

    private static async Task FillAsync(string content, PluginSupply supply, IReadOnlyList<string> packageSources, CancellationToken cancellationToken)
    {
        switch (supply.Kind)
        {
            case PluginSupplyKind.Folder:
                new BoundedCopy(content).FromFolder(supply.Path!);
                break;
            case PluginSupplyKind.Archive:
                new BoundedCopy(content).FromArchive(supply.Path!);
                break;
            default:
                await PackageRestore.PublishAsync(supply, packageSources, content, cancellationToken).ConfigureAwait(false);
                break;
        }
    }

    private ExternalPlugin? RefuseSecond(string source, ExternalPlugin plugin)
    {
        var others = new ExternalPlugins([directory, .. all]).Found;
        var old = others.FirstOrDefault(other => other.Folder.Name.Equals(plugin.Folder.Name, StringComparison.OrdinalIgnoreCase) && Path.GetDirectoryName(other.Folder.Location) == directory);
        foreach (var name in plugin.Manifest!.Plugins.Select(declared => declared.Name))
        {
            if (others.FirstOrDefault(other => other != old && other.Answers(name)) is { } other)
                throw new PluginException($"\"{source}\" is not installed: plugin \"{name}\" would be there twice, for it is in {other.Folder.Location} already; remove that one first.");
        }

        return old;
    }
}
