namespace VpcRouter.Plugins;

/// <summary>What a plugin is for.</summary>
public enum PluginKind
{
    /// <summary>Delivers route specs.</summary>
    Watcher,

    /// <summary>Says which hosts have failed.</summary>
    Monitor,
}
