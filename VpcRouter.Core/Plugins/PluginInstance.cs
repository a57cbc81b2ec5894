namespace VpcRouter.Plugins;

/// <summary>A plugin made from its descriptor, with the settings it got. Thread-safe.</summary>
/// <param name="Descriptor">What it was made from.</param>
/// <param name="Plugin">The <see cref="IWatcherPlugin"/> or <see cref="IMonitorPlugin"/>.</param>
/// <param name="Settings">Its settings object, or <see langword="null"/>.</param>
public sealed record PluginInstance(PluginDescriptor Descriptor, IAsyncDisposable Plugin, object? Settings)
{
    /// <summary>The settings' values by name in the original's spelling (with underscores), secrets masked.</summary>
    public IReadOnlyDictionary<string, object?> ShownSettings =>
        Settings is null ? new Dictionary<string, object?>() : Descriptor.Settings.ToDictionary(setting => setting.Name.Replace('-', '_'), setting => setting.Show(Settings));

    /// <summary>The plugin's figures; empty when it has none.</summary>
    public IReadOnlyDictionary<string, object?> Statistics => (Plugin as IPluginStatistics)?.GetStatistics() ?? new Dictionary<string, object?>();

    /// <summary>The plugins that it runs; empty for most.</summary>
    public IReadOnlyList<PluginInstance> SubPlugins => (Plugin as ICompositePlugin)?.SubPlugins ?? [];
}
