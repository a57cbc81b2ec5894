namespace VpcRouter.Plugins.Loading;

/// <summary>A plugin folder that was found: what its metadata says, or why it can't be used. Loaded when it is asked for, once. Thread-safe.</summary>
internal sealed class ExternalPlugin
{
    private readonly Lazy<IReadOnlyList<PluginDescriptor>> _loaded;

    private ExternalPlugin(PluginFolder folder, string? mainAssembly, PluginManifest? manifest, PluginException? problem)
    {
        Folder = folder;
        Manifest = manifest;
        Problem = problem;
        MainAssembly = mainAssembly;
        _loaded = new Lazy<IReadOnlyList<PluginDescriptor>>(() => manifest is null ? throw problem! : new PluginLoader(folder, mainAssembly!, manifest).Load());
    }

    public PluginFolder Folder { get; }

    public string? MainAssembly { get; }

    public PluginManifest? Manifest { get; }

    /// <summary>Why it can't even be read.</summary>
    public PluginException? Problem { get; }

    public IReadOnlyList<PluginDescriptor> LoadedSoFar => _loaded.IsValueCreated ? _loaded.Value : [];

    public static ExternalPlugin Find(PluginFolder folder)
    {
        string? main = null;
        try
        {
            main = folder.FindMainAssembly();
            return main is null
                ? new ExternalPlugin(folder, null, null, new PluginException($"Plugin \"{folder.Name}\" in {folder.Location} has no {folder.Name}.dll, nor one .deps.json that tells which assembly is the plugin; a plugin's folder is named like its assembly."))
                : new ExternalPlugin(folder, main, PluginManifestReader.Read(main), null);
        }
        catch (BadImageFormatException e)
        {
            return new ExternalPlugin(folder, main, null, new PluginException($"Plugin \"{folder.Name}\": {main} is not a .NET assembly, or is damaged ({OneLine.Of(e)}); install the plugin again.", e));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ExternalPlugin(folder, main, null, new PluginException($"Plugin \"{folder.Name}\" in {folder.Location} can't be read: {OneLine.Of(e)}", e));
        }
    }

    /// <summary>Whether this folder is meant when a plugin of that name is asked for. One that can't be read is meant by its own name.</summary>
    public bool Answers(string name) => Manifest is null
        ? Folder.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
        : Manifest.Plugins.Any(plugin => plugin.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Loads it, if it isn't yet.</summary>
    /// <exception cref="PluginException">It can't be; one line says why.</exception>
    public IReadOnlyList<PluginDescriptor> Load() => _loaded.Value;
}
