using VpcRouter.Plugins;

namespace VpcRouter.Hosting;

/// <summary>How a plugin is. Immutable.</summary>
/// <param name="Instance">The plugin; <see langword="null"/> before its first start, or when it was given as code.</param>
/// <param name="IsUp">Whether it runs, or has said all it had to say.</param>
/// <param name="LastError">Why it went down last.</param>
/// <param name="Since">Since when that is so.</param>
public sealed record PluginStatus(PluginInstance? Instance, bool IsUp, string? LastError, DateTimeOffset Since)
{
    internal static PluginStatus NotStarted { get; } = new(null, false, null, DateTimeOffset.UnixEpoch);
}
