namespace VpcRouter.Testing.Contracts;

/// <summary>What is checked of one kind of plugin only.</summary>
internal interface IPluginCheck
{
    /// <summary>Starts the plugin, cancelled already or not.</summary>
    PluginRun Start(bool cancelled);

    /// <summary>Checks what it says.</summary>
    Task RunAsync();
}
