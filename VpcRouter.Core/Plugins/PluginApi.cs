namespace VpcRouter.Plugins;

/// <summary>The contract between plugins and whatever hosts them.</summary>
internal static class PluginApi
{
    /// <summary>
    /// Its version: the compiler writes it into each plugin's assembly, with <see cref="VpcRouterPluginAttribute"/>. Raised when plugins
    /// built before can't run any more, not when something is added.
    /// </summary>
    public const int Version = 1;
}
