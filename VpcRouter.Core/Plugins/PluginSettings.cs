namespace VpcRouter.Plugins;

/// <summary>The raw texts given for plugin settings, by name. Each plugin takes its own out of it.</summary>
/// <param name="values">Raw texts by setting name, in either spelling.</param>
internal sealed class PluginSettings(IReadOnlyDictionary<string, string> values)
{
    /// <summary>Raw texts by setting name.</summary>
    public IReadOnlyDictionary<string, string> Values { get; } = values;
}
