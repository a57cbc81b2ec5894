using VpcRouter.Plugins;

namespace VpcRouter.Hosting;

/// <summary>How a plugin is. Immutable.</summary>
/// <param name="Instance">The plugin; <see langword="null"/> before its first start, or when it was given as code.</param>
/// <param name="IsUp">Whether it runs, or has said all it had to say.</param>
/// <param name="LastError">Why it went down last.</param>
/// <param name="Since">Since when that is so.</param>
public sealed record PluginStatus(PluginInstance? Instance, bool IsUp, string? LastError, DateTimeOffset Since)
{
    /// <summary>Why it can't do its work although it runs; <see langword="null"/> while it can. Asked of the plugin each time.</summary>
    public string? Problem => IsUp ? PluginInstance.ProblemOf(Condition) : null;

    internal IPluginCondition? Condition { get; init; }

    internal static PluginStatus NotStarted { get; } = new(null, false, null, DateTimeOffset.UnixEpoch);
}
