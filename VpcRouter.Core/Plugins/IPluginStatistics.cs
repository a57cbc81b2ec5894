namespace VpcRouter.Plugins;

/// <summary>May be implemented by a plugin that has figures for the status page.</summary>
public interface IPluginStatistics
{
    /// <summary>The figures by name; values must be serialisable to JSON. Called at any time, from any thread.</summary>
    IReadOnlyDictionary<string, object?> GetStatistics();
}
