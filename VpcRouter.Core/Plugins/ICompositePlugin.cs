namespace VpcRouter.Plugins;

/// <summary>May be implemented by a plugin that runs others, so that the status page can show them.</summary>
public interface ICompositePlugin
{
    /// <summary>The plugins run now. Called at any time, from any thread.</summary>
    IReadOnlyList<PluginInstance> SubPlugins { get; }
}
