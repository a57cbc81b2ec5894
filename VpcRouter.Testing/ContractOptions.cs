namespace VpcRouter.Testing;

/// <summary>What the check of a plugin's contract can't know by itself. Immutable.</summary>
public abstract record ContractOptions
{
    /// <summary>Settings, by name and text, each of which alone makes the plugin unusable. Default: none, and so nothing is checked of them.</summary>
    public IReadOnlyList<(string Setting, string Value)> BadSettings { get; init; } = [];

    /// <summary>How long a spec or report may take, in real time; when the machine stands still meanwhile, that doesn't count. Default: 30 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Called every few milliseconds while waiting, to move a fake clock on. Default: nothing.</summary>
    public Action? WhileWaiting { get; init; }

    private protected ContractOptions()
    {
    }

    internal TimeSpan StopGrace { get; init; } = Hosting.PluginChannels.StopGrace;
}
