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

    /// <summary>Why the plugin can't do its work although it runs; <see langword="null"/> while it can.</summary>
    public string? Problem => ProblemOf(Plugin as IPluginCondition);

    /// <summary>The plugins that it runs; empty for most.</summary>
    public IReadOnlyList<PluginInstance> SubPlugins => (Plugin as ICompositePlugin)?.SubPlugins ?? [];

    /// <summary>Asks a plugin, whose own code may throw, why it can't do its work.</summary>
    internal static string? ProblemOf(IPluginCondition? plugin)
    {
        try
        {
            return plugin?.Problem;
        }
        catch (Exception e)
        {
            return $"it can't say how it is: {e.Message}";
        }
    }
}
